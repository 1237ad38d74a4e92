package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewTest {
  @ParameterizedTest
  @CsvSource({
    "3999, 1, 3999",
    "4000, 1, 4000",
    "7999, 1, 7999",
    "8001, 2, 4000",
    "9001, 2, 4500",
    "1000003, 250, 4000",
    "100000000, 25000, 4000"
  })
  void binsFollowTheViewersRule(long samples, long perBin, int bins) {
    assertThat(Overview.samplesPerBin(samples)).isEqualTo(perBin);
    assertThat(Overview.bins(samples)).isEqualTo(bins);
  }

  @Test
  void theTailIsLeftOutAndMinimaComeFirst() {
    short[] trace = new short[8001];
    trace[0] = -5;
    trace[7999] = 9;
    trace[8000] = 32000;
    Overview overview = new Overview(Primitive.INT16, trace.length);
    overview.begin(0, trace.length);
    overview.samples(Block.toBytes(trace), 0, trace.length);
    overview.finish();
    short[] expected = new short[8000];
    expected[0] = -5;
    expected[7999] = 9;
    assertThat(Overview.join(Primitive.INT16, trace.length, List.of(overview.part())))
        .isEqualTo(Block.toBytes(expected));
  }

  @Test
  void aMissingRangeIsNoticed() {
    Overview overview = new Overview(Primitive.UINT8, 9000);
    overview.begin(0, 100);
    overview.samples(new byte[100], 0, 100);
    overview.finish();
    assertThatThrownBy(() -> Overview.join(Primitive.UINT8, 9000, List.of(overview.part())))
        .hasMessageContaining("bin 50");
  }
}
