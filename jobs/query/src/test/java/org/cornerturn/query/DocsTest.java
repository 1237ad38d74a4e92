package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the service is so. */
class DocsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ {4}(?:submit/)?cornerturn serve ?([^#\\n]*)");
  private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")), files.filter(f -> f.toString().endsWith(".md")))
          .toList();
    }
  }

  @Test
  void everyCommandLineParses() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path document : documents()) {
      Matcher m = COMMAND.matcher(Files.readString(document));
      while (m.find()) {
        found.add(m.group(1));
        assertThatCode(
                () ->
                    Main.commandLine(System.out, System.err, Map.of())
                        .parseArgs(
                            m.group(1).isBlank()
                                ? new String[0]
                                : m.group(1).strip().split("\\s+")))
            .as(document + ": " + m.group())
            .doesNotThrowAnyException();
      }
    }
    assertThat(found).isNotEmpty();
  }

  @Test
  void everySettingIsExplained() throws IOException {
    List<String> told = new ArrayList<>();
    Matcher m = SETTING.matcher(Files.readString(ROOT.resolve("docs/operations/serve.md")));
    while (m.find()) {
      told.add(m.group(1));
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(Config.names());
  }
}
