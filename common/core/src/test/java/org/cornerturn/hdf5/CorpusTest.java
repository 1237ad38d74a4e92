package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every real file of the corpus, against what h5py says of it. */
class CorpusTest {
  /** Files that h5py 3.7 refuses and we read, with the reason. */
  private static final Map<String, String> READ_THOUGH_REFUSED =
      Map.of(
          "test_byteshuffle_compressed_datasets_latest.hdf5",
          "marked as open for writing; the library's lock, not a fault of the content",
          "cve_2020_10810.h5",
          "one of its objects is broken, which is named; the others are sound");

  /** What differs from h5py and may, with the reason. */
  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "tfloatsattrs.h5",
          // An 80-bit attribute, which no type of ours holds.
          List.of(
              "/DS128BITS@DS128BITS: unreadable: elements of type float80 (exponent 15, mantissa"
                  + " 64 bits)"),
          "tlayouto.h5",
          // Its extent is made up; h5py opens it and can't read it.
          List.of("/Dataset: unreadable: a dataset of more than 2^63 bytes"));

  private static Path corpus() {
    String folder = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(folder != null, "CORNERTURN_CORPUS is not set");
    return Path.of(folder);
  }

  @TestFactory
  List<DynamicTest> filesReadAsH5pyReadsThem() throws IOException {
    Path corpus = corpus();
    List<DynamicTest> tests = new ArrayList<>();
    for (String family :
        List.of(
            "h5ad",
            "nwb",
            "jhdf",
            "hdfgroup",
            "h5py",
            "h5wasm",
            "ligo",
            "netcdf",
            "nexus",
            "wave")) {
      JsonNode truth = CorpusTruth.load(corpus.resolve("hdf5." + family + ".truth.json"));
      Path folder =
          family.equals("wave") ? corpus.resolve("wave") : corpus.resolve("hdf5/" + family);
      for (Map.Entry<String, JsonNode> e : truth.properties()) {
        tests.add(
            DynamicTest.dynamicTest(
                family + "/" + e.getKey(), () -> check(folder, e.getKey(), e.getValue())));
      }
    }
    assertThat(tests).hasSizeGreaterThan(200);
    return tests;
  }

  private static void check(Path folder, String name, JsonNode truth) throws IOException {
    Path file = folder.resolve(name);
    if (truth.has("refused") && !READ_THOUGH_REFUSED.containsKey(name)) {
      assertThatThrownBy(() -> new CorpusTruth().compare(file, truth))
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining(name)
          .hasMessageNotContaining("\n");
      return;
    }
    assertThat(new CorpusTruth().compare(file, truth))
        .isEqualTo(EXPECTED.getOrDefault(name, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wave/filters_s.h5", "wave/scope_i16.h5", "hdf5/jhdf/test_file.hdf5"})
  void hashesAreReallyCompared(String name) throws IOException {
    Path file = corpus().resolve(name);
    String family = name.startsWith("wave") ? "wave" : "jhdf";
    JsonNode truth = CorpusTruth.load(corpus().resolve("hdf5." + family + ".truth.json"));
    CorpusTruth comparison = new CorpusTruth();
    comparison.compare(file, truth.get(file.getFileName().toString()));
    assertThat(comparison.valuesCompared()).isPositive();
  }
}
