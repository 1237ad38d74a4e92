package org.cornerturn.jobs.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.jobs.flag.Selection.Lengths;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyFileTest {
  @Test
  void thoseThatTravelWithTheProgram() {
    FlagStrategy standard = StrategyFile.bundled("standard");
    assertThat(standard.rank().eta()).isEqualTo(0.2);
    assertThat(standard.threshold().base()).isEqualTo(1.5);
    assertThat(standard.threshold().longestChannels()).isEqualTo(64);
    assertThat(standard.clip()).isNull();
    FlagStrategy aggressive = StrategyFile.bundled("aggressive");
    FlagStrategy gentle = StrategyFile.bundled("gentle");
    assertThat(aggressive.threshold().sensitivity()).isLessThan(1);
    assertThat(gentle.threshold().sensitivity()).isGreaterThan(1);
    assertThatThrownBy(() -> StrategyFile.bundled("wild")).isInstanceOf(UserError.class);
  }

  @Test
  void whatIsLeftOutIsNotDone() {
    FlagStrategy s = StrategyFile.parse("mine.yaml", "clip: {deviations: 5}");
    assertThat(s.name()).isEqualTo("mine.yaml");
    assertThat(s.threshold()).isNull();
    assertThat(s.clip().above()).isInfinite();
    assertThat(s.rank().eta()).isZero();
    assertThat(s.totals().ofWholeSet()).isFalse();
    assertThat(s.masks().autocorrelations()).isTrue();
    FlagParameters asked = new FlagParameters("a.ps.zarr", "base", s, Selection.NONE, 1, List.of());
    assertThat(FlagParameters.of(asked.toJson())).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sumthreshold: {sensitivity: 0}",
        "sumthreshold: {longest_times: 48}",
        "sumthreshold: {iterations: 1.5}",
        "sumthreshold: 3",
        "rank_operator: {time: 1}",
        "totals: {chanel: 0.5}",
        "totals: {channel: 1.5}",
        "masks: {autocorrelations: maybe}",
        "masks: {quack_s: -1}",
        "clip: {below: 3, above: 2}",
        "wishes: {}",
        "- a list",
        "a: [",
        ""
      })
  void faultsAreNamed(String yaml) {
    assertThatThrownBy(() -> StrategyFile.parse("mine.yaml", yaml))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mine.yaml");
  }

  private static Lengths lengths(String range) {
    return new Selection(List.of(), List.of(), List.of(), range).lengths();
  }

  @Test
  void rangesOfLengths() {
    double inf = Double.POSITIVE_INFINITY;
    assertThat(lengths("1klambda..")).isEqualTo(new Lengths(1000, inf, true));
    assertThat(lengths("..500m")).isEqualTo(new Lengths(0, 500, false));
    assertThat(lengths("30m .. 2km")).isEqualTo(new Lengths(30, 2000, false));
    assertThat(lengths("1.5lambda..1e3lambda")).isEqualTo(new Lengths(1.5, 1000, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "30m", "30..40", "2km..30m", "30m..1klambda", "1m..2m..3m"})
  void rangesThatAreNone(String range) {
    assertThatThrownBy(() -> lengths(range)).isInstanceOf(UserError.class);
  }

  private static boolean[] channels(String... ranges) {
    double[] hz = {1.400e9, 1.401e9, 1.402e9, 1.403e9};
    return new Selection(List.of(), List.of(), List.of(ranges), null).channelsOf(hz);
  }

  @Test
  void rangesOfChannels() {
    assertThat(channels("1")).containsExactly(false, true, false, false);
    assertThat(channels("0..1", "3")).containsExactly(true, true, false, true);
    assertThat(channels("1401MHz..1.402GHz")).containsExactly(false, true, true, false);
    for (String wrong : new String[] {"4", "2..1", "1..2..3", "a", "1.5GHz..1.6GHz", "1..2MHz"}) {
      assertThatThrownBy(() -> channels(wrong)).isInstanceOf(UserError.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // times, baselines, channels, memory MiB -> window's times and channels
    "24, 4656, 192, 192, 24, 98",
    "24, 4656, 768, 192, 24, 112",
    "24, 4656, 768, 4096, 24, 770",
    "240, 4656, 192, 512, 40, 196",
    "24, 4656, 192, 64, 6, 70",
    "24, 4656, 192, 1, 1, 14",
    "1, 10, 4, 192, 1, 14"
  })
  void windowsFitTheMemory(
      long times, long baselines, long channels, long mebibytes, long windowTimes, long width) {
    ArrayMetadata array =
        ArrayMetadata.builder(
                ZarrFormat.V3, Shape.of(times, baselines, channels, 2), Primitive.COMPLEX64)
            .chunk(1, baselines, 14, 2)
            .build();
    WindowGrid grid = WindowGrid.of(array, mebibytes << 20);
    assertThat(grid.window()).isEqualTo(Shape.of(windowTimes, baselines, width, 2));
    if (windowTimes > 1 || width > 14) {
      assertThat(grid.bytes(array.chunk())).isLessThanOrEqualTo(mebibytes << 20);
    }
  }
}
