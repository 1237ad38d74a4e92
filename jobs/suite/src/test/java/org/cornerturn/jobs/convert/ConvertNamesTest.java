package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, patterns and scales that conversions meet. */
class ConvertNamesTest {
  @TempDir Path folder;

  private String make(String what) throws IOException, InterruptedException {
    String source = folder + "/" + what + ".h5";
    OutsideProgram.python("h5py", "make_odd.py", what, source);
    return source;
  }

  private CommandRun convert(String source, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("convert", source, folder + "/out.zarr", "--warehouse", folder + "/warehouse"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private void assertThatNothingIsLost(String source) throws IOException, InterruptedException {
    CommandRun run = convert(source, "--zarr-format", "2");
    assertThat(run.exit()).as(run.err()).isZero();
    Path pairs =
        Files.writeString(
            folder.resolve("pairs.json"),
            "[{\"source\": \""
                + source
                + "\", \"store\": \""
                + folder
                + "/out.zarr\", \"refused\": []}]");
    assertThat(OutsideProgram.python("zarr", "compare_h5_zarr.py", pairs.toString()))
        .contains(" 0 differences");
  }

  @Test
  void longNamesOfAnyScriptAreShortenedAndKept() throws IOException, InterruptedException {
    assertThatNothingIsLost(make("long_names"));
  }

  @Test
  void objectsInTheWaveformsPlaceMakeAutoGeneric() throws IOException, InterruptedException {
    String source = make("crowded");
    CommandRun run = convert(source, "--dry-run");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("generic");
    CommandRun forced = convert(source, "--profile", "waveform");
    assertThat(forced.exit()).isEqualTo(2);
    assertThat(forced.err()).contains("--exclude").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "gains_trc, 2",
    "gains_segment, 2",
    "interval_text, 2",
    "interval_array, 0",
    "gains_full, 0"
  })
  void scalesThatFitNoTraceAreToldNotGuessed(String what, int exit)
      throws IOException, InterruptedException {
    CommandRun run = convert(make(what));
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    if (exit == 0) {
      assertThat(Files.readString(folder.resolve("out.zarr/.zattrs")))
          .containsIgnoringCase("2.0e-9");
    } else {
      assertThat(run.err()).contains("--profile generic").doesNotContain("\tat ");
    }
  }

  @Test
  void unwrittenTextsKeepTheirFillValue() throws IOException, InterruptedException {
    assertThatNothingIsLost(make("text_fill"));
  }

  @Test
  void severalFilesNeedAFolder() throws IOException, InterruptedException {
    make("crowded");
    make("text_fill");
    CommandRun run =
        CommandRun.of(
            "convert",
            folder + "/crowded.h5",
            folder + "/text_fill.h5",
            folder + "/x",
            "--warehouse",
            folder + "/warehouse");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(folder.resolve("x/crowded.zarr/zarr.json")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "'t_*', /night/t_1, true",
    "'t_*', /night/u_1, false",
    "/night/*, /night/t_1, true",
    "/night/*, /night/a/b, false",
    "/night/**, /night/a/b, true",
    "'{a,b}', /x/b, true",
    "'[ab]x', /bx, true",
    "'caf\u00e9*', '/caf\u00e9 1', true",
    "'a.c', /abc, false",
  })
  void patternsMeanWhatTheySay(String pattern, String path, boolean matches) {
    assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(matches);
  }
}
