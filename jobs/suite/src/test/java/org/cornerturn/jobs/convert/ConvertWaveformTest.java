package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Waveforms as the viewer of the original converter expects them, and their pyramids, judged by
 * zarr-python.
 */
class ConvertWaveformTest {
  @TempDir Path folder;

  private CommandRun convert(String source, String store, String... more) {
    String[] args = new String[more.length + 5];
    args[0] = "convert";
    args[1] = source;
    args[2] = store;
    args[3] = "--warehouse";
    args[4] = folder + "/warehouse";
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args);
  }

  @ParameterizedTest
  @CsvSource({
    "samples,   <i2, 2, 3, 2, 9001,   none,          none, datasets",
    "data,      <i2, 1, 2, 5, 20003,  '1,1,5,20003', gzip, none",
    "waveforms, >i2, 2, 1, 3, 70000,  '2,1,3,7000',  lzf,  scalar",
    "samples,   <f4, 1, 1, 2, 300001, '1,1,1,65536', gzip, channel",
    "samples,   <f8, 2, 2, 1, 3999,   none,          none, datasets",
    "samples,   |u1, 1, 1, 4, 8001,   '1,1,2,1000',  gzip, none",
    "samples,   <u2, 1, 3, 2, 2049,   none,          none, none",
    "samples,   <i4, 2, 1, 1, 1,      none,          none, none",
  })
  void holdsWhatTheViewerReadsAndTheWholePyramid(
      String dataset,
      String dtype,
      String channels,
      String trcs,
      String segments,
      String samples,
      String chunk,
      String filter,
      String gains)
      throws IOException, InterruptedException {
    String source = folder + "/w.h5";
    OutsideProgram.python(
        "h5py",
        "make_waveform.py",
        source,
        dataset,
        dtype,
        channels,
        trcs,
        segments,
        samples,
        chunk,
        filter,
        gains);
    CommandRun run = convert(source, folder + "/w.zarr", "--mean");
    assertThat(run.exit()).as(run.err()).isZero();
    OutsideProgram.python("zarr", "check_waveform.py", source, dataset, folder + "/w.zarr");
    assertThat(CommandRun.of("verify", folder + "/w.zarr").exit()).isZero();
  }

  @Test
  void aDatasetOfAnyNameCanBeNamed() throws IOException, InterruptedException {
    String source = folder + "/w.h5";
    OutsideProgram.python(
        "h5py",
        "make_waveform.py",
        source,
        "run1/ch",
        "<i2",
        "1",
        "1",
        "1",
        "5000",
        "none",
        "none",
        "none");
    assertThat(convert(source, folder + "/a.zarr", "--profile", "waveform").exit()).isEqualTo(2);
    CommandRun run =
        convert(source, folder + "/b.zarr", "--profile", "waveform", "--dataset", "/run1/ch");
    assertThat(run.exit()).as(run.err()).isZero();
    OutsideProgram.python("zarr", "check_waveform.py", source, "run1/ch", folder + "/b.zarr");
  }

  @ParameterizedTest
  @CsvSource({"scope_i16.h5", "scope_f32.h5"})
  void convertsRealRecordings(String name) throws IOException, InterruptedException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is unset: no real recordings");
    String source = Path.of(corpus, "wave", name).toString();
    CommandRun run = convert(source, folder + "/w.zarr");
    assertThat(run.exit()).as(run.err()).isZero();
    OutsideProgram.python("zarr", "check_waveform.py", source, "waveforms", folder + "/w.zarr");
  }
}
