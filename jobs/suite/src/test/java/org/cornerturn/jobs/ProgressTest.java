package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void aLineEveryTenSecondsAtMost() {
    try (ProgressInLines progress =
        new ProgressInLines("convert", 2_000_000_000, ByteSize::inWords, err, () -> nanos)) {
      progress.advance(100_000_000);
      nanos = 12_000_000_000L;
      progress.advance(500_000_000);
      nanos = 21_000_000_000L;
      progress.advance(500_000_000);
      nanos = 22_500_000_000L;
      progress.advance(700_000_000);
    }
    assertThat(said())
        .isEqualTo(
            "convert: 600 MB of 2.0 GB (30 %), 50 MB/s\nconvert: 1.8 GB of 2.0 GB (90 %), 80 MB/s\n");
  }

  @Test
  void aBarOnATerminal() {
    try (Progress progress = new Console(err, err, false, true).progress("convert", 1_000_000)) {
      progress.advance(1_000_000);
    }
    assertThat(said()).contains("convert").contains("100%").contains("1/1 MB");
  }

  @Test
  void quietShowsNothing() {
    Console quiet = new Console(err, err, true, true);
    try (Progress progress = quiet.progress("convert", 1)) {
      progress.advance(1);
    }
    quiet.say("summary");
    assertThat(said()).isEmpty();
    quiet.warn("trouble");
    assertThat(said()).isEqualTo("trouble\n");
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
