package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PyramidLevelsTest {
  @Test
  void aTenMillionSampleTraceHasSevenLevelsOfFourToOne() {
    PyramidLevels levels = PyramidLevels.of(10_000_000, 4);
    assertThat(levels.count()).isEqualTo(7);
    assertThat(levels.bins(1)).isEqualTo(2_500_000);
    assertThat(levels.bins(7)).isEqualTo(611);
    assertThat(levels.samplesPerBin(7)).isEqualTo(16_384);
    assertThat(levels.tailSamples(7)).isEqualTo(10_000_000 % 16_384);
    assertThat(levels.samplesIn(7, 610)).isEqualTo(10_000_000 % 16_384);
    assertThat(levels.samplesIn(7, 609)).isEqualTo(16_384);
  }

  @Test
  void shortTracesNeedNoLevels() {
    assertThat(PyramidLevels.of(0, 4).count()).isZero();
    assertThat(PyramidLevels.of(1, 4).count()).isZero();
    assertThat(PyramidLevels.of(2048, 4).count()).isZero();
    assertThat(PyramidLevels.of(2049, 4).count()).isEqualTo(1);
    assertThat(new PyramidLevels(5, 4, 1).count()).isEqualTo(2);
    assertThat(new PyramidLevels(1, 4, 1).count()).isZero();
  }

  @Test
  void arithmeticBeyondFourGibisamples() {
    PyramidLevels levels = PyramidLevels.of(1L << 40, 4);
    assertThat(levels.bins(3)).isEqualTo(1L << 34);
    assertThat(levels.count()).isEqualTo(15);
  }

  @Property
  void chunksOfFineLevelsEndOnEveryRangeEdge(
      @ForAll @LongRange(min = 1, max = 1L << 36) long samples,
      @ForAll @IntRange(min = 2, max = 8) int factor,
      @ForAll @IntRange(min = 1, max = 6) int odd,
      @ForAll @IntRange(min = 0, max = 6) int power,
      @ForAll @IntRange(min = 64, max = 4096) int maxBins) {
    PyramidLevels levels = new PyramidLevels(samples, factor, 1);
    long range = odd * (long) Math.pow(factor, power);
    for (int k = 1; k <= levels.levelsWithin(range); k++) {
      long bins = levels.chunkBins(k, range, maxBins);
      assertThat(bins).isBetween(1L, (long) maxBins);
      if (range < samples) {
        assertThat(range % (bins * levels.samplesPerBin(k))).isZero();
      }
      if (k < levels.levelsWithin(range) && bins < levels.bins(k)) {
        assertThat(bins % factor).isZero();
      }
    }
  }

  @Test
  void refusesWhatItCannotPlan() {
    assertThatThrownBy(() -> new PyramidLevels(10, 1, 1)).hasMessageContaining("factor");
    assertThatThrownBy(() -> new PyramidLevels(-1, 4, 1)).hasMessageContaining("samples");
    assertThatThrownBy(() -> PyramidLevels.of(1 << 20, 4).chunkBins(3, 16, 64))
        .hasMessageContaining("level 3");
  }
}
