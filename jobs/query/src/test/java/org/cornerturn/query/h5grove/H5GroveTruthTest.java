package org.cornerturn.query.h5grove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.hdf5.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation over every kind of dataset, and over real files, beside what h5py reads. */
class H5GroveTruthTest {
  private static final String UNSUPPORTED = "unsupported";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void everyKindOfTypeAndShape() throws Exception {
    OutsideProgram.python("h5py", "make_types.py", folder.resolve("new.h5").toString());
    OutsideProgram.python("h5py", "make_types.py", folder.resolve("old.h5").toString(), "old");
    int asked = compare(folder, 500, 20_000, List.of("new.h5", "old.h5"));
    assertThat(asked).isGreaterThan(1000);
  }

  @Test
  void realFiles() throws Exception {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    Path files = Path.of(corpus);
    List<String> names = new ArrayList<>();
    for (String part :
        List.of(
            "hdf5/h5py",
            "hdf5/hdfgroup",
            "hdf5/nexus",
            "hdf5/nwb",
            "hdf5/h5ad",
            "hdf5/ligo",
            "hdf5/netcdf",
            "hdf5/h5wasm",
            "wave",
            "uvh5")) {
      try (Stream<Path> all = Files.list(files.resolve(part))) {
        all.filter(Files::isRegularFile)
            .filter(p -> size(p) < 3 << 20)
            // An old layout that the reader refuses, and says so.
            .filter(p -> !p.endsWith("tlayouto.h5"))
            .map(p -> files.relativize(p).toString())
            .sorted()
            .forEach(names::add);
      }
    }
    int asked = compare(files, 12, 200, names);
    assertThat(asked).isGreaterThan(2000);
  }

  private static long size(Path p) {
    try {
      return Files.size(p);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int compare(Path root, int datasets, int elements, List<String> files) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(root.toString(), Integer.toString(datasets), Integer.toString(elements)));
    arguments.addAll(files);
    String truth =
        OutsideProgram.python("h5py", "h5grove_truth.py", arguments.toArray(String[]::new));
    int asked = 0;
    int unsupported = 0;
    List<String> wrong = new ArrayList<>();
    try (RunningService service =
        RunningService.start(folder.resolve("warehouse"), Map.of("root.data", root.toString()))) {
      for (String line : truth.split("\n")) {
        JsonNode question = JSON.readTree(line);
        String difference = ask(service, question);
        asked++;
        if (UNSUPPORTED.equals(difference)) {
          unsupported++;
        } else if (difference != null) {
          wrong.add(question.get("operation") + " " + question.get("parameters") + difference);
        }
      }
    }
    assertThat(wrong).as("wrong answers of " + asked).isEmpty();
    assertThat(unsupported).as("unsupported of " + asked).isLessThan(asked / 10);
    return asked;
  }

  private static String ask(RunningService service, JsonNode question) {
    String operation = question.get("operation").asText();
    List<String> parameters = new ArrayList<>();
    question
        .get("parameters")
        .properties()
        .forEach(
            p -> {
              parameters.add(p.getKey());
              parameters.add(
                  p.getKey().equals("file")
                      ? "data/" + p.getValue().asText()
                      : p.getValue().asText());
            });
    String path = "/h5grove/" + operation.replaceAll("\\..*", "");
    HttpResponse<byte[]> r =
        service.get(RunningService.query(path, parameters.toArray(String[]::new)));
    JsonNode answer = question.get("answer");
    if (r.statusCode() == 422
        && RunningService.json(r).path("code").asText().equals("UNSUPPORTED")) {
      return UNSUPPORTED; // Told as such: filters that nothing here decodes, virtual datasets.
    }
    if (r.statusCode() != 200) {
      return "\n  " + r.statusCode() + " " + RunningService.text(r);
    }
    return switch (operation) {
      case "data.bin" -> sameBytes(r.body(), answer.asText());
      case "data.npy" -> npy(r.body(), answer);
      case "stats" -> close(RunningService.json(r), answer);
      case "meta" -> same("", withoutFilterNames(RunningService.json(r)), answer);
      default -> same("", RunningService.json(r), answer);
    };
  }

