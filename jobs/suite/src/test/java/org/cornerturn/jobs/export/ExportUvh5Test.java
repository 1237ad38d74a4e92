package org.cornerturn.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UVH5 files come back from measurement sets as they were. */
class ExportUvh5Test {
  private static final String CORPUS = System.getenv("CORNERTURN_CORPUS");
  private static final String COMPARE = "../../../../../common/core/src/test/python/h5_equal.py";

  @TempDir Path folder;

  private CommandRun run(Object... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse"));
    all.add(folder.resolve("warehouse").toString());
    for (Object w : words) {
      all.add(w.toString());
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void succeed(Object... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static String differences(List<Path> pairs) throws Exception {
    return OutsideProgram.python(
        "h5py", COMPARE, pairs.stream().map(Path::toString).toArray(String[]::new));
  }

  @Test
  void everyFileOfTheCorpusComesBack() throws Exception {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    List<Path> pairs = new ArrayList<>();
    for (String from : List.of("uvh5", "derived", "dsa")) {
      List<Path> files;
      try (Stream<Path> all = Files.list(Path.of(CORPUS, from))) {
        files = all.filter(p -> p.toString().endsWith(".uvh5")).sorted().toList();
      }
      for (Path file : files) {
        Path set = folder.resolve(file.getFileName() + ".ps.zarr");
        Path back = folder.resolve(file.getFileName());
        succeed("convert", file, set);
        succeed("export", "uvh5", set, back);
        pairs.add(file);
        pairs.add(back);
      }
    }
    assertThat(differences(pairs)).isEmpty();
    // h5py may lack the filter of this input; its numbers are those of another file.
    String twin = CORPUS + "/uvh5/zen.2458432.34569.uvh5";
    String back = folder.resolve("hera_58432_bitshuffle.uvh5").toString();
    assertThat(OutsideProgram.python("h5py", COMPARE, "--in=/Data", twin, back)).isEmpty();
  }

  @Test
  void theSubbandsOfAnObservationComeBack() throws Exception {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    OutsideProgram.run("tar", "xzf", CORPUS + "/dsa/s20_dsa.tar.gz", "-C", folder.toString());
    Path bands = folder.resolve("s20_dsa");
    Path out = folder.resolve("sets");
    succeed("convert", bands, out + "/");
    Path set;
    try (Stream<Path> all = Files.list(out)) {
      set = all.filter(p -> p.toString().endsWith(".ps.zarr")).findFirst().orElseThrow();
    }
    CommandRun single = run("export", "uvh5", set, folder.resolve("one.uvh5"));
    assertThat(single.exit()).isEqualTo(2);
    assertThat(single.err()).contains("was made of 16").contains("End the output in /");
    Path back = folder.resolve("back");
    succeed("export", "uvh5", set, back + "/");
    List<Path> pairs = new ArrayList<>();
    try (Stream<Path> all = Files.list(bands)) {
      for (Path file : all.sorted().toList()) {
        pairs.add(file);
        pairs.add(back.resolve(file.getFileName()));
      }
    }
    assertThat(pairs).hasSize(32);
    assertThat(differences(pairs)).isEmpty();
    succeed("verify", back);
    CommandRun again = run("export", "uvh5", set, back + "/");
    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("unchanged");
    assertThat(run("resume", back).exit()).isZero();
  }

  @Test
  void aStoreOfSomethingElseIsRefused() throws IOException {
    Path other = folder.resolve("other.zarr");
    Files.createDirectories(other);
    Files.writeString(
        other.resolve("zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {}}");
    CommandRun run = run("export", "uvh5", other, folder.resolve("x.uvh5"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("it is no processing set");
    run = run("export", "uvh5", folder.resolve("nothing.ps.zarr"), folder.resolve("x.uvh5"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run("export").exit()).isEqualTo(2);
  }
}
