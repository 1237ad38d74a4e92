package org.cornerturn.query.h5grove;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.hdf5.Hdf5Access;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.hdf5.OpenFile;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.hdf5.Selection;
import org.cornerturn.query.hdf5.Slice;
import org.cornerturn.query.hdf5.ValueJson;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.ErrorDialect;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;

/**
 * The API of H5Grove 4: entities, attributes, elements, statistics and paths of HDF5 files. Beyond
 * it: files in buckets, ETags, limits, pages of large groups.
 */
public final class H5GroveRoutes implements Routes {
  private static final String TAG = "H5Grove";
  private static final String JSON = "application/json";

  private static final Parameter<String> FILE =
      Parameter.text("file", "the file: ROOT/path/in/root").required();
  private static final Parameter<String> PATH =
      Parameter.text("path", "absolute path in the file").or("/");
  private static final Parameter<LinkResolution> LINKS =
      Parameter.parsed(
          "resolve_links",
          "which soft and external links are followed: none, only_valid (the default), all;"
              + " external ones never are",
          LinkResolution::parse);
  private static final Parameter<Selection> SELECTION =
      Parameter.parsed(
          "selection",
          "indices and slices as NumPy writes them, e.g. 5,2:10,::4",
          Selection::parse);
  private static final Parameter<DataFormat> FORMAT =
      Parameter.choice("format", "how elements are written", DataFormat.class).or(DataFormat.JSON);
  private static final Parameter<DataReply.DataTypes> DTYPE =
      Parameter.choice(
              "dtype",
              "safe: as a little-endian type that JavaScript has arrays of",
              DataReply.DataTypes.class)
          .or(DataReply.DataTypes.ORIGIN);
  private static final Parameter<Boolean> FLATTEN =
      Parameter.flag("flatten", "one list instead of nested ones").or(false);
  private static final Parameter<List<String>> ATTR_KEYS =
      Parameter.texts("attr_keys", "names of the attributes wanted; all where none is given");
  private static final Parameter<Long> CHILDREN_OFFSET =
      Parameter.integer("children_offset", "first child to list", 0, Long.MAX_VALUE).or(0L);
  private static final Parameter<Long> CHILDREN_LIMIT =
      Parameter.integer("children_limit", "children to list at most", 0, Integer.MAX_VALUE)
          .or((long) Integer.MAX_VALUE);

  private final Hdf5Access hdf5;
  private final Limit jsonElements;

  public H5GroveRoutes(Hdf5Access hdf5, Limits limits) {
    this.hdf5 = hdf5;
    this.jsonElements =
        limits.declare(
            "hdf5_json_elements", 4_000_000, "elements", "elements of a dataset as JSON or CSV");
  }

  private static Operation at(String path, String id, String summary) {
    return Operation.at("/h5grove" + path, id, TAG, summary).failsAs(ErrorDialect.H5GROVE);
  }

  @Override
  public void register(Router router) {
    router.get(
        at("/", "h5groveRoot", "Says that it is there").answers(200, "ok", "text/plain"),
        x -> x.bytes("text/plain", "ok".getBytes(StandardCharsets.US_ASCII)));
    router.get(
        at("/meta", "h5groveMeta", "What a path names: group, dataset, datatype or link")
            .with(FILE, PATH, LINKS, CHILDREN_OFFSET, CHILDREN_LIMIT)
            .answers(200, "the entity; a group with its children, one level deep", JSON),
        x -> hdf5.answer(x, x.value(FILE), (file, deadline) -> meta(x, file)));
    router.get(
        at("/attr", "h5groveAttr", "Values of attributes")
            .with(FILE, PATH, ATTR_KEYS)
            .answers(200, "values by name", JSON),
        x -> hdf5.answer(x, x.value(FILE), (file, deadline) -> attributes(x, file)));
    router.get(
        at("/data", "h5groveData", "Elements of a dataset")
            .with(FILE, PATH, SELECTION, FORMAT, DTYPE, FLATTEN)
            .answers(200, "the elements", JSON, DataReply.OCTETS, "text/csv", "image/tiff"),
        x -> hdf5.answer(x, x.value(FILE), (file, deadline) -> data(x, file, deadline)));
    router.get(
        at("/stats", "h5groveStats", "Statistics of a dataset's finite elements")
            .with(FILE, PATH, SELECTION)
            .answers(200, "null for each where there are none", JSON),
        x ->
            hdf5.answer(
                x,
                x.value(FILE),
                (file, deadline) ->
                    json(StatsReply.of(hdf5.elements(), slice(x, file), deadline))));
    router.get(
        at("/paths", "h5grovePaths", "Paths of all objects below a group, the group first")
            .with(FILE, PATH, LINKS)
            .answers(200, "a list of absolute paths", JSON),
        x -> hdf5.answer(x, x.value(FILE), (file, deadline) -> paths(x, file)));
  }

