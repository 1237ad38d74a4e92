package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.Codec.Utf32;

/** An array's {@code zarr.json}. */
final class MetadataV3 {
  /** Attribute that names the type inside sequences, since {@code bytes} doesn't. */
  static final String ELEMENT_TYPE = "element_type";

  private static final Set<String> KNOWN =
      Set.of(
          "zarr_format",
          "node_type",
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "dimension_names",
          "storage_transformers");

  private MetadataV3() {}

  static ObjectNode write(ArrayMetadata m) {
    ObjectNode o = Json.object();
    o.put("zarr_format", ZarrFormat.V3.number());
    o.put("node_type", "array");
    o.set("shape", Json.array(m.shape()));
    o.set("data_type", dataType(m));
    named(o, "chunk_grid", "regular").set("chunk_shape", Json.array(m.objectShape()));
    named(o, "chunk_key_encoding", m.keys().style() == ChunkKeys.Style.V2 ? "v2" : "default")
        .put("separator", Character.toString(m.keys().separator()));
    o.set("fill_value", FillJson.write(ZarrFormat.V3, m.type(), m.fill()));
    o.set("codecs", CodecsV3.write(m));
    ObjectNode attributes = m.attributes().deepCopy();
    if (m.type() instanceof Sequence s) {
      attributes.set(ELEMENT_TYPE, TypesV3.write(s.element()));
    }
    o.set("attributes", attributes);
    if (m.dimensionNames() != null) {
      ArrayNode names = o.putArray("dimension_names");
      m.dimensionNames().forEach(names::add);
    }
    return o;
  }

  private static JsonNode dataType(ArrayMetadata m) {
    if (m.codecs().serializer() instanceof Utf32 u) {
      ObjectNode type = Json.object().put("name", TypesV3.UTF32);
      type.putObject("configuration").put("length_bytes", 4L * u.length());
      return type;
    }
    return TypesV3.write(m.type());
  }

  private static ObjectNode named(ObjectNode parent, String member, String name) {
    return parent.putObject(member).put("name", name).putObject("configuration");
  }

  static ArrayMetadata read(ObjectNode o) {
    for (Map.Entry<String, JsonNode> member : o.properties()) {
      boolean optional = member.getValue().path("must_understand").asText().equals("false");
      if (!KNOWN.contains(member.getKey()) && !optional) {
        throw new IllegalArgumentException(
            "metadata member " + member.getKey() + " is not known and not optional");
      }
    }
    if (!o.path("storage_transformers").isEmpty()) {
      throw new IllegalArgumentException("storage transformers are not supported");
    }
    Shape shape = MetadataReader.shape("shape", MetadataReader.required(o, "shape"));
    JsonNode grid = MetadataReader.required(o, "chunk_grid");
    if (!grid.path("name").asText().equals("regular")) {
      throw new IllegalArgumentException(
          "chunk grid " + MetadataReader.brief(grid.path("name")) + " is not supported");
    }
    Shape object =
        MetadataReader.shape(
            "chunk_shape", MetadataReader.required(grid.path("configuration"), "chunk_shape"));
    if (object.rank() != shape.rank()) {
      throw new IllegalArgumentException("shape and chunk_shape differ in rank");
    }
    JsonNode dataType = MetadataReader.required(o, "data_type");
    DataType type = TypesV3.read(dataType);
    ObjectNode attributes = MetadataReader.object(o, "attributes").deepCopy();
    if (type instanceof Sequence && attributes.has(ELEMENT_TYPE)) {
      DataType element = TypesV3.read(attributes.remove(ELEMENT_TYPE));
      if (!element.isFixedSize()) {
        throw new IllegalArgumentException("sequences of sequences are not supported");
      }
      type = new Sequence(element);
    }
    CodecsV3.Stored stored =
        CodecsV3.read(MetadataReader.required(o, "codecs"), object, type, dataType);
    return new ArrayMetadata(
        ZarrFormat.V3,
        shape,
        stored.chunk(),
        stored.sharding(),
        type,
        FillJson.read(ZarrFormat.V3, type, MetadataReader.required(o, "fill_value")),
        stored.codecs(),
        keys(o.path("chunk_key_encoding")),
        dimensionNames(o.path("dimension_names")),
        attributes);
  }

  private static ChunkKeys keys(JsonNode node) {
    String name = node.isTextual() ? node.textValue() : node.path("name").asText();
    boolean v2 = name.equals("v2");
    if (!v2 && !name.equals("default")) {
      throw new IllegalArgumentException("chunk key encoding " + name + " is not supported");
    }
    String separator = node.path("configuration").path("separator").asText(v2 ? "." : "/");
    return new ChunkKeys(v2 ? ChunkKeys.Style.V2 : ChunkKeys.Style.DEFAULT, separator(separator));
  }

  static char separator(String separator) {
    if (separator.length() != 1) {
      throw new IllegalArgumentException("chunk key separator is / or ., not " + separator);
    }
    return separator.charAt(0);
  }

  private static List<String> dimensionNames(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode n : node) {
      names.add(n.isTextual() ? n.textValue() : null);
    }
    return names;
  }
}
