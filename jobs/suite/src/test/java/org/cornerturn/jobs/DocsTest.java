package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The documents: every command line parses, every link leads somewhere, every command has a page.
 */
class DocsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern COMMAND =
      Pattern.compile("^ {4}(?:submit/)?cornerturn ([^#\\[\\n]+)(?:#.*)?$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : List.of("docs", "submit")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(all::add);
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandLineParses(Path document) throws IOException {
    Matcher m = COMMAND.matcher(Files.readString(document));
    while (m.find()) {
      List<String> argv = words(m.group(1));
      if (argv.contains("serve")) {
        continue; // A program of its own, whose tests look at these.
      }
      int end = argv.indexOf("--");
      List<String> ours = end < 0 ? argv : argv.subList(0, end);
      assertThatCode(
              () ->
                  Main.commandLine(new Cornerturn(System.out, System.err), Verbs.ALL)
                      .parseArgs(ours.toArray(String[]::new)))
          .as(m.group())
          .doesNotThrowAnyException();
      if (end >= 0) {
        assertThat(SparkArguments.parse(argv.subList(end + 1, argv.size()))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    Matcher m = LINK.matcher(Files.readString(document));
    while (m.find()) {
      assertThat(document.resolveSibling(m.group(1))).exists();
    }
  }

  @Test
  void everyCommandHasAPage() {
    CommandLine line = Main.commandLine(new Cornerturn(System.out, System.err), Verbs.ALL);
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(ROOT.resolve("docs/commands/" + name + ".md")).exists();
              }
            });
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher m = WORD.matcher(line.strip());
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group(2));
    }
    return words;
  }
}
