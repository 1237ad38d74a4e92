package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The example files under submit/: well-formed, and their command lines are ours. */
class LaunchFilesTest {
  private static final Path SUBMIT = Path.of("../../submit");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @Test
  void emrSteps() throws IOException {
    JsonNode steps = new ObjectMapper().readTree(SUBMIT.resolve("emr/steps.json").toFile());
    assertThat(steps).isNotEmpty();
    for (JsonNode step : steps) {
      List<String> words = strings(step.get("Args"));
      assertThat(words.remove(0)).isEqualTo("spark-submit");
      assertParses(afterJar(words));
    }
  }

  @Test
  void databricksJob() throws IOException {
    JsonNode job = new ObjectMapper().readTree(SUBMIT.resolve("databricks/job.json").toFile());
    assertThat(job.get("tasks")).isNotEmpty();
    for (JsonNode task : job.get("tasks")) {
      JsonNode jar = task.get("spark_jar_task");
      assertThat(jar.get("main_class_name").asText()).isEqualTo(Main.class.getName());
      assertParses(strings(jar.get("parameters")));
    }
  }

  @Test
  void kubernetesJob() throws IOException {
    Map<String, Object> job;
    try (InputStream in = Files.newInputStream(SUBMIT.resolve("kubernetes/job.yaml"))) {
      job = new Yaml().load(in);
    }
    assertThat(job).containsEntry("kind", "Job");
    List<?> containers = (List<?>) at(job, "spec", "template", "spec", "containers");
    assertThat(containers).hasSize(1);
    List<String> words = new ArrayList<>();
    ((List<?>) at((Map<?, ?>) containers.get(0), "args")).forEach(a -> words.add((String) a));
    assertParses(afterJar(words));
  }

  @Test
  void airflowGraph() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "MISSING PROGRAM: " + PYTHON);
    String script =
        String.join(
            "\n",
            "import ast, json, sys",
            "tree = ast.parse(open(sys.argv[1], encoding='utf-8').read())",
            "print(json.dumps([ast.literal_eval(k.value) for n in ast.walk(tree)",
            "    if isinstance(n, ast.Call) for k in n.keywords if k.arg == 'application_args']))");
    String out =
        output(
            new ProcessBuilder(
                PYTHON.toString(),
                "-c",
                script,
                SUBMIT.resolve("airflow/cornerturn_convert.py").toString()));
    JsonNode lists = new ObjectMapper().readTree(out);
    assertThat(lists).hasSize(1);
    assertParses(strings(lists.get(0)));
  }

  @Test
  void slurmScript(@TempDir Path folder) throws IOException, InterruptedException {
    Path echo = Files.writeString(folder.resolve("echo"), "#!/bin/bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(echo.toFile().setExecutable(true)).isTrue();
    ProcessBuilder sbatch =
        new ProcessBuilder(
            "bash",
            SUBMIT.resolve("slurm/convert.sbatch").toString(),
            "/scratch/raw files",
            "s3a://bucket/zarr/");
    sbatch.environment().put("CORNERTURN", echo.toString());
    sbatch.environment().put("SLURM_CPUS_PER_TASK", "3");
    sbatch.environment().put("S3_ENDPOINT", "https://s3.example.org");
    List<String> argv = output(sbatch).lines().toList();
    assertThat(argv)
        .startsWith("--master", "local[3]", "convert", "/scratch/raw files", "s3a://bucket/zarr/");
    assertParses(argv);
    assertThat(SparkArguments.parse(argv.subList(argv.indexOf("--") + 1, argv.size())))
        .containsEntry("spark.hadoop.fs.s3a.endpoint", "https://s3.example.org")
        .containsKey("spark.local.dir");
  }

  private static void assertParses(List<String> argv) {
    int end = argv.indexOf("--");
    List<String> ours = end < 0 ? argv : argv.subList(0, end);
    CommandLine line = Main.commandLine(new Cornerturn(System.out, System.err), Verbs.ALL);
    CommandLine.ParseResult parsed = line.parseArgs(ours.toArray(String[]::new));
    assertThat(parsed.hasSubcommand()).as("a verb in %s", argv).isTrue();
  }

  /** What follows spark-submit's options and the jar; each of the options here has a value. */
  private static List<String> afterJar(List<String> words) {
    int i = 0;
    while (words.get(i).startsWith("--")) {
      i += 2;
    }
    assertThat(words.get(i)).endsWith(".jar");
    assertThat(words.subList(0, i)).containsSequence("--class", Main.class.getName());
    return words.subList(i + 1, words.size());
  }

  private static Object at(Map<?, ?> node, String... path) {
    Object value = node;
    for (String name : path) {
      value = ((Map<?, ?>) value).get(name);
    }
    return value;
  }

  private static List<String> strings(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(n -> words.add(n.asText()));
    return words;
  }

  private static String output(ProcessBuilder command) throws IOException, InterruptedException {
    Process p = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).isZero();
    return out;
  }
}
