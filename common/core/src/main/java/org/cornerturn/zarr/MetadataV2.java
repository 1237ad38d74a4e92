package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.Shape;

/** An array's {@code .zarray} and {@code .zattrs}. */
final class MetadataV2 {
  /** xarray's attribute for what Zarr v3 calls {@code dimension_names}. */
  private static final String DIMENSIONS = "_ARRAY_DIMENSIONS";

  private MetadataV2() {}

  static ObjectNode zarray(ArrayMetadata m) {
    ObjectNode o = Json.object();
    o.set("chunks", Json.array(m.chunk()));
    CodecsV2.write(o, m);
    o.put("dimension_separator", Character.toString(m.keys().separator()));
    o.set("fill_value", FillJson.write(ZarrFormat.V2, m.type(), m.fill()));
    o.set("shape", Json.array(m.shape()));
    o.put("zarr_format", ZarrFormat.V2.number());
    return o;
  }

  static ObjectNode zattrs(ArrayMetadata m) {
    ObjectNode o = m.attributes().deepCopy();
    if (m.type() instanceof Sequence s && !(s.element() instanceof Primitive)) {
      o.set(MetadataV3.ELEMENT_TYPE, TypesV3.write(s.element()));
    }
    if (m.dimensionNames() != null) {
      ArrayNode names = o.putArray(DIMENSIONS);
      for (int i = 0; i < m.dimensionNames().size(); i++) {
        // xarray wants a name for each axis.
        String name = m.dimensionNames().get(i);
        names.add(name == null ? "dim_" + i : name);
      }
    }
    return o;
  }

  static ArrayMetadata read(ObjectNode zarray, ObjectNode zattrs) {
    Shape shape = MetadataReader.shape("shape", MetadataReader.required(zarray, "shape"));
    Shape chunk = MetadataReader.shape("chunks", MetadataReader.required(zarray, "chunks"));
    CodecsV2.Typed typed = CodecsV2.read(zarray, shape.rank());
    ObjectNode attributes = zattrs.deepCopy();
    List<String> names = dimensionNames(attributes, shape.rank());
    DataType type = typed.type();
    if (type instanceof Sequence && attributes.has(MetadataV3.ELEMENT_TYPE)) {
      type = new Sequence(TypesV3.read(attributes.remove(MetadataV3.ELEMENT_TYPE)));
    }
    String separator = zarray.path("dimension_separator").asText(".");
    return new ArrayMetadata(
        ZarrFormat.V2,
        shape,
        chunk,
        null,
        type,
        FillJson.read(ZarrFormat.V2, type, zarray.path("fill_value")),
        typed.codecs(),
        new ChunkKeys(ChunkKeys.Style.V2, MetadataV3.separator(separator)),
        names,
        attributes);
  }

  private static List<String> dimensionNames(ObjectNode attributes, int rank) {
    JsonNode node = attributes.path(DIMENSIONS);
    if (!node.isArray() || node.size() != rank) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode n : node) {
      if (!n.isTextual()) {
        return null;
      }
      names.add(n.textValue());
    }
    attributes.remove(DIMENSIONS);
    return names;
  }
}
