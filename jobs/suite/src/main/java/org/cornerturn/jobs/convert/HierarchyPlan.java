package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.hdf5.AttributeJson;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5NamedType;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Unreadable;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Publisher;
import org.cornerturn.spark.Refusal;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.waveform.WaveformDatasets;
import org.cornerturn.waveform.WaveformScaling;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.NodeName;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * The Zarr store that a file becomes: every group, dataset and attribute has its place, what Zarr
 * has no place for (links, committed types, names of enumerated values) goes to attributes, and
 * what can't be read is refused by name.
 */
final class HierarchyPlan {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** File systems end at 255 bytes. */
  private static final int LONGEST_NAME = 200;

  /** Top-level names of a waveform's own arrays and groups. */
  private static final Set<String> RESERVED = Set.of("raw", "overview", "pyramid");

  private final ConvertParameters parameters;
  private final ConvertTask.Source source;
  private final ObjectChannel input;
  private final ArrayPlanner arrayPlanner;
  private final Selection selection;
  private final Map<String, Hdf5Dataset> datasets = new TreeMap<>();
  private final Map<String, ObjectNode> groups = new TreeMap<>();
  private final TreeMap<String, ArrayMetadata> arrays = new TreeMap<>();
  private final Map<String, DimensionNames> dimensions = new HashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<ConvertTask> tasks = new ArrayList<>();
  private final CopyTasks copies;
  private Profile profile = Profile.GENERIC;
  private ZarrFormat format;
  private long bytesRaw;

  HierarchyPlan(ConvertParameters parameters, ConvertTask.Source source, ObjectChannel input)
      throws IOException {
    this.parameters = parameters;
    this.source = source;
    this.input = input;
    this.arrayPlanner = new ArrayPlanner(parameters, input.size());
    this.selection = new Selection(parameters.datasets(), parameters.excludes());
    this.copies = new CopyTasks(source, tasks, arrayPlanner, parameters.empty());
  }

