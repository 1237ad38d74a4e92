package org.cornerturn.uvh5;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.storage.LocalStore;

/** Real UVH5 files, in the folder that {@code CORNERTURN_CORPUS} names. */
final class Corpus {
  private static final String VARIABLE = "CORNERTURN_CORPUS";

  private Corpus() {}

  static Path folder() {
    String folder = System.getenv(VARIABLE);
    assumeTrue(folder != null, VARIABLE + " names no folder of real files");
    return Path.of(folder);
  }

  /** Every UVH5 file of these folders. */
  static List<Path> files(String... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String f : folders) {
      try (Stream<Path> in = Files.list(folder().resolve(f))) {
        in.filter(p -> p.toString().endsWith(".uvh5")).sorted().forEach(files::add);
      }
    }
    assumeTrue(!files.isEmpty(), "no UVH5 files in " + folder());
    return files;
  }

  static Uvh5File open(Path file) throws IOException {
    return Uvh5File.open(new LocalStore(file.getParent()).open(file.getFileName().toString()));
  }
}
