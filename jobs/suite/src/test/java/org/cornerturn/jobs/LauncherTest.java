package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a java, a Maven and a Spark that write what they get. */
class LauncherTest {
  private static final String JAR = "cornerturn-9.9.9-spark4.2.jar";

  @TempDir private Path tree;
  private Path target;
  private Path spark;

  private record Run(int exit, List<String> out, String err) {}

  @BeforeEach
  void plantTree() throws IOException {
    target = tree.resolve("jobs/suite/target");
    spark = tree.resolve("a spark");
    Files.createDirectories(tree.resolve("submit"));
    Files.copy(Path.of("../../submit/cornerturn"), tree.resolve("submit/cornerturn"));
    for (String sources : List.of("common/core/src/main", "jobs/suite/src/main")) {
      Files.createDirectories(tree.resolve(sources));
    }
    Files.writeString(tree.resolve("common/core/pom.xml"), "<project/>");
    Files.writeString(tree.resolve("jobs/suite/pom.xml"), "<project/>");
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    program(
        tree.resolve("jdk/bin/java"),
        """
        for word in "$@"; do
          if [[ $word == -XX:ArchiveClassesAtExit=* ]]; then
            echo training >>"$PROBE"
            [[ -z ${NO_TRAINING:-} ]] || exit 1
            echo classes >"${word#*=}"
            exit 0
          fi
        done
        printf '%s\\n' "$@"
        """);
    program(
        tree.resolve("bin/mvn"),
        """
        echo "mvn $*" >>"$PROBE"
        [[ -z ${NO_BUILD:-} ]] || { echo 'it does not compile'; exit 1; }
        mkdir -p jobs/suite/target/dist/lib
        touch jobs/suite/target/JAR jobs/suite/target/dist/lib/{b,a}.jar
        """
            .replace("JAR", JAR));
    program(spark.resolve("bin/spark-submit"), "echo spark-submit; printf '%s\\n' \"$@\"\n");
  }

  @Test
  void buildsOnceAndRunsInAPlainJvm() throws Exception {
    Run first = launch(Map.of(), "convert", "a b.h5", "out.zarr", "--", "--conf", "spark.x=1 2");
    assertThat(first.err()).contains("building the jar").contains("preparing quick starts");
    assertThat(first.exit()).isZero();
    int main = first.out().indexOf("org.cornerturn.jobs.Main");
    assertThat(first.out().subList(main + 1, first.out().size()))
        .containsExactly("convert", "a b.h5", "out.zarr", "--", "--conf", "spark.x=1 2");
    assertThat(first.out().subList(0, main))
        .contains("-Xmx1g")
        .anyMatch(w -> w.startsWith("-XX:SharedArchiveFile=" + tree.resolve("cache")));

    Run second = launch(Map.of(), "--version");
    assertThat(second.err()).isEmpty();
    assertThat(probe()).hasSize(2).first().asString().contains("-pl jobs/suite -am package");
    assertThat(probe().get(1)).isEqualTo("training");
    assertThat(Files.readString(target.resolve("dist/java.args")))
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED")
        .endsWith(
            "-cp\n\""
                + target.resolve("dist/lib/a.jar")
                + ":"
                + target.resolve("dist/lib/b.jar")
                + "\"\n");
  }