  List<ConvertTask> tasks() {
    return tasks;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  Profile profile() {
    return profile;
  }

  int arrays() {
    return arrays.size();
  }

  long bytesRaw() {
    return bytesRaw;
  }

  /** Takes in all objects of the file, in {@link org.cornerturn.hdf5.Hdf5File#walk}'s order. */
  void add(List<Hdf5Object> objects) throws IOException {
    List<Hdf5Object> taken = new ArrayList<>();
    for (Hdf5Object o : objects) {
      if (!selection.excludes(o.path())) {
        taken.add(o);
        if (o instanceof Hdf5Dataset d) {
          datasets.put(d.path(), d);
        }
      }
    }
    Optional<Hdf5Dataset> waveform = waveform();
    if (waveform.isPresent()
        && parameters.profile() == Profile.AUTO
        && isCrowded(taken, waveform.get())) {
      waveform = Optional.empty();
    }
    profile = waveform.isPresent() ? Profile.WAVEFORM : Profile.GENERIC;
    format = arrayPlanner.format(waveform.isPresent());
    for (Hdf5Object o : taken) {
      if (o instanceof Hdf5Group g) {
        groups.put(g.path(), attributes(g));
      } else if (o instanceof Hdf5Dataset d) {
        if (waveform.isPresent() && d == waveform.get()) {
          continue;
        }
        // Gains and the like stay beside the waveform even when only it was asked for: they are its
        // scale.
        if (selection.takesDataset(d.path())) {
          copy(d);
        }
      } else if (o instanceof Hdf5Link link) {
        link(link);
      } else if (o instanceof Hdf5NamedType type) {
        namedType(type);
      } else if (o instanceof Hdf5Unreadable u) {
        refusals.add(new Refusal(u.path(), u.reason()));
      }
    }
    if (waveform.isPresent()) {
      waveform(waveform.get());
    }
    copies.close();
    if (arrays.isEmpty() && !selection.takesEverything()) {
      throw new UserError(
          source.folder() + "/" + source.key(),
          "no dataset matches " + String.join(", ", parameters.datasets()),
          "See cornerturn inspect for its datasets");
    }
  }

  private Optional<Hdf5Dataset> waveform() {
    if (parameters.profile() == Profile.GENERIC) {
      return Optional.empty();
    }
    Optional<Hdf5Dataset> usual =
        WaveformDatasets.find(
            datasets.values().stream().filter(d -> selection.takesDataset(d.path())).toList());
    if (usual.isPresent()) {
      return usual;
    }
    if (parameters.profile() == Profile.AUTO) {
      return Optional.empty();
    }
    for (Hdf5Dataset d : datasets.values()) {
      if (!selection.takesEverything()
          && selection.takesDataset(d.path())
          && WaveformDatasets.isWaveform(d)) {
        return Optional.of(d);
      }
    }
    throw new UserError(
        source.folder() + "/" + source.key(),
        "it has no 4-D array of real numbers called samples, waveforms or data",
        "Name the dataset with --dataset PATH, or use --profile generic");
  }

  /** Whether other objects stand where the waveform's own arrays would go. */
  private static boolean isCrowded(List<Hdf5Object> objects, Hdf5Dataset waveform) {
    return objects.stream()
        .filter(o -> o != waveform)
        .map(o -> zarrPath(o.path()).split("/")[0])
        .anyMatch(RESERVED::contains);
  }

  /**
   * Path in the store: escaped, each name short enough for file systems, and never inside the
   * folder where the engine keeps its state.
   */
  private static String zarrPath(String path) {
    StringBuilder stored = new StringBuilder();
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        stored.append(stored.length() == 0 ? "" : "/").append(shortened(name));
      }
    }
    String escaped = stored.toString();
    boolean state =
        escaped.equals(ProductPlan.STATE) || escaped.startsWith(ProductPlan.STATE + "/");
    return state ? "~5F" + escaped.substring(1) : escaped;
  }

  /**
   * A long name's beginning and a digest of all of it; {@link NodeName#ORIGINAL} tells the rest.
   */
  private static String shortened(String name) {
    String whole = NodeName.escape(name);
    if (whole.length() <= LONGEST_NAME) {
      return whole;
    }
    String digest = "." + new Fingerprint().with("name", name).hex().substring(0, 16);
    int end = Math.min(name.length(), LONGEST_NAME);
    // Whole characters only: half of one would have no escaped form.
    while (Character.isLowSurrogate(name.charAt(end - 1))
        || NodeName.escape(name.substring(0, end)).length() + digest.length() > LONGEST_NAME) {
      end--;
    }
    return NodeName.escape(name.substring(0, end)) + digest;
  }

  /** Attributes of an object, and those that the conversion adds to every node. */
  private ObjectNode attributes(Hdf5Object object) {
    ObjectNode node = AttributeJson.of(object.attributes());
    String path = zarrPath(object.path());
    if (!Selection.leaf(path).equals(Selection.leaf(object.path()))) {
      node.put(NodeName.ORIGINAL, Selection.leaf(object.path()));
    }
    for (Hdf5Attribute a : object.attributes()) {
      if (a.unreadable().isPresent()) {
        node.withObject("/hdf5_unreadable").put(a.name(), a.unreadable().get());
        refusals.add(new Refusal(object.path() + "@" + a.name(), a.unreadable().get()));
      }
    }
    return node;
  }

  private void copy(Hdf5Dataset d) throws IOException {
    if (d.unsupported().isPresent()) {
      refusals.add(new Refusal(d.path(), d.unsupported().get()));
      return;
    }
    ObjectNode attributes = attributes(d);
    addEnumeration(d, attributes);
    if (d.isJson()) {
      attributes.put("hdf5_json", true);
    }
    if (d.isEmpty()) {
      attributes.put("hdf5_empty", true);
    }
    List<String> names =
        dimensions.computeIfAbsent(Selection.parent(d.path()), p -> new DimensionNames()).name(d);
    ChunkManifest manifest;
    boolean complete;
    try {
      manifest = d.manifest();
      complete = isComplete(d, manifest);
    } catch (Hdf5Exception e) {
      refusals.add(new Refusal(d.path(), e.problem()));
      return;
    }
    ArrayMetadata metadata = arrayPlanner.copy(d, complete, format, names, attributes);
    addArray(d.path(), zarrPath(d.path()), metadata);
    copies.add(d, manifest, zarrPath(d.path()), metadata.withAttributes(JSON.objectNode()));
  }

  private static boolean isComplete(Hdf5Dataset d, ChunkManifest manifest) throws IOException {
    return d.chunkShape().isPresent()
        ? manifest.size() == new ChunkGrid(d.shape(), d.chunkShape().get()).count()
        : !d.source().isUnwritten();
  }

  private static void addEnumeration(Hdf5Dataset d, ObjectNode attributes) {
    if (!d.enumNames().isEmpty() && d.dataType() != Primitive.BOOL) {
      ObjectNode names = attributes.putObject("hdf5_enum");
      d.enumNames().forEach(names::put);
    }
  }

  private void addArray(String original, String path, ArrayMetadata metadata) {
    if (arrays.put(path, metadata) != null) {
      throw crowded(original);
    }
    double bytes = arrayPlanner.itemSize(metadata.type(), metadata.shape());
    for (long d : metadata.shape().dims()) {
      bytes *= d;
    }
    bytesRaw = (long) (bytesRaw + bytes); // Sparse arrays may claim more than a long can count.
  }

  private UserError crowded(String path) {
    return new UserError(
        source.folder() + "/" + source.key() + ": " + path,
        "its place in the store is taken by the waveform's own arrays",
        "Leave it out with --exclude " + path + ", or use --profile generic");
  }

  private void link(Hdf5Link link) {
    ObjectNode parent = groups.get(Selection.parent(link.path()));
    if (parent != null) {
      parent
          .withObject("/hdf5_links")
          .putObject(Selection.leaf(link.path()))
          .put("kind", link.kind().name().toLowerCase(Locale.ROOT))
          .put("target", link.target());
    }
  }

  private void namedType(Hdf5NamedType type) {
    ObjectNode parent = groups.get(Selection.parent(type.path()));
    if (parent != null) {
      ObjectNode entry =
          parent.withObject("/hdf5_named_types").putObject(Selection.leaf(type.path()));
      entry.put("type", type.type());
      entry.set("attributes", AttributeJson.of(type.attributes()));
    }
  }

  private void waveform(Hdf5Dataset d) throws IOException {
    WaveformArrays planned = arrayPlanner.waveform(d, format);
    ObjectNode own = attributes(d);
    own.remove(NodeName.ORIGINAL);
    own.put("hdf5_path", d.path());
    for (String group : groups.keySet()) {
      if (RESERVED.contains(zarrPath(group).split("/")[0])) {
        throw crowded(group);
      }
    }
    ObjectNode root = groups.computeIfAbsent("/", p -> JSON.objectNode());
    new WaveformScaling(d, datasets, root, own, input).addTo(root);
    WaveformAttributes described = new WaveformAttributes(planned, root);
    addArray(d.path(), WaveformArrays.RAW, planned.raw().withAttributes(own));
    addArray(d.path(), WaveformArrays.OVERVIEW, described.overview());
    groups.putIfAbsent("/overview", JSON.objectNode());
    for (WaveformArrays.Level level : planned.levels()) {
      groups.putIfAbsent("/pyramid", JSON.objectNode());
      addArray(d.path(), level.minMaxPath(), described.minMax(level));
      if (level.mean() != null) {
        addArray(d.path(), level.meanPath(), described.perBin(level, level.mean(), "mean"));
      }
      if (level.nanCount() != null) {
        addArray(
            d.path(), level.nanCountPath(), described.perBin(level, level.nanCount(), "nan_count"));
      }
    }
    described.addMultiscales();
    new WaveTasks(source, d.source(), d.manifest(), planned).addTo(tasks);
  }

  Publisher publisher() {
    ZarrHierarchy hierarchy = new ZarrHierarchy(format);
    hierarchy.group("", groups.getOrDefault("/", JSON.objectNode()));
    groups.forEach(
        (path, attributes) -> {
          if (!path.equals("/") && isWanted(path)) {
            hierarchy.group(zarrPath(path), attributes);
          }
        });
    arrays.forEach(hierarchy::array);
    boolean parts = profile == Profile.WAVEFORM;
    return new StorePublisher(hierarchy, parts);
  }

  /** With {@code --dataset} only the groups above arrays are kept. */
  private boolean isWanted(String group) {
    if (selection.takesEverything()) {
      return true;
    }
    String prefix = zarrPath(group) + "/";
    String first = arrays.ceilingKey(prefix);
    return first != null && first.startsWith(prefix);
  }
}
