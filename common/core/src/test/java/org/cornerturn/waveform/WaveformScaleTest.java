package org.cornerturn.waveform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveformScaleTest {
  private static WaveformScale scale(String json) throws IOException {
    return WaveformScale.of((ObjectNode) new ObjectMapper().readTree(json), 2, 2);
  }

  @Test
  void countsBecomeMillivolts() throws IOException {
    WaveformScale s =
        scale(
            "{'vertical_gains':[[0.001,0.002],[0.5,-0.5]],'vertical_offsets':[[0,0.25],[1,1]],'horiz_interval':2e-9}"
                .replace('\'', '"'));
    assertThat(s.millivolts(0, 1, 100)).isCloseTo(-50, within(1e-9));
    assertThat(s.millivolts(1, 0, 3)).isEqualTo(500);
    assertThat(s.isInverted(1, 1)).isTrue();
    assertThat(s.isInverted(1, 0)).isFalse();
    assertThat(s.interval()).isEqualTo(2e-9);
    assertThat(s.horizOffset()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"vertical_gains\":3}|3|3",
        "{\"vertical_gains\":[3,4]}|3|4",
        "{\"vertical_gains\":[[3],[4]]}|3|4",
        "{\"vertical_gains\":[\"NaN\",4]}|1|4",
        "{\"horiz_interval\":0}|1|1",
        "{}|1|1"
      })
  void whatOlderStoresLeaveOutIsFilledIn(String json, double first, double second)
      throws IOException {
    WaveformScale s = scale(json);
    assertThat(s.gains()[0][0]).isEqualTo(first);
    assertThat(s.gains()[1][0]).isEqualTo(second);
    assertThat(s.offsets()[1][1]).isZero();
    assertThat(s.interval()).isEqualTo(1e-9);
  }
}