  private static Reply json(Object value) {
    return Reply.of(JSON, Json.bytes(value));
  }

  private static LinkResolution links(Exchange x) {
    return x.optional(LINKS).orElse(LinkResolution.ONLY_VALID);
  }

  private static Slice slice(Exchange x, OpenFile file) {
    return Slice.of(file, file.dataset(x.value(PATH)), x.optional(SELECTION).orElse(Selection.ALL));
  }

  private static Reply meta(Exchange x, OpenFile file) {
    return json(
        new EntityJson(file)
            .entity(x.value(PATH), links(x), x.value(CHILDREN_OFFSET), x.value(CHILDREN_LIMIT)));
  }

  private Reply data(Exchange x, OpenFile file, Deadline deadline) throws Exception {
    return new DataReply(
            hdf5.elements(),
            jsonElements,
            slice(x, file),
            x.value(FORMAT),
            x.value(DTYPE),
            x.value(FLATTEN))
        .make(deadline);
  }

  private static Reply attributes(Exchange x, OpenFile file) throws Exception {
    String path = x.value(PATH);
    Hdf5Object o =
        file.find(path)
            .orElseThrow(() -> Problem.notFound(path + " is not a valid path in " + file.name()));
    List<String> keys = x.value(ATTR_KEYS);
    for (String key : keys) {
      if (o.attribute(key).isEmpty()) {
        throw Problem.notFound(key + " is not an attribute of " + path);
      }
    }
    return JsonText.reply(
        g -> {
          g.writeStartObject();
          for (Hdf5Attribute a : o.attributes()) {
            if ((keys.isEmpty() || keys.contains(a.name())) && a.type().isPresent()) {
              g.writeFieldName(a.name());
              value(g, a);
            }
          }
          g.writeEndObject();
        });
  }

  private static void value(JsonGenerator g, Hdf5Attribute a) throws java.io.IOException {
    if (a.block().isEmpty()) {
      g.writeNull();
      return;
    }
    int depth = a.block().get().shape().rank();
    new ValueJson(g, a.type().orElseThrow().stored(), ValueJson.References.AS_H5PY)
        .writeTree(a.value(), depth);
  }

  private static Reply paths(Exchange x, OpenFile file) {
    String path = x.value(PATH);
    Hdf5Object base =
        file.find(path)
            .orElseThrow(() -> Problem.notFound(path + " is not a valid path in " + file.name()));
    if (!(base instanceof Hdf5Group)) {
      throw Problem.unprocessable(path + " is not a group");
    }
    boolean strict = links(x) == LinkResolution.ALL;
    String real = base.path().equals("/") ? "/" : base.path() + "/";
    String shown = path.replaceAll("/+$", "") + "/";
    ArrayNode all = Json.mapper().createArrayNode();
    all.add(path);
    for (Hdf5Object o : file.objects()) {
      if (o.path().startsWith(real) && !o.path().equals("/")) {
        if (strict && o instanceof Hdf5Link l && l.resolved().isEmpty()) {
          throw Problem.notFound("Cannot resolve " + l.target() + " at " + l.path());
        }
        all.add(shown + o.path().substring(real.length()));
      }
    }
    return json(all);
  }
}
