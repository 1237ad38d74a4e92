package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.SchemaCheck;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real UVH5 files become measurement sets that hold what h5py reads from them. */
class ConvertUvh5Test {
  private static final String CORPUS = System.getenv("CORNERTURN_CORPUS");

  @TempDir Path folder;

  static Stream<String> files() {
    if (CORPUS == null) {
      return Stream.of("");
    }
    return Stream.of("uvh5", "derived", "dsa")
        .flatMap(
            f -> {
              try (Stream<Path> all = Files.list(Path.of(CORPUS, f))) {
                return all
                    .filter(p -> p.toString().endsWith(".uvh5"))
                    .map(p -> f + "/" + p.getFileName())
                    .sorted()
                    .toList()
                    .stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** h5py lacks the filter of this file, which has the numbers of another. */
  private static String judged(String file) {
    return file.replace("derived/hera_58432_bitshuffle.uvh5", "uvh5/zen.2458432.34569.uvh5");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileOfTheCorpus(String name) throws IOException, InterruptedException {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    String file = CORPUS + "/" + name;
    String store = folder + "/out.ps.zarr";
    CommandRun run = CommandRun.of("convert", file, store, "--warehouse", folder + "/warehouse");
    assertThat(run.exit()).as(run.err()).isZero();
    String judged = OutsideProgram.python("h5py", "check_msv4.py", store, "out_0", judged(file));
    assertThat(judged).contains("shape");
    assertThat(SchemaCheck.issues(store)).isEmpty();
    assertThat(CommandRun.of("verify", store).exit()).isZero();
    assertThat(List.of(run.err().split("\n"))).noneMatch(l -> l.contains("lacks"));
  }
}
