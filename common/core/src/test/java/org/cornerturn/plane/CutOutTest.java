package org.cornerturn.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Ds9Regions;
import org.cornerturn.sky.Wcs;
import org.junit.jupiter.api.Test;

class CutOutTest {
  private static final Wcs WCS =
      Wcs.centred(IcrsDirection.ofDegrees(0, 30), 100, 80, Math.toRadians(0.01));

  private static float[] counted() {
    float[] out = new float[100 * 80];
    for (int i = 0; i < out.length; i++) {
      out[i] = i;
    }
    return out;
  }

  @Test
  void takesPixelsAndTheirPlace() {
    IcrsDirection there = WCS.direction(20, 30);
    CutOut cut = CutOut.about(there, WCS, 10);
    assertThat(cut).isEqualTo(new CutOut(15, 25, 10, 10));
    assertThat(cut.of(counted(), 100, 80)[5 * 10 + 5]).isEqualTo(30 * 100 + 20);
    assertThat(cut.wcs(WCS).direction(5, 5).separationRad(there)).isLessThan(1e-13);
  }

  @Test
  void isBlankBeyondTheImage() {
    float[] out = new CutOut(-2, 78, 4, 4).of(counted(), 100, 80);
    assertThat(out[0]).isNaN();
    assertThat(out[2]).isEqualTo(7800);
    assertThat(out[7]).isEqualTo(7901);
    assertThat(out[11]).isNaN();
    CutOut away = new CutOut(500, 500, 2, 2);
    assertThat(away.meets(100, 80)).isFalse();
    assertThat(away.of(counted(), 100, 80)).containsOnly(Float.NaN);
    assertThat(new CutOut(Integer.MAX_VALUE - 1, 0, 4, 1).of(counted(), 100, 80))
        .containsOnly(Float.NaN);
    assertThatThrownBy(() -> CutOut.about(IcrsDirection.ofDegrees(180, -30), WCS, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thumbnailsAreMeans() {
    float[] plane = {1, 3, 5, Float.NaN, 2, 2, 7, 9, Float.NaN};
    float[] small = CutOut.thumbnail(plane, 3, 3, 2);
    assertThat(small).containsExactly(new float[] {2, 3.5f, 8, Float.NaN});
  }

  @Test
  void regionsBecomeMasks() {
    PlaneMask disk =
        RegionMask.circles(List.of(WCS.direction(20, 30)), Math.toRadians(0.0501), WCS, 100, 80);
    assertThat(disk.count()).isEqualTo(81);
    assertThat(disk.contains(20, 30)).isTrue();
    assertThat(disk.contains(24, 30)).isTrue();
    assertThat(disk.contains(26, 30)).isFalse();
    PlaneMask ring =
        RegionMask.ofEntries(
            Ds9Regions.parse("icrs\ncircle(0,30,0.2)\n-circle(0,30,0.1)"), WCS, 100, 80);
    assertThat(ring.contains(50, 40)).isFalse();
    assertThat(ring.contains(65, 40)).isTrue();
    PlaneMask outside =
        RegionMask.ofEntries(Ds9Regions.parse("icrs\n-circle(0,30,0.1)"), WCS, 100, 80);
    assertThat(outside.contains(50, 40)).isFalse();
    assertThat(outside.contains(0, 0)).isTrue();
    // A box much larger than the image.
    PlaneMask all =
        RegionMask.ofEntries(Ds9Regions.parse("icrs\nbox(0,30,100,100,20)"), WCS, 100, 80);
    assertThat(all.count()).isEqualTo(8000);
  }
}
