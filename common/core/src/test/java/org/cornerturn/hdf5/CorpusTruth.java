package org.cornerturn.hdf5;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;

/**
 * Compares a file with what h5py says of it ({@code hdf5.*.truth.json}). There, {@code sha256} is
 * over the little-endian elements in C order, {@code sha256_json} over Python's {@code json.dumps}
 * of the flat list.
 */
final class CorpusTruth {
  /** Some files hold names of 64 KiB. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build())
              .build());

  /** What the contract lets us name as unsupported where h5py reads it. */
  private static final long MOST_ELEMENTS = 100_000_000;

  private static final Pattern ALLOWED =
      Pattern.compile(
          "filter (szip|nbit|scaleoffset) \\(\\d+\\)|a virtual dataset, .*|external storage, .*"
              + "|elements of type float(128|80|64) \\(exponent 15, mantissa (112|64) bits\\).*");

  private final List<String> differences = new ArrayList<>();
  private int valuesCompared;

  static JsonNode load(Path truth) throws IOException {
    return JSON.readTree(Files.readAllBytes(truth)).get("files");
  }

  int valuesCompared() {
    return valuesCompared;
  }

  /** Differences, a line each; empty where the file is read as h5py reads it. */
  List<String> compare(Path file, JsonNode truth) throws IOException {
    differences.clear();
    LocalStore store = new LocalStore(file.getParent());
    try (ObjectChannel raw = store.open(file.getFileName().toString());
        Hdf5File h = Hdf5File.open(raw)) {
      for (Map.Entry<String, JsonNode> e : truth.properties()) {
        object(h, raw, e.getKey(), e.getValue());
      }
    }
    return List.copyOf(differences);
  }

  private void differ(String path, String what) {
    String shown = path.length() > 80 ? path.substring(0, 80) + "..." : path;
    differences.add(shown + ": " + (what.length() > 300 ? what.substring(0, 300) : what));
  }

  private void object(Hdf5File h, ObjectChannel raw, String path, JsonNode truth)
      throws IOException {
    if (!truth.isObject()) {
      return;
    }
    String kind = truth.get("kind").asText();
    if (kind.endsWith("link")) {
      link(h, path, kind, truth);
      return;
    }
    Optional<Hdf5Object> found = h.find(path);
    if (kind.equals("error")) {
      if (found.isPresent() && found.get() instanceof Hdf5Dataset d && d.unsupported().isEmpty()) {
        differ(path, "read, though h5py says " + truth.get("error").asText());
      }
      return;
    }
    if (found.isEmpty()) {
      differ(path, "missing");
      return;
    }
    if (found.get() instanceof Hdf5Unreadable u) {
      differ(path, "unreadable: " + u.reason());
      return;
    }
    boolean same =
        switch (kind) {
          case "group" -> found.get() instanceof Hdf5Group;
          case "dataset" -> found.get() instanceof Hdf5Dataset;
          case "datatype" -> found.get() instanceof Hdf5NamedType;
          default -> false;
        };
    if (!same) {
      differ(path, "is " + found.get().getClass().getSimpleName() + " instead of " + kind);
      return;
    }
    attributes(found.get(), path, truth.get("attrs"));
    if (found.get() instanceof Hdf5Dataset d) {
      dataset(d, raw, path, truth);
    }
  }

  private void link(Hdf5File h, String path, String kind, JsonNode truth) throws IOException {
    Optional<Hdf5Object> found = h.walk().stream().filter(o -> o.path().equals(path)).findFirst();
    if (found.isEmpty() || !(found.get() instanceof Hdf5Link l)) {
      differ(path, "no link");
      return;
    }
    String target = truth.get("target").asText();
    boolean external = kind.equals("externallink");
    String expected = external ? truth.get("file").asText() + ":" + target : target;
    if (!l.target().equals(expected)
        || l.kind() != (external ? Hdf5Link.Kind.EXTERNAL : Hdf5Link.Kind.SOFT)) {
      differ(path, "link to " + l.target() + " instead of " + expected);
    }
  }

  private void attributes(Hdf5Object o, String path, JsonNode truth) {
    if (truth == null || truth.has("ERR")) {
      return;
    }
    int count = 0;
    for (Map.Entry<String, JsonNode> e : truth.properties()) {
      count++;
      Optional<Hdf5Attribute> a = o.attribute(e.getKey());
      String where = path + "@" + e.getKey();
      if (a.isEmpty()) {
        differ(where, "missing");
      } else if (e.getValue().isTextual() && e.getValue().asText().startsWith("Empty(")) {
        if (!a.get().isEmpty()) {
          differ(where, "not empty");
        }
      } else if (a.get().unreadable().isPresent()) {
        differ(where, "unreadable: " + a.get().unreadable().get());
      } else {
        Object value = a.get().value();
        if (!TruthValues.same(value, e.getValue())) {
          differ(where, value + " instead of " + e.getValue());
        }
      }
    }
    if (count != o.attributes().size()) {
      differ(path, "has " + o.attributes().size() + " attributes instead of " + count);
    }
  }

