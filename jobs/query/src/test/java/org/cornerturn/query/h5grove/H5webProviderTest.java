package org.cornerturn.query.h5grove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.hdf5.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h5web's provider for H5Grove, unmodified, on our service; what it reads is what h5py reads. */
class H5webProviderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void readsEveryKindOfTypeAndShape() throws Exception {
    OutsideProgram.python("h5py", "make_types.py", folder.resolve("types.h5").toString());
    String truth =
        OutsideProgram.python(
            "h5py", "h5grove_truth.py", folder.toString(), "500", "20000", "types.h5");
    String read;
    try (RunningService service =
        RunningService.start(folder.resolve("w"), Map.of("root.data", folder.toString()))) {
      read =
          OutsideProgram.run(
              "node", "web/e2e/provider.mjs", service.uri() + "h5grove", "data/types.h5");
    }
    String[] lines = read.strip().split("\n");
    Map<String, JsonNode> byPath = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      JsonNode o = JSON.readTree(lines[i]);
      byPath.put(o.get("path").asText(), o);
      if (o.has("fault")) {
        faults.add(lines[i]);
      }
    }
    assertThat(faults).isEmpty();
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (String line : truth.split("\n")) {
      JsonNode question = JSON.readTree(line);
      JsonNode parameters = question.get("parameters");
      JsonNode answer = question.get("answer");
      JsonNode o = byPath.get(parameters.path("path").asText());
      JsonNode mine =
          switch (question.get("operation").asText()) {
            case "paths" -> JSON.readTree(lines[0]);
            case "attr" -> answer.isEmpty() ? null : o.get("attributes");
            case "data" -> isWhole(parameters, answer, o) ? o.get("value") : null;
            default -> null;
          };
      if (mine != null) {
        compared++;
        String difference = H5GroveTruthTest.same("", numbers(mine, answer), answer);
        if (difference != null) {
          wrong.add(line.substring(0, Math.min(200, line.length())) + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(60);
  }

  /** Whether the answer is the dataset's value in the form that h5web asks for: flat. */
  private static boolean isWhole(JsonNode parameters, JsonNode answer, JsonNode o) {
    boolean isScalar = parameters.size() == 2 && o.has("value") && !answer.isArray();
    // h5web takes opaque values as octets, which h5py gives as text.
    return !o.path("class").asText().equals("Opaque")
        && (isScalar || parameters.path("flatten").asText().equals("true"));
  }

  /** As JSON has them that h5py writes: truth values are whole numbers to h5web. */
  private static JsonNode numbers(JsonNode mine, JsonNode truth) {
    if (truth.isBoolean() && mine.isIntegralNumber()) {
      return JSON.getNodeFactory().booleanNode(mine.asInt() != 0);
    }
    if (truth.isIntegralNumber()
        && !truth.canConvertToLong()
        && mine.asDouble() == truth.asDouble()) {
      return truth; // JSON's numbers are of double precision in JavaScript.
    }
    if (mine.isObject() && truth.isObject()) {
      var object = JSON.createObjectNode();
      mine.properties()
          .forEach(p -> object.set(p.getKey(), numbers(p.getValue(), truth.path(p.getKey()))));
      return object;
    }
    if (!mine.isArray() || !truth.isArray() || mine.size() != truth.size()) {
      return mine;
    }
    var array = JSON.createArrayNode();
    for (int i = 0; i < mine.size(); i++) {
      array.add(numbers(mine.get(i), truth.get(i)));
    }
    return array;
  }
}
