package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes around inputs and outputs: one paragraph, exit code 2, and nothing is lost. */
class WrongPlacesTest {
  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void makeInput() throws IOException {
    input = Recordings.waveform(folder.resolve("in.h5"), 1, 1, 2, 50_000);
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", "local[2]", "--warehouse", folder.resolve("wh").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void refused(CommandRun run, String... words) {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(l -> !l.startsWith("convert: 1 file")))
        .singleElement()
        .asString()
        .startsWith("cornerturn: ")
        .contains(words);
  }

  @Test
  void missingInputs() throws IOException {
    String absent = folder.resolve("absent.h5").toString();
    refused(run("convert", absent, absent + ".zarr"), absent, "no such file");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(run("convert", empty.toString(), absent + ".zarr"), empty.toString());
    refused(run("convert", folder + "/*.nc", absent + "/"), "*.nc");
    String list = folder.resolve("absent.txt").toString();
    refused(run("convert", "--list", list, absent + "/"), list);
    refused(run("resume", absent), absent, "nothing to be found");
    refused(run("verify", absent), absent, "nothing to be found");
    refused(run("inspect", absent), absent);
    assertThat(folder.resolve("absent.h5.zarr")).doesNotExist();
    assertThat(folder.resolve("absent.h5")).doesNotExist();
  }

  @Test
  void whatIsNoHdf5() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.h5"), "observed all night");
    Path store = folder.resolve("notes.zarr");
    refused(run("convert", text.toString(), store.toString()), text.toString(), "HDF5");
    assertThat(store).doesNotExist();
    refused(run("inspect", text.toString()), text.toString(), "HDF5");
  }

  @Test
  void aProductOfOtherParametersStays() throws IOException {
    String store = folder.resolve("out.zarr").toString();
    assertThat(run("convert", input.toString(), store).exit()).isZero();
    Map<String, String> before = StoreContent.of(store);
    refused(run("convert", input.toString(), store, "--mean"), store, "--overwrite");
    assertThat(StoreContent.of(store)).isEqualTo(before);
    assertThat(run("verify", store).exit()).isZero();
    CommandRun same = run("convert", input.toString(), store);
    assertThat(same.exit()).isZero();
    assertThat(same.err()).contains(store + ": unchanged");
    assertThat(run("convert", input.toString(), store, "--mean", "--overwrite").exit()).isZero();
    assertThat(StoreContent.of(store)).containsKey("pyramid/mean_1/.zarray");
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("thesis"));
    Files.writeString(foreign.resolve("thesis.tex"), "years of work");
    for (String[] more : new String[][] {{}, {"--overwrite"}}) {
      List<String> words =
          new ArrayList<>(List.of("convert", input.toString(), foreign.toString()));
      words.addAll(List.of(more));
      refused(run(words.toArray(String[]::new)), foreign.toString(), "no product of Cornerturn");
    }
    assertThat(foreign.resolve("thesis.tex")).hasContent("years of work");
    try (var files = Files.list(foreign)) {
      assertThat(files).hasSize(1);
    }
    Path file = Files.writeString(folder.resolve("file"), "x");
    refused(run("convert", input.toString(), file.toString()), file.toString(), "file");
    refused(run("convert", input.toString(), file + "/x.zarr"), file.toString(), "file");
    assertThat(file).hasContent("x");
  }

  @Test
  void aReadOnlyDisk() throws Exception {
    try (TinyDisk disk = TinyDisk.mount(folder.resolve("disk"), "1m")) {
      disk.remount("ro");
      Path store = disk.path().resolve("out.zarr");
      refused(
          run("convert", input.toString(), store.toString()), store.toString(), "access is denied");
      assertThat(store).doesNotExist();
    }
  }

  @Test
  void foldersThatNobodyMayWriteTo() throws IOException {
    Path system = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(system), "no sysfs here");
    refused(
        run("convert", input.toString(), system + "/out.zarr"), "/sys/kernel", "access is denied");
  }
}
