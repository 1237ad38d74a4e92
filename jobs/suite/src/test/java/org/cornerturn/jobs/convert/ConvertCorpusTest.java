package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every HDF5 file of the corpus, hostile ones among them, converted in one run; what came of it is
 * judged by h5py and zarr-python.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConvertCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Formats of other tools, or parts of files, that no HDF5 reader opens alone. */
  private static final String NO_HDF5 =
      "family_|tfamily|multi_file|tmulti|tsplit|\\.zip$|ref_nccopy3|_1900\\.nc$|\\.nxs$";

  @TempDir static Path folder;
  private final Map<String, Path> sources = new HashMap<>();
  private CommandRun run;
  private JsonNode report;

  @BeforeAll
  void convert() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is unset: no real files to convert");
    List<String> lines = new ArrayList<>();
    for (Path p : files(Path.of(corpus, "hdf5"))) {
      lines.add(p.toString());
      sources.put(p.getFileName().toString(), p);
    }
    for (Path p : files(Path.of(corpus, "wave"))) {
      lines.add(p.toString());
      sources.put(p.getFileName().toString(), p);
    }
    assertThat(lines).hasSizeGreaterThan(250);
    Path list = Files.write(folder.resolve("list.txt"), lines);
    run =
        CommandRun.of(
            "convert",
            "--list",
            list.toString(),
            folder + "/out/",
            "--zarr-format",
            "2",
            "--profile",
            "generic",
            "--warehouse",
            folder + "/warehouse",
            "--json");
    report = JSON.readTree(run.out());
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void theRunGoesOnPastBadFilesAndSaysSo() {
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(report.get("products").size()).isGreaterThan(230);
    for (JsonNode product : report.get("products")) {
      assertThat(product.get("state").asText())
          .as(product.get("root").asText())
          .isIn("COMPLETE", "REFUSED");
      assertThat(product.get("failed").asLong()).isZero();
    }
  }

  @Test
  void onlyHostileOrForeignFilesAreRefusedWhole() {
    for (JsonNode input : report.get("refused_inputs")) {
      String name = Path.of(input.get("object").asText()).getFileName().toString();
      assertThat(name.startsWith("cve") || name.matches(".*(" + NO_HDF5 + ").*"))
          .as("%s: %s", name, input.get("reason").asText())
          .isTrue();
      assertThat(input.get("reason").asText()).doesNotContain("\n").hasSizeLessThan(400);
    }
  }

  @Test
  void zarrPythonReadsWhatH5pyReads() throws IOException, InterruptedException {
    Map<String, ObjectNode> pairs = new TreeMap<>();
    for (JsonNode product : report.get("products")) {
      // In this hostile file the keys of a chunk index are out of order: h5py's search misses a
      // chunk
      // that a walk of all of them finds.
      boolean disputed = product.get("root").asText().endsWith("cve-2025-44905.zarr");
      if (disputed || !product.get("state").asText().equals("COMPLETE")) {
        continue;
      }
      ObjectNode pair = JSON.createObjectNode();
      String store = product.get("root").asText();
      pair.put("source", source(store).toString());
      pair.put("store", store);
      ArrayNode refused = pair.putArray("refused");
      product.get("refusals").forEach(r -> refused.add(r.get("object")));
      pairs.put(store, pair);
    }
    assertThat(pairs).hasSizeGreaterThan(230);
    Path list = folder.resolve("pairs.json");
    JSON.writeValue(list.toFile(), pairs.values());
    String said = OutsideProgram.python("zarr", "compare_h5_zarr.py", list.toString());
    assertThat(said.lines().filter(l -> l.endsWith(" 0 differences")).count()).isGreaterThan(220);
  }

  private Path source(String store) {
    String name = Path.of(store).getFileName().toString().replaceAll("\\.zarr$", "");
    return sources.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "."))
        .filter(
            e -> e.getKey().equals(name) || !e.getKey().substring(name.length() + 1).contains("."))
        .map(Map.Entry::getValue)
        .min(java.util.Comparator.comparing(Path::toString))
        .orElseThrow(() -> new AssertionError("no source of " + store));
  }
}
