package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.storage.Stores;

/**
 * Holds a processing set against XRADIO's exported schema of visibilities: dimensions, types,
 * attributes and their allowed values, of every coordinate and data variable.
 */
public final class SchemaCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CORPUS = System.getenv("CORNERTURN_CORPUS");

  private final JsonNode nodes;
  private final List<String> issues = new ArrayList<>();

  private SchemaCheck(JsonNode nodes) {
    this.nodes = nodes;
  }

  /** Whether the schema is there. */
  public static boolean isAvailable() {
    return CORPUS != null;
  }

  /**
   * What is wrong with a store.
   *
   * @return one line for each issue
   */
  public static List<String> issues(String store) throws IOException {
    JsonNode schema =
        JSON.readTree(Files.readAllBytes(Path.of(CORPUS, "schema", "VisibilityXds.json")));
    JsonNode root = JSON.readTree(Stores.open(store, Map.of()).get("zarr.json"));
    SchemaCheck check = new SchemaCheck(root.path("consolidated_metadata").path("metadata"));
    if (!root.path("attributes").path("type").asText().equals("processing_set")) {
      check.issues.add("the root is no processing_set");
    }
    int sets = 0;
    for (var e : check.nodes.properties()) {
      if (!e.getKey().contains("/")) {
        check.dataset(e.getKey(), schema);
        sets++;
      }
    }
    if (sets == 0) {
      check.issues.add("there is no measurement set");
    }
    return check.issues;
  }

  private void dataset(String name, JsonNode schema) {
    attributes(name, nodes.path(name).path("attributes"), schema.path("attributes"));
    for (String kind : List.of("coordinates", "data_vars")) {
      for (JsonNode wanted : schema.path(kind)) {
        String path = name + "/" + wanted.path("name").asText();
        JsonNode array = nodes.path(path);
        if (array.isMissingNode()) {
          if (!wanted.path("optional").asBoolean()) {
            issues.add(path + " is missing");
          }
          continue;
        }
        array(path, array, wanted);
        for (JsonNode c : wanted.path("coordinates")) {
          if (!c.path("optional").asBoolean()
              && nodes.path(name + "/" + c.path("name").asText()).isMissingNode()) {
            issues.add(path + " lacks its coordinate " + c.path("name").asText());
          }
        }
      }
    }
    for (String sub : List.of("antenna_xds", "field_and_source_base_xds")) {
      JsonNode group = nodes.path(name + "/" + sub);
      if (!group.path("node_type").asText().equals("group")
          || group.path("attributes").path("type").asText().isEmpty()) {
        issues.add(name + "/" + sub + " is missing, or has no type");
      }
    }
  }

  private void array(String path, JsonNode array, JsonNode schema) {
    String type = numpy(array.path("data_type"));
    boolean fits = false;
    for (JsonNode t : schema.path("dtypes")) {
      fits |= t.asText().equals(type);
    }
    if (!fits) {
      issues.add(path + " has type " + type + ", not one of " + schema.path("dtypes"));
    }
    boolean shaped = false;
    for (JsonNode dims : schema.path("dimensions")) {
      shaped |= dims.equals(array.path("dimension_names"));
    }
    if (!shaped) {
      issues.add(
          path
              + " has dimensions "
              + array.path("dimension_names")
              + ", not "
              + schema.path("dimensions"));
    }
    attributes(path, array.path("attributes"), schema.path("attributes"));
  }

  private static String numpy(JsonNode type) {
    if (type.path("name").asText().equals("fixed_length_utf32")) {
      return "<U0";
    }
    return switch (type.asText()) {
      case "bool" -> "|b1";
      case "uint8" -> "|u1";
      case "int32" -> "<i4";
      case "int64" -> "<i8";
      case "float32" -> "<f4";
      case "float64" -> "<f8";
      case "complex64" -> "<c8";
      case "complex128" -> "<c16";
      default -> type.toString();
    };
  }

  private void attributes(String where, JsonNode found, JsonNode schema) {
    for (JsonNode wanted : schema) {
      String name = wanted.path("name").asText();
      String at = where + "@" + name;
      JsonNode value = found.path(name);
      if (value.isMissingNode()) {
        if (!wanted.path("optional").asBoolean()) {
          issues.add(at + " is missing");
        }
        continue;
      }
      value(at, value, wanted);
    }
  }

  private void value(String at, JsonNode value, JsonNode wanted) {
    String type = wanted.path("type").asText();
    boolean fits =
        switch (type) {
          case "str" -> value.isTextual();
          case "bool" -> value.isBoolean();
          case "int" -> value.isIntegralNumber();
          case "float" -> value.isNumber();
          case "list[str]" -> isTexts(value);
          case "dict" -> value.isObject();
          case "dataarray" -> value.isObject() && value.path("data").isNumber();
          default -> throw new IllegalArgumentException("schema of type " + type);
        };
    if (!fits) {
      issues.add(at + " is " + value + ", not a " + type);
      return;
    }
    JsonNode literal = wanted.path("literal");
    boolean allowed = literal.isEmpty();
    for (JsonNode l : literal) {
      allowed |= l.equals(value);
    }
    if (!allowed) {
      issues.add(at + " is " + value + ", not one of " + literal);
    }
    if (type.equals("dict")) {
      attributes(at, value, wanted.path("dict_schema").path("attributes"));
    } else if (type.equals("dataarray")) {
      JsonNode schema = wanted.path("array_schema");
      if (!schema.path("dimensions").get(0).equals(value.path("dims"))) {
        issues.add(at + " has dimensions " + value.path("dims"));
      }
      attributes(at, value.path("attrs"), schema.path("attributes"));
    }
  }

  private static boolean isTexts(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode v : value) {
      if (!v.isTextual()) {
        return false;
      }
    }
    return true;
  }
}
