package org.cornerturn.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cornerturn.storage.EmbeddedS3;

/** A command of the built jar in a process of its own, started by the launcher. */
public final class LaunchedCommand {
  static final Path SUBMIT = Path.of("../../submit").toAbsolutePath().normalize();
  private static final String ARCHIVES =
      Path.of("target/class-archive").toAbsolutePath().toString();
  private static final int SECONDS = 300;

  private final Process process;
  private final Path out;
  private final Path err;

  private LaunchedCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * @param folder for what it says and for the shared tables
   * @param environment added to this process's
   */
  public static LaunchedCommand start(
      Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // A shell that runs the build in the background has told its children to ignore SIGINT.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(SUBMIT.resolve("cornerturn").toString());
    command.addAll(arguments);
    ProcessBuilder b = new ProcessBuilder(command).directory(folder.toFile());
    b.environment().remove("SPARK_HOME");
    b.environment().put("CORNERTURN_CACHE", ARCHIVES);
    // Short runs: the second compiler would take more time than it gives.
    b.environment().put("CORNERTURN_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    b.environment().putAll(environment);
    Path out = Files.createTempFile(folder, "said", ".out");
    Path err = Files.createTempFile(folder, "said", ".err");
    // Files, not pipes: nobody reads while it runs, and daemons that live on would hold a pipe.
    Process p = b.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    p.getOutputStream().close();
    return new LaunchedCommand(p, out, err);
  }

  /** Runs to the end. */
  public static CommandRun run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return start(folder, environment, List.of(arguments)).await();
  }

  public Process process() {
    return process;
  }

  public CommandRun await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(err) + (ended ? "" : "\nkilled after " + SECONDS + " s");
    return new CommandRun(ended ? process.exitValue() : -1, Files.readString(out), said);
  }

  /** Spark's arguments, with the {@code --} before them, that name an S3 server. */
  public static List<String> reaching(EmbeddedS3 server) {
    return List.of(
        "--",
        "--conf",
        "spark.hadoop.fs.s3a.endpoint=" + server.endpoint(),
        "--conf",
        "spark.hadoop.fs.s3a.path.style.access=true");
  }

  /** Credentials as the usual provider chain finds them. */
  public static Map<String, String> credentials(EmbeddedS3 server) {
    return Map.of(
        "AWS_ACCESS_KEY_ID", server.identity(), "AWS_SECRET_ACCESS_KEY", server.credential());
  }
}
