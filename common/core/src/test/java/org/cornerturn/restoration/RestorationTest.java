package org.cornerturn.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.junit.jupiter.api.Test;

class RestorationTest {
  private static final double CELL = Math.toRadians(2.5 / 3600);
  private static final int SIDE = 120;
  private static final Wcs WCS = Wcs.centred(IcrsDirection.ofDegrees(30, 40), SIDE, SIDE, CELL);

  @Test
  void componentsBecomeBeams() {
    GaussianBeam beam = new GaussianBeam(6 * CELL, 4 * CELL, Math.toRadians(30));
    float[] model = new float[SIDE * SIDE];
    float[] residual = new float[SIDE * SIDE];
    model[50 * SIDE + 60] = 2;
    model[3] = 1;
    residual[7] = 0.5f;
    float[] image = Restoration.restore(residual, model, SIDE, SIDE, beam, WCS);
    for (int i = 0; i < image.length; i++) {
      // East is towards lower columns.
      double value =
          2 * beam.value(-(i % SIDE - 60) * CELL, (i / SIDE - 50) * CELL)
              + beam.value(-(i % SIDE - 3) * CELL, (i / SIDE) * CELL)
              + (i == 7 ? 0.5 : 0);
      assertThat((double) image[i]).isCloseTo(value, within(1e-6));
    }
    // Position angle 30 degrees: brighter to the north-east than to the north-west.
    assertThat(image[53 * SIDE + 58]).isGreaterThan(1.5f * image[53 * SIDE + 62]);
    assertThat(residual[3]).isZero();
  }

  @Test
  void manyComponentsGiveTheSameAsFew() {
    GaussianBeam beam = new GaussianBeam(5 * CELL, 3 * CELL, 1);
    Random random = new Random(1);
    float[] model = new float[SIDE * SIDE];
    for (int i = 0; i < model.length; i++) {
      model[i] = random.nextFloat() - 0.4f;
    }
    float[] zero = new float[SIDE * SIDE];
    float[] many = Restoration.restore(zero, model, SIDE, SIDE, beam, WCS);
    double[] sum = new double[SIDE * SIDE];
    for (int part = 0; part < 160; part++) {
      float[] some = new float[model.length];
      for (int i = part; i < model.length; i += 160) {
        some[i] = model[i];
      }
      float[] few = Restoration.restore(zero, some, SIDE, SIDE, beam, WCS);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += few[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      assertThat((double) many[i]).isCloseTo(sum[i], within(2e-5));
    }
  }

  @Test
  void smoothingKeepsFluxAndGivesTheWiderBeam() {
    GaussianBeam from = new GaussianBeam(5 * CELL, 4 * CELL, 0.5);
    GaussianBeam to = new GaussianBeam(8 * CELL, 7 * CELL, 2);
    float[] image = new float[SIDE * SIDE];
    float[] expected = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      double east = -(i % SIDE - 60) * CELL;
      double north = (i / SIDE - 60) * CELL;
      image[i] = (float) (3 * from.value(east, north));
      expected[i] = (float) (3 * to.value(east, north));
    }
    image[5] = Float.NaN;
    // A point source of 3 Jy stays one of 3 Jy per beam.
    float[] out = Restoration.smooth(image, SIDE, SIDE, WCS, from, to).orElseThrow();
    for (int i = 0; i < out.length; i++) {
      if (i != 5) {
        assertThat((double) out[i]).isCloseTo(expected[i], within(2e-5));
      }
    }
    assertThat(out[5]).isNaN();
    assertThat(Restoration.smooth(image, SIDE, SIDE, WCS, to, from)).isEmpty();
  }

