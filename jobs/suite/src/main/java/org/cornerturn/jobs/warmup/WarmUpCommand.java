package org.cornerturn.jobs.warmup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Main;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;

/**
 * Does on a tiny file what users do, so that the launcher can archive the classes that were loaded
 * and later starts are quick.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Inspect, convert and verify a tiny file; the launcher's training run.",
    footer = {"", "Example:", "  cornerturn warm-up"})
public final class WarmUpCommand extends Verb {
  private static final int SAMPLES = 20_000;

  @Override
  protected ExitCode run() throws IOException {
    Path folder = Files.createTempDirectory("cornerturn-warm-up-");
    try {
      String input = write(folder.resolve("samples.h5")).toString();
      String store = folder.resolve("samples.zarr").toString();
      int tasks = 0;
      for (List<String> words :
          List.of(
              List.of("inspect", input),
              List.of("convert", input, store),
              List.of("verify", store))) {
        command(folder, words);
        tasks++;
      }
      console().say("Cornerturn is warm: " + tasks + " commands");
      return ExitCode.COMPLETE;
    } finally {
      delete(folder);
    }
  }

  private static Path write(Path file) throws IOException {
    byte[] trace = new byte[SAMPLES * Primitive.INT16.itemSize()];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = (byte) (i * i >> 7);
    }
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer
          .root()
          .contiguous("samples", Primitive.INT16, Shape.of(1, 1, 1, SAMPLES))
          .write(trace, 0, trace.length);
      writer.finish();
    }
    return file;
  }

  private void command(Path folder, List<String> words) {
    List<String> args = new ArrayList<>(List.of("--quiet", "--master", global().master()));
    args.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    args.addAll(words);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Main.run(args, to, to);
    if (code != ExitCode.COMPLETE.code()) {
      throw new IllegalStateException(
          words + " ended with " + code + ": " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
