package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.CatalogCheck.Source;
import org.cornerturn.imagequality.LocalMaxima;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Wcs;

/**
 * An image beside a catalogue: its peaks above 5 times the noise, as what they are without the
 * antennas' beam, and the sources that it should show.
 */
final class FieldCheck {
  private static final double PEAK_SIGMAS = 5;

  /** Above which a source of the catalogue is expected in the image. */
  private static final double EXPECTED_SIGMAS = 7;

  private static final double RADIUS = Math.toRadians(10 / 3600.0);
  private static final int MOST = 20_000;

  private FieldCheck() {}

  /**
   * @param pattern of the antennas; null for none
   * @param hertz at which the catalogue's fluxes are taken
   * @return null where the catalogue has nothing that the image should show
   */
  static CatalogCheck of(
      Imaging imaging, float[] image, float[] pattern, double rms, double hertz) {
    int width = imaging.geometry().width();
    int height = imaging.geometry().height();
    double limit = imaging.parameters().antennas().limit();
    Wcs wcs = imaging.wcs();
    List<Source> expected = new ArrayList<>();
    for (SkyComponent component : imaging.catalog()) {
      double[] at = wcs.pixel(component.direction());
      double part = part(pattern, at[0], at[1], width, height);
      double jy = component.spectrum().fluxJy(hertz);
      if (part > limit && jy * part > EXPECTED_SIGMAS * rms) {
        expected.add(new Source(component.direction(), jy));
      }
    }
    List<Source> peaks = new ArrayList<>();
    for (LocalMaxima.Peak p : LocalMaxima.above(image, width, height, PEAK_SIGMAS * rms, MOST)) {
      double part = part(pattern, p.x(), p.y(), width, height);
      IcrsDirection direction = wcs.direction(p.x(), p.y());
      if (part > limit && !Double.isNaN(direction.raRad())) {
        peaks.add(new Source(direction, p.value() / part));
      }
    }
    return expected.isEmpty() ? null : CatalogCheck.of(peaks, expected, RADIUS);
  }

  /** The pattern at a pixel; 0 outside of the image. */
  private static double part(float[] pattern, double x, double y, int width, int height) {
    if (!(x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1)) {
      return 0;
    }
    return pattern == null ? 1 : pattern[(int) Math.round(y) * width + (int) Math.round(x)];
  }
}
