package org.cornerturn.query.viewer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Filter;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Unreadable;
import org.cornerturn.hdf5.StoredType;
import org.cornerturn.query.hdf5.OpenFile;
import org.cornerturn.query.hdf5.TypeJson;
import org.cornerturn.query.hdf5.ValueJson;

/** Members of groups, and objects in detail. */
final class TreeJson {
  private static final int CHILD_ATTRIBUTES = 10;
  private static final int META_ATTRIBUTES = 20;

  private static final int GZIP = 1;

  private final OpenFile file;
  private final JsonGenerator g;

  TreeJson(OpenFile file, JsonGenerator g) {
    this.file = file;
    this.g = g;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** As h5py calls it. */
  private static String name(Hdf5Filter f) {
    return f.id() == GZIP ? "gzip" : f.name();
  }

  /** One member of a group; a link with what it leads to. */
  void child(Hdf5Object named) throws IOException {
    Hdf5Object o = named;
    g.writeStartObject();
    g.writeStringField("name", name(named.path()));
    g.writeStringField("path", named.path());
    if (named instanceof Hdf5Link link) {
      link(link);
      o = link.resolved().flatMap(file::find).orElse(named);
    }
    if (o instanceof Hdf5Group group) {
      g.writeStringField("type", "group");
      g.writeNumberField("num_children", file.members(group.path()).size());
    } else if (o instanceof Hdf5Dataset d) {
      g.writeStringField("type", "dataset");
      dataset(d);
      attributes(d, CHILD_ATTRIBUTES);
    } else {
      g.writeStringField(
          "type",
          o instanceof Hdf5Link ? "link" : o instanceof Hdf5Unreadable ? "unreadable" : "datatype");
    }
    g.writeEndObject();
  }

  private void link(Hdf5Link link) throws IOException {
    g.writeObjectFieldStart("link");
    g.writeStringField("kind", link.kind().name().toLowerCase(java.util.Locale.ROOT));
    g.writeStringField("target", link.target());
    g.writeBooleanField("resolved", link.resolved().isPresent());
    g.writeEndObject();
  }

  private void dataset(Hdf5Dataset d) throws IOException {
    dims("shape", d.isEmpty() ? null : d.shape());
    TypeJson.writeName(g, "dtype", d.type().stored());
    g.writeNumberField("size", d.shape().size());
    g.writeNumberField("ndim", d.isEmpty() ? 0 : d.shape().rank());
    if (d.chunkShape().isPresent()) {
      dims("chunks", d.chunkShape().get());
    }
    for (Hdf5Filter f : d.filters()) {
      if (!f.name().equals("shuffle") && !f.name().equals("fletcher32")) {
        g.writeStringField("compression", name(f));
        break;
      }
    }
  }

  private void dims(String field, Shape shape) throws IOException {
    g.writeFieldName(field);
    if (shape == null) {
      g.writeNull();
      return;
    }
    g.writeArray(shape.dims(), 0, shape.rank());
  }

  private void attributes(Hdf5Object o, int most) throws IOException {
    List<Hdf5Attribute> all = o.attributes();
    g.writeArrayFieldStart("attributes");
    for (Hdf5Attribute a : all.subList(0, Math.min(most, all.size()))) {
      g.writeStartObject();
      g.writeStringField("name", a.name());
      g.writeFieldName("value");
      if (a.block().isPresent() && a.type().isPresent()) {
        new ValueJson(g, a.type().get().stored(), ValueJson.References.AS_PATHS)
            .writeTree(a.value(), a.block().get().shape().rank());
      } else {
        g.writeNull();
      }
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeNumberField("num_attributes", all.size());
    g.writeBooleanField("attributes_truncated", all.size() > most);
  }

  /** An object in detail, as members of the object that is being written. */
  void meta(Hdf5Object o, String path) throws IOException {
    g.writeStringField("name", path.equals("/") ? "/" : name(path));
    g.writeStringField("path", path);
    String kind =
        o instanceof Hdf5Group ? "group" : o instanceof Hdf5Dataset ? "dataset" : "datatype";
    g.writeStringField("kind", kind);
    attributes(o, META_ATTRIBUTES);
    if (o instanceof Hdf5Group group) {
      g.writeNumberField("num_children", file.members(group.path()).size());
    } else if (o instanceof Hdf5Dataset d) {
      dataset(d);
      details(d);
    }
  }

  private void details(Hdf5Dataset d) throws IOException {
    StoredType type = d.type().stored();
    g.writeObjectFieldStart("type");
    g.writeStringField("class", className(type));
    g.writeBooleanField("signed", type instanceof StoredType.Int i ? i.signed() : isReal(type));
    g.writeStringField("endianness", isBigEndian(type) ? "big-endian" : "little-endian");
    g.writeNumberField("size", 8L * type.size());
    g.writeStringField("description", d.storedType());
    g.writeEndObject();
    g.writeObjectFieldStart("rawType");
    g.writeNumberField("type", TypeJson.classOf(type));
    g.writeNumberField("size", type.size());
    g.writeBooleanField("littleEndian", !isBigEndian(type));
    g.writeBooleanField(
        "vlen",
        type instanceof StoredType.VariableString || type instanceof StoredType.VariableSequence);
    g.writeNumberField("total_size", d.storedShape().size() * type.size());
    g.writeBooleanField("signed", type instanceof StoredType.Int i ? i.signed() : isReal(type));
    g.writeEndObject();
    g.writeFieldName("datatype");
    g.writeTree(TypeJson.of(type));
    g.writeArrayFieldStart("filters");
    for (Hdf5Filter f : d.filters()) {
      g.writeStartObject();
      g.writeStringField("name", name(f));
      g.writeNumberField("id", f.id());
      if (f.parameters().isEmpty()) {
        g.writeNullField("level");
      } else {
        g.writeNumberField("level", f.parameters().get(0));
      }
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeFieldName("compression_opts");
    Integer level =
        d.filters().stream()
            .filter(f -> f.id() == GZIP && !f.parameters().isEmpty())
            .map(f -> f.parameters().get(0))
            .findFirst()
            .orElse(null);
    g.writeObject(level);
    fill(d);
    g.writeObjectField("dimension_labels", d.dimensionLabels());
    g.writeObjectField("dimension_scales", d.dimensionScales());
    if (d.unsupported().isPresent()) {
      g.writeStringField("unsupported", d.unsupported().get());
    }
  }

  private void fill(Hdf5Dataset d) throws IOException {
    g.writeFieldName("fill_value");
    if (d.unsupported().isPresent() || !d.dataType().isFixedSize()) {
      g.writeNull();
      return;
    }
    Block one = new Block(d.dataType(), Shape.of(1), d.fillValue());
    new ValueJson(g, d.type().stored(), ValueJson.References.AS_PATHS)
        .write(one, Shape.of(), false);
    g.writeBooleanField("fill_value_defined", d.hasFillValue());
  }

  private static boolean isReal(StoredType type) {
    return type instanceof StoredType.Floating;
  }

  private static boolean isBigEndian(StoredType type) {
    return type instanceof StoredType.Int i && i.bigEndian()
        || type instanceof StoredType.Floating f && f.bigEndian()
        || type instanceof StoredType.BitField b && b.bigEndian()
        || type instanceof StoredType.Enumeration e && e.base().bigEndian();
  }

  private static String className(StoredType type) {
    if (type instanceof StoredType.Enumeration e) {
      return e.isBoolean() ? "Boolean" : "Enum";
    }
    return switch (TypeJson.classOf(type)) {
      case 0 -> "Integer";
      case 1 -> "Float";
      case 3 -> "String";
      case 4 -> "Bitfield";
      case 5 -> "Opaque";
      case 6 -> "Compound";
      case 7 -> "Reference";
      case 9 -> "Vlen";
      case 10 -> "Array";
      case 11 -> "Complex";
      default -> "Unknown";
    };
  }
}
