package org.cornerturn.jobs.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.s3.EmbeddedS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn demo}: the way from a recording to a picture, with the commands of a user. */
@Command(
    name = "demo",
    description = {
      "Simulate an oscilloscope's recording, convert it to Zarr with its pyramid, verify the store"
          + " and draw an overview.",
      "It can be run again: it replaces what it has made, and touches nothing else."
    },
    footer = {"", "Examples:", "  cornerturn demo", "  cornerturn demo --s3 --dir /scratch/demo"})
public final class DemoCommand extends Verb {
  private static final String BUCKET = "cornerturn-demo";
  private static final String SERVER = "org.gaul.s3proxy.S3Proxy";
  private static final int STEPS = 4;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "cornerturn-demo",
      description = "Where everything goes (./${DEFAULT-VALUE}).")
  private Path dir;

  @Option(
      names = "--size",
      defaultValue = "240MB",
      description = "Size of the recording's samples (${DEFAULT-VALUE}).")
  private ByteSize size;

  @Option(
      names = "--s3",
      description = "Keep recording and store in a bucket of an S3 server inside this program.")
  private boolean s3;

  private final Map<String, Double> seconds = new LinkedHashMap<>();

  @Override
  protected ExitCode run() throws IOException {
    Path folder = dir.normalize();
    Files.createDirectories(folder);
    if (!s3) {
      return demo(folder, folder.toString(), Map.of());
    }
    checkServer();
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket(BUCKET);
      say("An S3 server of this program's own listens at " + server.endpoint() + ".");
      return demo(folder, "s3a://" + BUCKET, server.settings());
    }
  }

  private void checkServer() {
    if (!global().master().startsWith("local")) {
      throw new UserError(
          "demo --s3 with --master " + global().master(),
          "the S3 server inside this program can be reached from this machine alone",
          "Leave out --master, or --s3");
    }
    try {
      Class.forName(SERVER, false, DemoCommand.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UserError(
          "demo --s3",
          "the jar for clusters has no S3 server in it",
          "Run it with submit/cornerturn and without SPARK_HOME",
          e);
    }
  }

  /**
   * @param at folder or bucket of recording and store
   */
  private ExitCode demo(Path folder, String at, Map<String, String> hadoop) throws IOException {
    String recording = at + "/recording.h5";
    String store = at + "/recording.zarr";
    String warehouse = folder.resolve("warehouse").toString();
    List<List<String>> commands =
        List.of(
            List.of("simulate", "waveform", recording, "--size", exactly(size), "--overwrite"),
            List.of("convert", recording, store, "--profile", "waveform", "--overwrite"),
            List.of("verify", store));
    List<String> words =
        List.of(
            "Simulate a recording of " + size + ": two channels, three segments each",
            "Convert it to Zarr, with a pyramid of minima and maxima",
            "Verify every object's checksum");
    for (int i = 0; i < commands.size(); i++) {
      List<String> command = new ArrayList<>(commands.get(i));
      say("");
      say(i + 1 + " of " + STEPS + ": " + words.get(i) + ".");
      say("  cornerturn " + String.join(" ", command));
      command.addAll(List.of("--warehouse", warehouse));
      long start = System.nanoTime();
      ExitCode code = command(command, hadoop);
      if (code != ExitCode.COMPLETE) {
        console().warn("The demo ends here: the step ended with " + code.code() + ".");
        return code;
      }
      done(command.get(0), start);
    }
    say("");
    say(STEPS + " of " + STEPS + ": Draw the overview.");
    Path picture = folder.resolve("overview.png");
    long start = System.nanoTime();
    try (ObjectStore objects = Stores.open(store, hadoop)) {
      Files.write(picture, OverviewPicture.draw(objects));
    }
    double took = (System.nanoTime() - start) / 1e9;
    seconds.put("draw", took);
    say(String.format(Locale.ROOT, "  Done in %.1f s, from the overview alone.", took));
    tell(folder, picture);
    return ExitCode.COMPLETE;
  }

  private void done(String step, long start) {
    double took = (System.nanoTime() - start) / 1e9;
    seconds.put(step, took);
    say(
        String.format(
            Locale.ROOT,
            "  Done in %.1f s: %.0f MB of samples a second.",
            took,
            size.bytes() / 1e6 / took));
  }

  private void tell(Path folder, Path picture) {
    Path files = s3 ? folder.resolve("s3").resolve(BUCKET) : folder;
    String store = files.resolve("recording.zarr").toString();
    if (global().json()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("picture", picture.toAbsolutePath().toString());
      result.put("store", store);
      result.put("seconds", seconds);
      console().json(result);
      return;
    }
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    say("");
    say(String.format(Locale.ROOT, "All done in %.1f s. Look at the picture:", all));
    console().print(picture.toAbsolutePath().toString());
    say("and further with");
    say("  cornerturn inspect " + store);
    say("  cornerturn verify " + store);
    if (s3) {
      say("(the server has stopped; its bucket is a folder, in which the store is as good).");
    }
  }

  private static String exactly(ByteSize size) {
    long bytes = size.bytes();
    return bytes % 1_000_000 == 0 ? bytes / 1_000_000 + "MB" : Long.toString(bytes);
  }

  private void say(String line) {
    console().say(line);
  }
}
