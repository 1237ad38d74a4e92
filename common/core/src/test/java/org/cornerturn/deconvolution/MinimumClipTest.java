package org.cornerturn.deconvolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.junit.jupiter.api.Test;

class MinimumClipTest {
  private static final int SIDE = 120;

  @Test
  void equalsTheDefinition() {
    Random random = new Random(3);
    float[] plane = new float[SIDE * 50];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = i % 97 == 0 ? Float.NaN : (float) random.nextGaussian() + (i % 53 == 0 ? 9 : 0);
    }
    for (int box : new int[] {1, 2, 7, 30, 500}) {
      PlaneMask mask = new MinimumClip(2, box, 0, 2, 0.2).mask(plane, SIDE, 50);
      for (int i = 0; i < plane.length; i++) {
        float least = Float.POSITIVE_INFINITY;
        for (int y = i / SIDE - box / 2; y < i / SIDE - box / 2 + box; y++) {
          for (int x = i % SIDE - box / 2; x < i % SIDE - box / 2 + box; x++) {
            if (x >= 0 && y >= 0 && x < SIDE && y < 50 && !Float.isNaN(plane[y * SIDE + x])) {
              least = Math.min(least, plane[y * SIDE + x]);
            }
          }
        }
        assertThat(mask.contains(i % SIDE, i / SIDE)).isEqualTo(plane[i] > 2 * Math.abs(least));
      }
    }
  }

  @Test
  void takesSourcesAndLeavesArtefacts() {
    Random random = new Random(4);
    float[] plane = new float[SIDE * SIDE];
    for (int i = 0; i < plane.length; i++) {
      double a = Math.hypot(i % SIDE - 30, i / SIDE - 30);
      double b = Math.hypot(i % SIDE - 90, i / SIDE - 90);
      // A source of 1, and one of 1 in deep rings.
      plane[i] =
          (float)
              (0.01 * random.nextGaussian()
                  + Math.exp(-a * a / 8)
                  + Math.exp(-b * b / 200) * Math.cos(b));
    }
    PlaneMask mask = new MinimumClip(2, 30, 0, 2, 0.2).mask(plane, SIDE, SIDE);
    assertThat(mask.contains(30, 30)).isTrue();
    assertThat(mask.contains(90, 90)).isFalse();
  }

  @Test
  void extendedEmissionIsSeenByLargerBoxes() {
    float[] plane = new float[SIDE * SIDE];
    Random random = new Random(5);
    for (int i = 0; i < plane.length; i++) {
      double r = Math.hypot(i % SIDE - 60, i / SIDE - 60);
      plane[i] = (float) (0.02 * random.nextGaussian() + (r < 25 ? 1 : 0));
    }
    assertThat(new MinimumClip(2, 20, 0, 2, 0.2).mask(plane, SIDE, SIDE).contains(60, 60))
        .isFalse();
    assertThat(new MinimumClip(2, 20, 3, 2, 0.2).mask(plane, SIDE, SIDE).contains(60, 60)).isTrue();
  }

  @Test
  void whatIsNarrowerThanTheBeamGoes() {
    double cell = Math.toRadians(0.001);
    Wcs wcs = Wcs.centred(IcrsDirection.ofDegrees(0, 0), SIDE, SIDE, cell);
    GaussianBeam beam = new GaussianBeam(8 * cell, 4 * cell, 0);
    PlaneMask mask = PlaneMask.none(SIDE, SIDE);
    for (int y = 40; y < 60; y++) {
      mask.addRow(y, 40, 60);
    }
    mask.addRow(90, 20, 60);
    PlaneMask eroded = MinimumClip.eroded(mask, beam, wcs, 0.6);
    // At 0.6 of its height the beam reaches 3.4 pixels to the north and 1.7 to the east.
    assertThat(eroded.contains(41, 43)).isTrue();
    assertThat(eroded.contains(40, 43)).isFalse();
    assertThat(eroded.contains(50, 42)).isFalse();
    assertThat(eroded.contains(40, 90)).isFalse();
    assertThat(eroded.count()).isEqualTo(18 * 14);
  }
}
