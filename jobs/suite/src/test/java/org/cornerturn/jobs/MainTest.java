package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
  @Command(name = "probe")
  static final class Probe extends Verb {
    @Option(names = "--size")
    private ByteSize size;

    @Override
    protected ExitCode run() {
      console().print("master=" + global().master() + " size=" + size);
      return ExitCode.REFUSED;
    }
  }

  @Test
  void versionNamesEveryPart() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .satisfiesExactly(
            l -> assertThat(l).matches("Cornerturn \\d+\\.\\d+\\.\\d+\\S*"),
            l -> assertThat(l).matches("Spark 4\\.\\d\\.\\d"),
            l -> assertThat(l).matches("Scala 2\\.13\\.\\d+"),
            l -> assertThat(l).matches("Delta 4\\.\\d\\.\\d"),
            l -> assertThat(l).matches("Hadoop 3\\.\\d\\.\\d"),
            l -> assertThat(l).startsWith("Java " + Runtime.version().feature()));
  }

  @Test
  void noVerbIsAMistake() {
    CommandRun run = CommandRun.of();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("cornerturn: No verb given\nTry: cornerturn --help\n");
  }

  @Test
  void unknownVerbIsAMistake() {
    CommandRun run = CommandRun.of("converrt", "a.h5");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("cornerturn: Unmatched arguments").doesNotContain("\tat ");
  }

  @Test
  void globalOptionsStandOnEitherSide() {
    assertThat(CommandRun.of("--print", "--master", "local[3]", "warm-up").out())
        .isEqualTo(
            "spark-submit --class org.cornerturn.jobs.Main --master 'local[3]' cornerturn.jar"
                + " --master 'local[3]' warm-up\n");
    assertThat(CommandRun.of("warm-up", "--print", "--master", "yarn").out())
        .contains("--master yarn cornerturn.jar");
  }

  @Test
  void whatFollowsTwoDashesGoesToSpark() {
    CommandRun run =
        CommandRun.of("warm-up", "--print", "--", "--conf", "spark.a=b c", "--executor-memory=2g");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("--conf 'spark.a=b c'")
        .contains("--conf spark.executor.memory=2g");
  }

  @ParameterizedTest
  @CsvSource({
    "--jars, 'Can''t hand --jars to Spark'",
    "--conf, 'Spark''s argument --conf has no value'",
    "--conf=a=b, '--conf a=b is no setting of Spark'"
  })
  void wrongSparkArgumentsAreMistakes(String argument, String words) {
    CommandRun run = CommandRun.of("warm-up", "--", argument);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("cornerturn: " + words);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void configurationFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("site.properties");
    Files.writeString(file, "master = local[1]\nfs.s3a.endpoint=http://here\nspark.x=1\n");
    CommandRun run = CommandRun.of("warm-up", "--print", "--config", file.toString());
    assertThat(run.out())
        .contains("--master 'local[1]'")
        .contains("--conf spark.hadoop.fs.s3a.endpoint=http://here")
        .contains("--conf spark.x=1");
    assertThat(Settings.read(file).hadoop()).isEqualTo(Map.of("fs.s3a.endpoint", "http://here"));

    Files.writeString(file, "warehose=/data\n");
    CommandRun misspelt = CommandRun.of("warm-up", "--config", file.toString());
    assertThat(misspelt.exit()).isEqualTo(2);
    assertThat(misspelt.err()).contains("unknown setting: warehose");

    CommandRun missing = CommandRun.of("warm-up", "--config", folder.resolve("no").toString());
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err().lines()).hasSize(1);
  }

  @Test
  void theVerbDecidesItsExitCode() {
    List<String> said = new ArrayList<>();
    Cornerturn top = new Cornerturn(lines(said), lines(said));
    CommandLine line = Main.commandLine(top, List.of(Probe.class));
    assertThat(line.execute("probe", "--size", "2KiB", "--master", "local[7]")).isEqualTo(4);
    assertThat(said).containsExactly("master=local[7] size=2.0 kB");
    assertThat(line.execute("probe", "--size", "2KiBi")).isEqualTo(2);
  }

  @Test
  void aMistakeBelowOtherExceptionsIsStillTheUsers() {
    List<String> said = new ArrayList<>();
    Throwable t =
        new IllegalStateException("job failed", new UserError("a.h5", "is no HDF5", "Look"));
    assertThat(new Faults(lines(said)).report(t)).isEqualTo(2);
    assertThat(said).containsExactly("cornerturn: a.h5: is no HDF5. Look");
  }

  @Test
  void aFaultIsOneLineAndItsStackAFile() throws IOException {
    List<String> said = new ArrayList<>();
    Throwable t = new IllegalStateException("outer", new IOException("disk\nfull"));
    assertThat(new Faults(lines(said)).report(t)).isEqualTo(1);
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("cornerturn: a fault of the program, java.io.IOException: disk; the stack is");
    Path file = Path.of(said.get(0).replaceFirst(".* ", ""));
    assertThat(Files.readString(file)).contains("IllegalStateException: outer").contains("\tat ");
    Files.delete(file);
  }

  static Stream<CommandLine> everyCommand() {
    List<CommandLine> all = new ArrayList<>();
    collect(Main.commandLine(new Cornerturn(System.out, System.err), Verbs.ALL), all);
    return all.stream();
  }

  private static void collect(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(c -> collect(c, all));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyLevelHasHelpWithAnExampleThatParses(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    List<String> words = new ArrayList<>(List.of(name.split(" ")));
    words.remove(0);
    words.add("--help");
    CommandRun help = CommandRun.of(words.toArray(String[]::new));
    assertThat(help.exit()).isZero();
    assertThat(help.err()).isEmpty();
    List<String> examples =
        help.out()
            .lines()
            .map(String::strip)
            .filter(l -> (l + " ").startsWith(name + " "))
            .toList();
    assertThat(examples).as("examples in the help of " + name).isNotEmpty();
    for (String example : examples) {
      String[] argv = example.replaceFirst("cornerturn ", "").split("\\s+");
      assertThatCode(() -> parse(argv)).as(example).doesNotThrowAnyException();
    }
  }

  private static void parse(String[] argv) {
    List<String> words = List.of(argv);
    int end = words.indexOf("--");
    List<String> ours = end < 0 ? words : words.subList(0, end);
    Main.commandLine(new Cornerturn(System.out, System.err), Verbs.ALL)
        .parseArgs(ours.toArray(String[]::new));
  }

  private static PrintStream lines(List<String> to) {
    return new PrintStream(java.io.OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        to.add(line);
      }
    };
  }
}
