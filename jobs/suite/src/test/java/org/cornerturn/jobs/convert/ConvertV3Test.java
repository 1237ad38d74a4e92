package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Zarr v3, the default: what zarrita reads from the store equals what h5py reads from the source.
 */
class ConvertV3Test {
  private static final Path NODE = Path.of("../../common/core/src/test/node");

  @TempDir Path folder;

  @Test
  void zarritaReadsWhatH5pyReads() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(NODE.resolve("node_modules")), "MISSING PROGRAM: zarrita (npm ci)");
    String source = folder + "/in.h5";
    String store = folder + "/out.zarr";
    OutsideProgram.python("h5py", "make_generic.py", source);
    CommandRun run =
        CommandRun.of(
            "convert",
            source,
            store,
            "--warehouse",
            folder + "/warehouse",
            "--shard-size",
            "64KiB",
            "--chunk-size",
            "4KiB");
    assertThat(run.exit()).as(run.err()).isZero();
    Map<String, JsonNode> seen =
        lines(OutsideProgram.run("node", NODE.resolve("read.mjs").toString(), store));
    Map<String, JsonNode> want =
        lines(OutsideProgram.python("h5py", "make_generic.py", "--tell", source));
    assertThat(want).hasSizeGreaterThan(10);
    want.forEach(
        (path, node) -> {
          JsonNode found = seen.get(path);
          assertThat(found).as(path).isNotNull();
          node.get("attributes")
              .properties()
              .forEach(
                  a ->
                      assertThat(found.get("attributes").get(a.getKey()))
                          .as("%s@%s", path, a.getKey())
                          .isEqualTo(a.getValue()));
          if (node.has("values")) {
            assertThat(found.get("shape")).as(path).isEqualTo(node.get("shape"));
          }
          // zarrita can't read arrays without elements.
          if (node.has("values") && !node.get("values").isEmpty()) {
            assertThat(found.get("error")).as(path).isNull();
            assertThat(numbers(found.get("values")))
                .as(path)
                .isEqualTo(numbers(node.get("values")));
          }
        });
  }

  /** Numbers by value, whatever their spelling; texts and booleans as they are. */
  private static java.util.List<Object> numbers(JsonNode values) {
    java.util.List<Object> all = new java.util.ArrayList<>();
    for (JsonNode v : values) {
      String text = v.asText();
      try {
        all.add(
            v.isTextual() ? (Object) new java.math.BigDecimal(text).stripTrailingZeros() : text);
      } catch (NumberFormatException e) {
        all.add(text);
      }
    }
    return all;
  }

  private static Map<String, JsonNode> lines(String said) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, JsonNode> byPath = new HashMap<>();
    for (String line : said.lines().toList()) {
      JsonNode node = json.readTree(line);
      byPath.put(node.get("path").asText().replaceFirst("^/", ""), node);
    }
    return byPath;
  }
}
