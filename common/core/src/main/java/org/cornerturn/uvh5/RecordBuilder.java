package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.Hdf5Value;
import org.cornerturn.uvh5.HeaderRecord.Attribute;
import org.cornerturn.uvh5.HeaderRecord.Item;

/** Records everything of a file but its visibilities, flags and sample counts. */
final class RecordBuilder {
  private final Hdf5File file;
  private final List<Item> items = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  RecordBuilder(Hdf5File file) {
    this.file = file;
  }

  HeaderRecord build() throws IOException {
    for (Hdf5Object o : file.walk()) {
      if (o instanceof Hdf5Group g) {
        items.add(Item.group(g.path(), attributes(g)));
      } else if (o instanceof Hdf5Dataset d) {
        dataset(d);
      } else {
        left.add(o.path() + ": a " + kind(o) + " isn't kept");
      }
    }
    return new HeaderRecord(items, left);
  }

  private static String kind(Hdf5Object o) {
    return switch (o.getClass().getSimpleName()) {
      case "Hdf5Link" -> "link";
      case "Hdf5NamedType" -> "named type";
      default -> "damaged object";
    };
  }

  private List<Attribute> attributes(Hdf5Object o) {
    List<Attribute> attributes = new ArrayList<>();
    for (Hdf5Attribute a : o.attributes()) {
      if (a.stored().isPresent()) {
        attributes.add(new Attribute(a.name(), a.stored().get()));
      } else {
        String type = a.unreadable().orElse(a.storedType());
        left.add(o.path() + "@" + a.name() + ": an attribute of type " + type + " isn't kept");
      }
    }
    return attributes;
  }

  private void dataset(Hdf5Dataset d) throws IOException {
    Hdf5Type type = d.type();
    if (d.unsupported().isPresent() || !type.isFixed() && !type.isText()) {
      String why = d.unsupported().orElse(type.describe());
      left.add(d.path() + ": a dataset of " + why + " isn't kept");
      return;
    }
    Optional<Shape> shape = d.isEmpty() ? Optional.empty() : Optional.of(d.storedShape());
    items.add(new Item(d.path(), attributes(d), type, shape, value(d, type, shape)));
  }

  private Optional<Hdf5Value> value(Hdf5Dataset d, Hdf5Type type, Optional<Shape> shape)
      throws IOException {
    if (Uvh5File.DATA_PATHS.contains(d.path())) {
      return Optional.empty();
    }
    if (shape.isEmpty()) {
      return Optional.of(new Hdf5Value(type, shape, null));
    }
    boolean small =
        shape.get().rank() == 0 || shape.get().size() * type.size() <= HeaderRecord.INLINE_BYTES;
    if (!small) {
      return Optional.empty();
    }
    Block block = file.read(d.storedSource(), d.manifest());
    return Optional.of(new Hdf5Value(type, shape, block.data()));
  }
}