  private static String sameBytes(byte[] actual, String expected) {
    byte[] bytes = Base64.getDecoder().decode(expected);
    return Arrays.equals(actual, bytes)
        ? null
        : "\n  "
            + actual.length
            + " bytes instead of "
            + bytes.length
            + ", they differ at "
            + Arrays.mismatch(actual, bytes);
  }

  private static String npy(byte[] actual, JsonNode expected) {
    int length = 10 + (actual[8] & 0xff) + 256 * (actual[9] & 0xff);
    String header = new String(actual, 0, length, StandardCharsets.ISO_8859_1);
    List<String> dims = new ArrayList<>();
    expected.get("shape").forEach(d -> dims.add(d.asText()));
    String shape = String.join(", ", dims) + (dims.size() == 1 ? "," : "");
    boolean right =
        length % 64 == 0
            && header.endsWith("\n")
            && header.contains("'descr': '" + expected.get("type").asText() + "'")
            && header.contains("'shape': (" + shape + ")");
    return right
        ? sameBytes(
            Arrays.copyOfRange(actual, length, actual.length), expected.get("bytes").asText())
        : "\n  header " + header;
  }

  /** h5py may sum in another order, and float32 in float32. */
  private static String close(JsonNode actual, JsonNode expected) {
    for (Map.Entry<String, JsonNode> e : expected.properties()) {
      JsonNode a = actual.path(e.getKey());
      double wanted = e.getValue().asDouble();
      boolean right =
          e.getValue().isNull()
              ? a.isNull()
              : Math.abs(a.asDouble(Double.NaN) - wanted) <= 1e-9 * Math.abs(wanted) + 1e-300;
      boolean isExtreme = !e.getKey().equals("mean") && !e.getKey().equals("std");
      if (!right && !isExtreme && !e.getValue().isNull()) {
        double largest =
            Math.max(
                Math.abs(expected.get("min").asDouble()), Math.abs(expected.get("max").asDouble()));
        right = Math.abs(a.asDouble(Double.NaN) - wanted) <= 1e-9 * largest + 1e-300;
      }
      if (!right) {
        return "\n  " + actual + " instead of " + expected;
      }
    }
    return null;
  }

  private static JsonNode withoutFilterNames(JsonNode entity) {
    List<JsonNode> entities = new ArrayList<>(List.of(entity));
    entity.path("children").forEach(entities::add);
    for (JsonNode e : entities) {
      e.path("filters").forEach(f -> ((ObjectNode) f).remove("name"));
    }
    return entity;
  }

  static String same(String where, JsonNode actual, JsonNode expected) {
    if (expected.isArray() && actual.isArray()) {
      if (expected.size() != actual.size()) {
        return "\n  " + where + ": " + actual.size() + " instead of " + expected.size();
      }
      for (int i = 0; i < expected.size(); i++) {
        String d = same(where + "/" + i, actual.get(i), expected.get(i));
        if (d != null) {
          return d;
        }
      }
      return null;
    }
    if (expected.isObject() && actual.isObject()) {
      for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        String d = same(where + "/" + name, actual.path(name), expected.get(name));
        if (d != null) {
          return d;
        }
      }
      return expected.size() == actual.size() ? null : "\n  " + where + ": more: " + actual;
    }
    boolean right =
        expected.isFloatingPointNumber() && actual.isNumber()
            ? (float) actual.asDouble() == (float) expected.asDouble()
            : expected.isNumber() && actual.isNumber()
                ? actual.bigIntegerValue().equals(expected.bigIntegerValue())
                    && actual.asDouble() == expected.asDouble()
                : actual.equals(expected);
    return right ? null : "\n  " + where + ": " + actual + " instead of " + expected;
  }
}