  @Test
  void hardlyWiderBeamsHardlyChange() {
    GaussianBeam from = new GaussianBeam(5 * CELL, 5 * CELL, 0);
    GaussianBeam to = new GaussianBeam(5.02 * CELL, 5 * CELL, 0);
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) from.value((60 - i % SIDE) * CELL, (i / SIDE - 60) * CELL);
    }
    float[] out = Restoration.smooth(image, SIDE, SIDE, WCS, from, to).orElseThrow();
    assertThat((double) out[60 * SIDE + 60]).isCloseTo(1, within(1e-5));
    assertThat((double) out[63 * SIDE + 60]).isCloseTo(to.value(0, 3 * CELL), within(1e-5));
  }

  @Test
  void aPrimaryBeamMayBeAnImage() {
    int side = 401;
    Wcs own = Wcs.centred(new IcrsDirection(1, -0.5), side, side, Math.toRadians(0.03));
    float[] power = new float[side * side];
    double[] lmn = new double[3];
    for (int i = 0; i < power.length; i++) {
      own.cosines(i % side, i / side, lmn);
      // Wider to the east than to the north.
      power[i] = (float) Math.exp(-400 * lmn[0] * lmn[0] - 900 * lmn[1] * lmn[1]);
    }
    BeamImage image = new BeamImage(own, side, side, new double[] {1.4e9}, power);
    IcrsDirection pointing = IcrsDirection.ofDegrees(359, 40.25);
    PrimaryBeam beam = new PrimaryBeam(Beam.NONE, 0, pointing, image);
    assertThat(beam.isFlat()).isFalse();
    Wcs wcs = Wcs.centred(IcrsDirection.ofDegrees(0.5, 41), 120, 100, Math.toRadians(0.04));
    float[] plane = beam.plane(wcs, 120, 100, 1.4e9);
    for (int i = 0; i < plane.length; i += 7) {
      wcs.cosines(i % 120, i / 120, lmn);
      double[] at = wcs.reference().at(lmn[0], lmn[1]).cosines(pointing);
      double truth = Math.exp(-400 * at[0] * at[0] - 900 * at[1] * at[1]);
      assertThat((double) plane[i]).isCloseTo(truth, within(2e-4));
    }
  }

  @Test
  void primaryBeamLiesAboutThePointing() {
    IcrsDirection pointing = IcrsDirection.ofDegrees(30.5, 40.25);
    Wcs wcs = Wcs.centred(IcrsDirection.ofDegrees(30, 40), 200, 200, Math.toRadians(0.02));
    PrimaryBeam beam = new PrimaryBeam(Beam.AIRY, 4.65, pointing);
    float[] plane = beam.plane(wcs, 200, 200, 1.4e9);
    double[] middle = wcs.pixel(pointing);
    float[] best = {0, 0, 0};
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] > best[0]) {
        best = new float[] {plane[i], i % 200, i / 200};
      }
    }
    assertThat((double) best[1]).isCloseTo(middle[0], within(0.51));
    assertThat((double) best[2]).isCloseTo(middle[1], within(0.51));
    // Half of it at half of the width of a uniformly lit dish.
    double wavelength = 299792458 / 1.4e9;
    double half = 1.02898 * wavelength / 4.65 / 2;
    IcrsDirection there = pointing.at(Math.sin(half), 0);
    double[] pixel = wcs.pixel(there);
    double near = plane[(int) Math.rint(pixel[1]) * 200 + (int) Math.rint(pixel[0])];
    assertThat(near).isCloseTo(0.5, within(0.01));
    float[] two = beam.plane(wcs, 200, 200, new double[] {1.4e9, 1.5e9}, new double[] {1, 3});
    float[] other = beam.plane(wcs, 200, 200, 1.5e9);
    assertThat((double) two[777]).isCloseTo((plane[777] + 3.0 * other[777]) / 4, within(1e-7));
    float[] ones = new float[plane.length];
    Arrays.fill(ones, 2);
    float[] corrected = PrimaryBeam.correct(ones, plane, 0.2);
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] < 0.2f) {
        assertThat(corrected[i]).isNaN();
      } else {
        assertThat(corrected[i] * plane[i]).isCloseTo(2, within(1e-5f));
      }
    }
  }

  @Test
  void patternsFallToALevelAtItsRadius() {
    IcrsDirection middle = IcrsDirection.ofDegrees(10, 40);
    PrimaryBeam beam = new PrimaryBeam(Beam.AIRY, 4.7, middle);
    for (double level : new double[] {0.9, 0.5, 0.2}) {
      double radius = beam.radiusRad(level, 1.4e9);
      Wcs wcs = Wcs.centred(middle, 2, 2, Math.sin(radius));
      // The pixel to the west of the middle one.
      assertThat((double) beam.plane(wcs, 2, 2, 1.4e9)[2]).isCloseTo(level, within(1e-6));
    }
  }
}
