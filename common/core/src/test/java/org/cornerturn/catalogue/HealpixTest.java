package org.cornerturn.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class HealpixTest {
  /** Right ascension, declination, cell of order 29 as healpy 1.16 has it. */
  private static final Object[][] KNOWN = {
    {45.0, 41.81, 72057594033979644L},
    {359.9999999, -89.999999, 3170534137668829253L},
    {123.456, 67.89, 548428526351841510L},
    {200.1, -12.3, 1805533207236447197L},
    {83.633, 22.0145, 1701909093118121710L},
    {0.0, 90.0, 288230376151711743L},
    {180.0, -90.0, 2882303761517117440L},
    {266.4168, -29.0078, 2028740913184819897L},
  };

  @Test
  void cellsAreThoseOfOtherPrograms() {
    for (Object[] k : KNOWN) {
      assertThat(Healpix.finest((double) k[0], (double) k[1])).isEqualTo((long) k[2]);
    }
    Healpix eight = new Healpix(3);
    assertThat(eight.neighbours(63)).containsExactly(sorted(62, 253, 255, 191, 127, 126, 61, 60));
    assertThat(eight.neighbours(100)).containsExactly(sorted(97, 99, 102, 103, 101, 79, 78, 75));
  }

  private static long[] sorted(long... cells) {
    Arrays.sort(cells);
    return cells;
  }

  @Test
  void placesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> Healpix.finest(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Healpix.finest(0, 90.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Healpix.finest(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Healpix(1).centre(48))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Healpix(30)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aCellHoldsItsMiddle(
      @ForAll @IntRange(min = 0, max = 29) int order,
      @ForAll @DoubleRange(min = -720, max = 720) @Scale(12) double ra,
      @ForAll @DoubleRange(min = -90, max = 90) @Scale(12) double dec) {
    Healpix cells = new Healpix(order);
    long cell = cells.cell(ra, dec);
    double[] middle = cells.centre(cell);
    assertThat(cells.cell(middle[0], middle[1])).isEqualTo(cell);
    assertThat(Separation.degrees(ra, dec, middle[0], middle[1]))
        .isLessThanOrEqualTo(cells.reachDeg() + 1e-12);
    assertThat(Healpix.finest(ra, dec)).isBetween(cells.first(cell), cells.end(cell) - 1);
    for (double[] corner : cells.corners(cell)) {
      assertThat(Separation.degrees(middle[0], middle[1], corner[0], corner[1]))
          .isLessThanOrEqualTo(cells.reachDeg());
    }
  }

  @Property
  void cellsThatTouchHaveCornersInCommonAndKnowEachOther(
      @ForAll @IntRange(min = 1, max = 12) int order,
      @ForAll @DoubleRange(min = 0, max = 360) @Scale(12) double ra,
      @ForAll @DoubleRange(min = -90, max = 90) @Scale(12) double dec) {
    Healpix cells = new Healpix(order);
    long cell = cells.cell(ra, dec);
    long[] around = cells.neighbours(cell);
    assertThat(around.length).isBetween(7, 8);
    double step = 1e-3 * cells.reachDeg();
    TreeSet<Long> touching = new TreeSet<>();
    for (double[] corner : cells.corners(cell)) {
      for (int i = 0; i < 64; i++) {
        // All directions from the corner, a short step; over a pole, too.
        double angle = 2 * Math.PI * (i + 0.25) / 64;
        double d = Math.max(-90, Math.min(90, corner[1] + step * Math.sin(angle)));
        double cos = Math.max(1e-9, Math.cos(Math.toRadians(d)));
        double r =
            Math.abs(corner[1]) > 90 - step
                ? 360 * (i + 0.5) / 64
                : corner[0] + step * Math.cos(angle) / cos;
        touching.add(
            cells.cell(r, Math.abs(corner[1]) > 90 - step ? Math.signum(d) * (90 - step) : d));
      }
    }
    touching.remove(cell);
    assertThat(around).containsExactly(touching.stream().mapToLong(c -> c).toArray());
    for (long other : around) {
      assertThat(cells.neighbours(other)).contains(cell);
    }
  }

  @Property
  void cellsHaveOneArea(@ForAll @IntRange(min = 4, max = 20) int order) {
    // By corners as a flat figure, which they are nearly.
    Healpix cells = new Healpix(order);
    double[][] c = cells.corners(cells.cell(33, 20));
    double across = Separation.degrees(c[1][0], c[1][1], c[3][0], c[3][1]);
    double up = Separation.degrees(c[0][0], c[0][1], c[2][0], c[2][1]);
    double area = 4 * Math.PI * Math.pow(180 / Math.PI, 2) / cells.cells();
    assertThat(across * up / 2 / area).isCloseTo(1, within(0.02));
  }

  @Property
  void rangesCoverCones(
      @ForAll @DoubleRange(min = 0, max = 360) @Scale(12) double ra,
      @ForAll @DoubleRange(min = -90, max = 90) @Scale(12) double dec,
      @ForAll @DoubleRange(min = -6, max = 2.2) @Scale(12) double logRadius,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(12) double part,
      @ForAll @DoubleRange(min = 0, max = 6.3) @Scale(12) double angle) {
    Cone cone = new Cone(ra, dec, Math.pow(10, logRadius));
    CellRanges ranges = CellRanges.covering(cone);
    assertThat(ranges.contains(Healpix.finest(ra, dec))).isTrue();
    assertThat(ranges.count()).isBetween(1, 600);
    double d = cone.radiusDeg() * part * Math.sin(angle);
    double r = cone.radiusDeg() * part * Math.cos(angle) / Math.cos(Math.toRadians(dec));
    double otherDec = Math.max(-90, Math.min(90, dec + d));
    if (Double.isFinite(r) && cone.contains(ra + r, otherDec)) {
      assertThat(ranges.contains(Healpix.finest(ra + r, otherDec))).isTrue();
    }
    long cells = 0;
    for (int i = 0; i < ranges.count(); i++) {
      assertThat(ranges.end(i)).isGreaterThan(ranges.first(i));
      cells += ranges.end(i) - ranges.first(i);
    }
    double share = (1 - Math.cos(Math.toRadians(cone.radiusDeg()))) / 2;
    assertThat((double) cells / Healpix.FINEST.cells()).isLessThan(3 * share + 1e-17);
  }

  @Property
  void rangesCoverBoxesAndPolygons(
      @ForAll @DoubleRange(min = 0, max = 360) @Scale(12) double ra,
      @ForAll @DoubleRange(min = -80, max = 80) @Scale(12) double dec,
      @ForAll @DoubleRange(min = 0.001, max = 20) @Scale(12) double size,
      @ForAll @DoubleRange(min = -1.5, max = 1.5) @Scale(12) double x,
      @ForAll @DoubleRange(min = -1.5, max = 1.5) @Scale(12) double y) {
    double south = Math.max(-90, dec - size);
    double north = Math.min(90, dec + size);
    SkyBox box = new SkyBox(ra - size, ra + size, south, north);
    SkyPolygon polygon =
        new SkyPolygon(
            new double[] {ra - size, ra + size, ra + size / 2}, new double[] {south, south, north});
    double r = ra + x * size;
    double d = Math.max(-90, Math.min(90, dec + y * size));
    // Not on the rim, where rounding decides.
    if (Math.abs(Math.abs(x) - 1) > 1e-6) {
      assertThat(box.contains(r, d)).isEqualTo(Math.abs(x) < 1 && d >= south && d <= north);
    }
    for (SkyRegion region : new SkyRegion[] {box, polygon}) {
      if (region.contains(r, d)) {
        assertThat(CellRanges.covering(region).contains(Healpix.finest(r, d))).isTrue();
      }
    }
  }

  @Test
  void boxesReachOverZeroAndPolygonsOverThePole() {
    SkyBox box = new SkyBox(350, 10, -5, 5);
    assertThat(box.contains(0, 0)).isTrue();
    assertThat(box.contains(355, 5)).isTrue();
    assertThat(box.contains(180, 0)).isFalse();
    assertThat(new SkyBox(0, 360, -90, 90).contains(123, 4)).isTrue();
    SkyPolygon cap = new SkyPolygon(new double[] {0, 90, 180, 270}, new double[] {80, 80, 80, 80});
    assertThat(cap.contains(45, 89)).isTrue();
    assertThat(cap.contains(45, 81)).isFalse();
    assertThat(cap.contains(0, 90)).isTrue();
    assertThat(cap.contains(0, -85)).isFalse();
    SkyPolygon square = new SkyPolygon(new double[] {359, 1, 1, 359}, new double[] {-1, -1, 1, 1});
    assertThat(square.contains(0, 0)).isTrue();
    assertThat(square.contains(359.5, 0.9)).isTrue();
    assertThat(square.contains(2, 0)).isFalse();
  }

  @Test
  void separationsAreExact() {
    assertThat(Separation.degrees(10, 20, 10, 20)).isZero();
    assertThat(Separation.degrees(0, 90, 123, 90)).isCloseTo(0, within(1e-13));
    assertThat(Separation.degrees(0, 0, 180, 0)).isCloseTo(180, within(1e-12));
    assertThat(Separation.degrees(359.9999999, 0, 0.0000001, 0)).isCloseTo(2e-7, within(1e-13));
    assertThat(Separation.degrees(0, 89, 180, 89)).isCloseTo(2, within(1e-12));
    assertThat(Separation.eastward(359, 1)).isCloseTo(2, within(1e-12));
    assertThat(Separation.turned(-1e-20)).isZero();
  }
}