  private void dataset(Hdf5Dataset d, ObjectChannel raw, String path, JsonNode truth) {
    if (!truth.has("shape")) {
      // h5py could not tell even the type.
      return;
    }
    if (truth.get("shape").isNull()) {
      if (!d.isEmpty()) {
        differ(path, "not empty");
      }
      return;
    }
    shapes(d, path, truth);
    if (d.unsupported().isPresent()) {
      if (!ALLOWED.matcher(d.unsupported().get()).matches() && !truth.has("read_error")) {
        differ(path, "unsupported: " + d.unsupported().get());
      }
      return;
    }
    if (truth.has("read_error") && d.storedType().startsWith("opaque")) {
      // A tag that NumPy has no type for; the bytes are there.
      return;
    }
    if (truth.has("read_error")) {
      differ(path, "supported, though h5py says " + truth.get("read_error").asText());
      return;
    }
    values(d, raw, path, truth);
  }

  private void shapes(Hdf5Dataset d, String path, JsonNode truth) {
    List<Long> shape = new ArrayList<>();
    truth.get("shape").forEach(n -> shape.add(n.asLong()));
    List<Long> got = new ArrayList<>();
    for (int i = 0; i < shape.size() && i < d.shape().rank(); i++) {
      got.add(d.shape().dim(i));
    }
    // h5py looks up a virtual dataset's extent in the files behind it.
    if (!shape.equals(got) && d.storage() != StorageKind.VIRTUAL) {
      differ(path, "shape " + got + " instead of " + shape);
    }
    for (int i = 0; i < shape.size(); i++) {
      JsonNode max = truth.get("maxshape").get(i);
      long expected = max.isNull() ? -1 : max.asLong();
      if (d.maxShape()[i] != expected) {
        differ(path, "largest extent " + d.maxShape()[i] + " instead of " + expected);
      }
    }
    JsonNode chunks = truth.get("chunks");
    if (chunks.isNull() == d.chunkShape().isPresent()) {
      differ(path, "chunks " + d.chunkShape() + " instead of " + chunks);
    } else {
      for (int i = 0; !chunks.isNull() && i < chunks.size(); i++) {
        if (chunks.get(i).asLong() != d.chunkShape().get().dim(i)) {
          differ(path, "chunks " + d.chunkShape() + " instead of " + chunks);
        }
      }
    }
    List<Integer> filters = new ArrayList<>();
    truth.get("filters").forEach(n -> filters.add(n.asInt()));
    List<Integer> gotFilters = d.filters().stream().map(Hdf5Filter::id).toList();
    if (d.storage() == StorageKind.CHUNKED && !filters.equals(gotFilters)) {
      differ(path, "filters " + gotFilters + " instead of " + filters);
    }
    String layout = truth.get("layout").asText();
    boolean external = d.storage() == StorageKind.EXTERNAL && layout.equals("contiguous");
    if (!external && !layout.equalsIgnoreCase(d.storage().name())) {
      differ(path, "storage " + d.storage() + " instead of " + layout);
    }
  }

  private void values(Hdf5Dataset d, ObjectChannel raw, String path, JsonNode truth) {
    if (d.shape().size() > MOST_ELEMENTS) {
      return;
    }
    Block block;
    try {
      block = new DatasetReader(d.source(), d.manifest(), raw).readAll();
    } catch (IOException | RuntimeException e) {
      differ(path, e.toString());
      return;
    }
    Primitive expected = TruthValues.primitive(truth.get("dtype").asText());
    if (expected != null && expected != d.dataType()) {
      differ(path, d.dataType() + " instead of " + expected);
    }
    boolean packed = !truth.get("dtype").asText().startsWith("{");
    if (truth.has("sha256") && block.data() instanceof byte[] && packed) {
      valuesCompared++;
      byte[] b = block.bytes();
      if (d.dataType() instanceof DataType.FixedText && d.shape().rank() == 0) {
        // NumPy's scalar text has lost its padding.
        int n = FixedPlan.textLength(StoredType.Padding.NUL_PADDED, b, 0, b.length);
        b = Arrays.copyOf(b, n);
      }
      if (!sha256(b).equals(truth.get("sha256").asText())) {
        differ(path, "other bytes");
      }
    }
    List<Object> flat = TruthValues.flat(block, d.isJson());
    if (truth.has("sha256_json") && flat.stream().allMatch(String.class::isInstance)) {
      if (d.dataType() instanceof DataType.Text && !d.isJson() && !isReference(d)) {
        valuesCompared++;
        String dumped = TruthValues.pythonDumps(flat);
        if (!sha256(dumped.getBytes(StandardCharsets.UTF_8))
            .equals(truth.get("sha256_json").asText())) {
          differ(path, "other texts");
        }
      }
    }
    JsonNode first = truth.get("first");
    if (first == null) {
      return;
    }
    if (d.shape().rank() == 0
        && flat.get(0) instanceof List<?> only
        && d.dataType() instanceof DataType.Sequence) {
      flat = new ArrayList<>(only);
    }
    boolean nested = d.shape().rank() > truth.get("shape").size();
    for (int i = 0; i < first.size() && !nested; i++) {
      if (i >= flat.size() || !TruthValues.same(flat.get(i), first.get(i))) {
        String got = i < flat.size() ? String.valueOf(flat.get(i)) : "nothing";
        differ(path, "element " + i + " is " + got + " instead of " + first.get(i));
        return;
      }
    }
  }

  private static boolean isReference(Hdf5Dataset d) {
    return d.storedType().contains("reference");
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