  @Test
  void whileAnotherCommandPreparesQuickStartsItRunsWithout() throws Exception {
    Path lock = Files.createDirectories(tree.resolve("cache")).resolve("archive-suite.lock");
    Process another =
        new ProcessBuilder("bash", "-c", "exec 8>\"$0\"; flock 8; echo held; read -r", "" + lock)
            .start();
    assertThat(another.inputReader().readLine()).isEqualTo("held");
    Run run = launch(Map.of(), "--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).noneMatch(w -> w.startsWith("-XX:SharedArchiveFile="));
    assertThat(probe()).noneMatch("training"::equals);
    another.getOutputStream().close();
    another.waitFor();
    assertThat(launch(Map.of(), "--version").out())
        .anyMatch(w -> w.startsWith("-XX:SharedArchiveFile="));
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch(Map.of(), "--version");
    Path source = Files.writeString(tree.resolve("common/core/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(launch(Map.of(), "--version").err()).contains("building the jar");
    assertThat(probe().stream().filter(l -> l.startsWith("mvn"))).hasSize(2);
  }

  @Test
  void aFailedBuildIsToldWithItsOutput() throws Exception {
    Run run = launch(Map.of("NO_BUILD", "1"), "--version");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("it does not compile").contains("the build failed");
  }

  @Test
  void aFailedArchiveCostsNothingButItself() throws Exception {
    Run run = launch(Map.of("NO_TRAINING", "1"), "inspect", "x");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("inspect").noneMatch(w -> w.contains("SharedArchiveFile"));
    launch(Map.of("NO_TRAINING", "1"), "inspect", "x");
    assertThat(probe().stream().filter("training"::equals)).hasSize(1);
  }

  @Test
  void theDriversMemoryIsTheHeap() throws Exception {
    assertThat(launch(Map.of("CORNERTURN_HEAP", "2g"), "x").out()).contains("-Xmx2g");
    assertThat(launch(Map.of(), "x", "--", "--driver-memory", "3g").out()).contains("-Xmx3g");
    assertThat(launch(Map.of(), "x", "--", "--conf", "spark.driver.memory=4g").out())
        .contains("-Xmx4g");
    assertThat(launch(Map.of(), "x", "--", "--conf=spark.driver.memory=5g").out())
        .contains("-Xmx5g");
    assertThat(launch(Map.of("CORNERTURN_HEAP", "2g"), "image", "x").out()).contains("-Xmx2g");
    String planes =
        launch(Map.of(), "image", "x").out().stream()
            .filter(w -> w.startsWith("-Xmx"))
            .findFirst()
            .orElseThrow();
    assertThat(planes).matches("-Xmx\\d+m");
    assertThat(Integer.parseInt(planes.substring(4, planes.length() - 1))).isBetween(1024, 12288);
  }

  @Test
  void throughSparkSubmitWhenThereIsASparkHome() throws Exception {
    Run run =
        launch(
            Map.of("SPARK_HOME", spark.toString()),
            "convert",
            "--master",
            "spark://h:7077",
            "a.h5",
            "o/",
            "--",
            "--jars",
            "more.jar");
    assertThat(run.out())
        .containsExactly(
            "spark-submit",
            "--class",
            "org.cornerturn.jobs.Main",
            "--master",
            "spark://h:7077",
            "--driver-memory",
            "1g",
            "--jars",
            "more.jar",
            target.resolve(JAR).toString(),
            "convert",
            "--master",
            "spark://h:7077",
            "a.h5",
            "o/");
  }

  @Test
  void theMasterMayStandInTheConfiguration() throws Exception {
    Path file = Files.writeString(tree.resolve("site.properties"), "master = spark://there:1\n");
    Run run =
        launch(Map.of("SPARK_HOME", spark.toString()), "--config", file.toString(), "inspect", "x");
    assertThat(run.out()).containsSequence("--master", "spark://there:1");
  }

  @Test
  void aClusterWithoutSparkIsAMistake() throws Exception {
    Run run = launch(Map.of(), "--master=yarn", "inspect", "x");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("the master yarn needs Spark's programs; set SPARK_HOME");
    Run wrong = launch(Map.of("SPARK_HOME", "/nowhere"), "inspect", "x");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("SPARK_HOME is /nowhere, which has no bin/spark-submit");
  }

  @Test
  void printsInsteadOfRunning() throws Exception {
    Run local = launch(Map.of(), "--print", "convert", "a b.h5", "o.zarr");
    assertThat(local.exit()).isZero();
    assertThat(local.out())
        .singleElement()
        .asString()
        .contains("/java ")
        .endsWith("org.cornerturn.jobs.Main convert a\\ b.h5 o.zarr");
    Run cluster = launch(Map.of("SPARK_HOME", spark.toString()), "convert", "--print", "a", "b");
    assertThat(cluster.out())
        .singleElement()
        .asString()
        .contains("spark-submit --class org.cornerturn.jobs.Main --master local")
        .endsWith(JAR + " convert a b");
  }

  private List<String> probe() throws IOException {
    return Files.readAllLines(tree.resolve("probe"), StandardCharsets.UTF_8);
  }

  private Run launch(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "submit/cornerturn"));
    command.addAll(List.of(args));
    ProcessBuilder b = new ProcessBuilder(command).directory(tree.toFile());
    Map<String, String> env = b.environment();
    List.of("SPARK_HOME", "CORNERTURN_HEAP", "CORNERTURN_JAVA_OPTS", "CORNERTURN_NO_ARCHIVE")
        .forEach(env::remove);
    env.put("PATH", tree.resolve("bin") + ":" + env.get("PATH"));
    env.put("JAVA_HOME", tree.resolve("jdk").toString());
    env.put("CORNERTURN_CACHE", tree.resolve("cache").toString());
    env.put("PROBE", tree.resolve("probe").toString());
    env.putAll(environment);
    Path err = tree.resolve("err");
    Process p = b.redirectError(err.toFile()).start();
    p.getOutputStream().close();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = p.waitFor();
    return new Run(exit, out.lines().toList(), Files.readString(err));
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
