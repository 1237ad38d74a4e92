package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "7B, 7",
    "64MiB, 67108864",
    "64 MiB, 67108864",
    "1.5GB, 1500000000",
    "1k, 1000",
    "1KiB, 1024",
    "2T, 2000000000000",
    "0.5KiB, 512",
    "1PiB, 1125899906842624"
  })
  void sizes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1.5", "1e3", "10Mb", "9000000PiB", "64 Mi B"})
  void notSizes(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 1000 kB",
    "999950, 1.0 MB",
    "240000000, 240 MB",
    "2400000000, 2.4 GB",
    "9223372036854775807, 9223 PB"
  })
  void sizesInWords(long bytes, String words) {
    assertThat(ByteSize.inWords(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"60s, 60000", "250ms, 250", "1.5h, 5400000", "2d, 172800000", "3min, 180000"})
  void durations(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "s", "-1s", "1y", "999999999d"})
  void notDurations(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0.4 s",
    "9949, 9.9 s",
    "9950, 10 s",
    "59400, 59 s",
    "59600, 1 min 0 s",
    "200000, 3 min 20 s",
    "7500000, 2 h 5 min"
  })
  void durationsInWords(long millis, String words) {
    assertThat(Durations.inWords(Duration.ofMillis(millis))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "180deg, 3.141592653589793",
    "1rad, 1",
    "3600arcsec, 0.017453292519943295",
    "60arcmin, 0.017453292519943295",
    "1000mas, 4.84813681109536e-6",
    "-1hourangle, -0.2617993877991494"
  })
  void angles(String text, double radians) {
    assertThat(Angle.parse(text).radians()).isCloseTo(radians, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "arcsec", "10 parsec", "1e400deg"})
  void notAngles(String text) {
    assertThatThrownBy(() -> Angle.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noNegativeSize() {
    assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
