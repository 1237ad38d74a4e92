package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.query.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The description of the API is committed: a change of it is seen in a review. {@code
 * -Dcornerturn.update=true} writes it anew.
 */
class OpenApiTest {
  private static final Path COMMITTED = Path.of("../../docs/reference/openapi.json");

  @TempDir private Path folder;

  private JsonNode served() throws Exception {
    try (Server server = Services.start(folder)) {
      return Json.mapper().readTree(Services.get(server, "/openapi.json").body());
    }
  }

  @Test
  void isTheCommittedOne() throws Exception {
    String now =
        Json.mapper().copy().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(served())
            + "\n";
    if (Boolean.getBoolean("cornerturn.update")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, now);
    }
    assertThat(now).as("run this test with -Dcornerturn.update=true").isEqualTo(committed());
  }

  private static String committed() throws IOException {
    return Files.readString(COMMITTED);
  }

  @Test
  void everyOperationIsDescribed() throws Exception {
    List<String> wanting = new ArrayList<>();
    served()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          JsonNode o = method.getValue();
                          String name = method.getKey() + " " + path.getKey();
                          if (o.path("summary").asText().isBlank()
                              || o.path("responses").size() < 2) {
                            wanting.add(name + " has no summary or no answer");
                          }
                          for (JsonNode p : o.path("parameters")) {
                            if (p.path("description").asText().isBlank()) {
                              wanting.add(name + ": " + p.path("name"));
                            }
                          }
                          path.getKey()
                              .lines()
                              .flatMap(
                                  l ->
                                      java.util.regex.Pattern.compile("\\{(\\w+)}")
                                          .matcher(l)
                                          .results())
                              .map(m -> m.group(1))
                              .filter(
                                  n ->
                                      java.util.stream.StreamSupport.stream(
                                              o.path("parameters").spliterator(), false)
                                          .noneMatch(
                                              p ->
                                                  p.path("in").asText().equals("path")
                                                      && p.path("name").asText().equals(n)))
                              .forEach(n -> wanting.add(name + " does not describe " + n));
                        }));
    assertThat(wanting).isEmpty();
  }
}
