package org.cornerturn.spark.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.cornerturn.spark.ForkedJvm;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs commit the same versions of a Delta log at the same time. */
class CommitRaceTest {
  private static final int WRITERS = 3;
  private static final int VERSIONS = 60;

  /** Arguments: name, file of its wins, file to wait for, then settings. */
  public static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      Configuration conf = new Configuration();
      for (int i = 3; i < arguments.length; i++) {
        String[] setting = arguments[i].split("=", 2);
        conf.set(setting[0], setting[1]);
      }
      S3ConditionalLogStore log = new S3ConditionalLogStore(conf);
      log.write(commit("warm-up-" + arguments[0]), List.of("{}").iterator(), false, conf);
      Files.createFile(Path.of(arguments[1] + ".ready"));
      while (!Files.exists(Path.of(arguments[2]))) {
        Thread.sleep(5);
      }
      List<String> won = new ArrayList<>();
      for (int v = 0; v < VERSIONS; v++) {
        try {
          log.write(
              commit("" + v), List.of("{\"by\":\"" + arguments[0] + "\"}").iterator(), false, conf);
          won.add("" + v);
        } catch (FileAlreadyExistsException e) {
          continue; // Another was quicker.
        }
      }
      Files.write(Path.of(arguments[1]), won);
    }

    private static org.apache.hadoop.fs.Path commit(String version) {
      return new org.apache.hadoop.fs.Path("s3a://data/t/_delta_log/" + version + ".json");
    }
  }

  @Test
  void everyVersionHasOneWinnerAndItsContent(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      Path start = folder.resolve("start");
      List<Process> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        List<String> arguments =
            new ArrayList<>(List.of("w" + w, folder.resolve("w" + w).toString(), start.toString()));
        for (Map.Entry<String, String> s : server.settings().entrySet()) {
          arguments.add(s.getKey() + "=" + s.getValue());
        }
        writers.add(
            ForkedJvm.start(
                Writer.class, folder.resolve("log").toFile(), arguments.toArray(String[]::new)));
      }
      while (ready(folder) < WRITERS && writers.stream().allMatch(Process::isAlive)) {
        Thread.sleep(20);
      }
      Files.createFile(start);
      for (Process p : writers) {
        assertThat(p.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(p.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
      }
      Set<String> won = new HashSet<>();
      int wins = 0;
      for (int w = 0; w < WRITERS; w++) {
        for (String v : Files.readAllLines(folder.resolve("w" + w))) {
          wins++;
          won.add(v);
          assertThat(folder.resolve("s3/data/t/_delta_log/" + v + ".json"))
              .content()
              .isEqualTo("{\"by\":\"w" + w + "\"}\n");
        }
      }
      assertThat(wins).isEqualTo(VERSIONS);
      assertThat(won).hasSize(VERSIONS);
    }
  }

  private static long ready(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".ready")).count();
    }
  }
}
