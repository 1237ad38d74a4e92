package org.cornerturn.jobs.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.AttributeJson;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Filter;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5NamedType;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Unreadable;
import org.cornerturn.storage.ObjectChannel;

/** What is in an HDF5 file. */
final class Hdf5Inventory {
  private Hdf5Inventory() {}

  /**
   * @param channel the file; closed at the end
   */
  static Inventory of(ObjectChannel channel) throws IOException {
    try (Hdf5File file = Hdf5File.open(channel)) {
      List<Inventory.Item> items = new ArrayList<>();
      int unreadable = 0;
      for (Hdf5Object o : file.walk()) {
        Inventory.Item item = item(o);
        items.add(item);
        unreadable += item.problem() == null ? 0 : 1;
      }
      return new Inventory(
          channel.name(),
          "HDF5",
          channel.size(),
          channel.requests(),
          channel.bytesRead(),
          unreadable,
          items);
    }
  }

  private static Inventory.Item item(Hdf5Object o) throws IOException {
    if (o instanceof Hdf5Dataset d) {
      return dataset(d);
    }
    if (o instanceof Hdf5Group) {
      return Inventory.Item.of(o.path(), "group", null, AttributeJson.of(o.attributes()), null);
    }
    if (o instanceof Hdf5Link link) {
      String says = link.kind().name().toLowerCase(Locale.ROOT) + " link to " + link.target();
      return Inventory.Item.of(o.path(), "link", says, null, null);
    }
    if (o instanceof Hdf5NamedType type) {
      return Inventory.Item.of(
          o.path(), "type", "type " + type.type(), AttributeJson.of(o.attributes()), null);
    }
    return Inventory.Item.of(o.path(), "unreadable", null, null, ((Hdf5Unreadable) o).reason());
  }

  private static Inventory.Item dataset(Hdf5Dataset d) throws IOException {
    String problem = d.unsupported().orElse(null);
    List<String> filters = d.filters().stream().map(Hdf5Filter::name).toList();
    Long raw = problem == null && d.dataType().isFixedSize() ? rawBytes(d) : null;
    Long stored = null;
    Long chunks = null;
    if (problem == null && d.chunkShape().isPresent()) {
      try {
        ChunkManifest manifest = d.manifest();
        stored = manifest.storedBytes();
        chunks = (long) manifest.size();
      } catch (Hdf5Exception e) {
        problem = e.problem();
      }
    }
    return new Inventory.Item(
        d.path(),
        "dataset",
        d.storedType(),
        Inventory.list(d.shape().dims()),
        d.chunkShape().map(Shape::dims).map(Inventory::list).orElse(null),
        null,
        null,
        filters,
        raw,
        stored,
        chunks,
        AttributeJson.of(d.attributes()),
        problem);
  }

  /** Bytes of all elements; sparse arrays may claim more than a long can count. */
  private static Long rawBytes(Hdf5Dataset d) {
    double bytes = d.dataType().itemSize();
    for (long extent : d.shape().dims()) {
      bytes *= extent;
    }
    return (long) bytes;
  }
}
