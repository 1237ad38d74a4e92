package org.cornerturn.query.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * A Zarr group as a dataset: its variables, in the documents that xpublish gives of one. An axis
 * without a name gets one from its variable and its place.
 */
final class DatasetInfo {
  private final OpenGroup opened;
  private final Map<String, ArrayMetadata> variables = new TreeMap<>();

  DatasetInfo(OpenGroup opened) throws IOException {
    this.opened = opened;
    for (String name : opened.group().arrayNames()) {
      variables.put(name, opened.group().array(name).metadata());
    }
  }

  /** Names of the variables. */
  List<String> keys() {
    return List.copyOf(variables.keySet());
  }

  /** Names of the groups in this one. */
  List<String> groups() throws IOException {
    return List.copyOf(opened.group().groupNames());
  }

  /** Dimensions, variables and attributes; and, beyond xpublish, version, groups and address. */
  ObjectNode info() throws IOException {
    ObjectNode node = Json.object();
    node.set("dimensions", dimensions());
    ObjectNode all = node.putObject("variables");
    variables.forEach(
        (name, m) -> {
          ObjectNode v = all.putObject(name);
          v.put("type", typeName(m.type()));
          v.set("dimensions", Json.node(dimensionNames(name, m)));
          v.set("shape", Json.node(m.shape().dims()));
          v.set("chunks", Json.node(m.chunk().dims()));
          v.set("attributes", m.attributes());
        });
    node.set("global_attributes", opened.group().attributes());
    node.set("groups", Json.node(groups()));
    node.put("zarr_format", opened.group().format().number());
    node.put("zarr", "/zarr/" + opened.place().fullKey());
    node.put("version", token(opened.version()));
    return node;
  }

  /** As xarray's {@code to_dict} without data. */
  ObjectNode dict() {
    ObjectNode node = Json.object();
    ObjectNode coordinates = node.putObject("coords");
    node.set("attrs", opened.group().attributes());
    node.set("dims", dimensions());
    ObjectNode data = node.putObject("data_vars");
    variables.forEach(
        (name, m) -> {
          List<String> dims = dimensionNames(name, m);
          ObjectNode v = (dims.equals(List.of(name)) ? coordinates : data).putObject(name);
          v.set("dims", Json.node(dims));
          v.set("attrs", m.attributes());
          v.put("dtype", typeName(m.type()));
          v.set("shape", Json.node(m.shape().dims()));
        });
    return node;
  }

  private ObjectNode dimensions() {
    ObjectNode dims = Json.object();
    variables.forEach(
        (name, m) -> {
          List<String> names = dimensionNames(name, m);
          for (int i = 0; i < names.size(); i++) {
            dims.put(names.get(i), m.shape().dim(i));
          }
        });
    return dims;
  }

  private static List<String> dimensionNames(String variable, ArrayMetadata m) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < m.shape().rank(); i++) {
      String name = m.dimensionNames() == null ? null : m.dimensionNames().get(i);
      names.add(name != null ? name : variable + "_dim_" + i);
    }
    return names;
  }

  /** What a URL may carry to say which version of a store it is about. */
  static String token(String version) {
    return Conditional.etag(version, "store").replace("\"", "");
  }

  /** NumPy's name. */
  private static String typeName(DataType type) {
    if (type instanceof DataType.Primitive p) {
      return p.name().toLowerCase(Locale.ROOT);
    }
    if (type instanceof DataType.FixedText t) {
      return "|S" + t.length();
    }
    if (type instanceof DataType.Opaque o) {
      return "|V" + o.length();
    }
    if (type instanceof DataType.Struct s) {
      ArrayNode fields = Json.mapper().createArrayNode();
      s.fields().forEach(f -> fields.add(f.name()));
      return "|V" + s.itemSize() + " " + fields;
    }
    return "object";
  }

  /** A page for people, without scripts. */
  String html() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, ArrayMetadata> e : variables.entrySet()) {
      ArrayMetadata m = e.getValue();
      rows.append("<tr><td>").append(escaped(e.getKey())).append("</td><td>");
      rows.append(escaped(sizes(dimensionNames(e.getKey(), m), m.shape())));
      rows.append("</td><td>").append(escaped(typeName(m.type()))).append("</td><td>");
      rows.append(escaped(m.chunk().toString())).append("</td><td>");
      rows.append(escaped(m.attributes().path("units").asText())).append("</td></tr>\n");
    }
    StringBuilder groups = new StringBuilder();
    for (String g : groups()) {
      groups.append("<li>").append(escaped(g)).append("</li>\n");
    }
    String name = escaped(opened.place().fullKey());
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
        <body><h1>%s</h1>
        <table><thead><tr><th>variable</th><th>dimensions</th><th>type</th><th>chunk</th>\
        <th>units</th></tr></thead>
        <tbody>
        %s</tbody></table>
        <h2>Groups</h2>
        <ul>
        %s</ul>
        <h2>Attributes</h2>
        <pre>%s</pre>
        </body></html>
        """
        .formatted(name, name, rows, groups, escaped(opened.group().attributes().toPrettyString()));
  }

  private static String sizes(List<String> names, Shape shape) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(names.get(i) + ": " + shape.dim(i));
    }
    return "(" + String.join(", ", all) + ")";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
