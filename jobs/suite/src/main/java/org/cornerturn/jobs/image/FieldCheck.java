package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.CatalogMatch;
import org.cornerturn.imagequality.CatalogMatch.Source;
import org.cornerturn.imagequality.LocalMaxima;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Wcs;

/**
 * An image beside a catalogue: its peaks above 5 times the noise, as what they are without the
 * antennas' beam, and the sources that it should show.
 *
 * @param check null where the catalogue has nothing that the image should show
 */
public record FieldCheck(CatalogCheck check, SeenSources seen) {
  private static final double PEAK_SIGMAS = 5;

  /** Above which a source of the catalogue is expected in the image. */
  private static final double EXPECTED_SIGMAS = 7;

  private static final double ARCSEC = Math.toRadians(1 / 3600.0);
  private static final double RADIUS = 10 * ARCSEC;
  private static final int MOST = 20_000;

  /** How an image shows sources at its pixels. */
  public interface Response {
    /** What is seen of a source; 0 where it doesn't count. */
    double part(int pixel);

    /** Noise of the image. */
    double noise(int pixel);

    /** Response of antennas with a pattern, and one noise everywhere. */
    static Response of(float[] pattern, double limit, double rms) {
      return new Response() {
        @Override
        public double part(int pixel) {
          return pattern == null ? 1 : pattern[pixel] > limit ? pattern[pixel] : 0;
        }

        @Override
        public double noise(int pixel) {
          return rms;
        }
      };
    }

    /** Of an image that is corrected, with the map of its noise. */
    static Response of(float[] sigma) {
      return new Response() {
        @Override
        public double part(int pixel) {
          return sigma[pixel] > 0 ? 1 : 0;
        }

        @Override
        public double noise(int pixel) {
          return sigma[pixel];
        }
      };
    }
  }

  /**
   * @param least noise of the image at its lowest
   * @param catalog empty for none
   * @param hertz at which the catalogue's fluxes are taken
   */
  public static FieldCheck of(
      float[] image,
      int width,
      int height,
      Wcs wcs,
      Response response,
      double least,
      List<SkyComponent> catalog,
      double hertz) {
    List<Source> expected = new ArrayList<>();
    for (SkyComponent component : catalog) {
      int pixel = pixel(wcs.pixel(component.direction()), width, height);
      double jy = component.spectrum().fluxJy(hertz);
      if (pixel >= 0) {
        double seen = response.part(pixel) * jy;
        if (seen > EXPECTED_SIGMAS * response.noise(pixel)) {
          expected.add(new Source(component.direction(), jy));
        }
      }
    }
    List<Source> peaks = new ArrayList<>();
    for (LocalMaxima.Peak p : LocalMaxima.above(image, width, height, PEAK_SIGMAS * least, MOST)) {
      int pixel = pixel(new double[] {p.x(), p.y()}, width, height);
      IcrsDirection direction = wcs.direction(p.x(), p.y());
      if (pixel >= 0
          && response.part(pixel) > 0
          && p.value() > PEAK_SIGMAS * response.noise(pixel)
          && !Double.isNaN(direction.raRad())) {
        peaks.add(new Source(direction, p.value() / response.part(pixel)));
      }
    }
    CatalogMatch match = CatalogMatch.of(peaks, expected, RADIUS);
    return new FieldCheck(
        expected.isEmpty() ? null : match.check(),
        new SeenSources(wcs.cellRad(), seen(match, wcs)));
  }

  private static List<SeenSources.Seen> seen(CatalogMatch match, Wcs wcs) {
    List<SeenSources.Seen> all = new ArrayList<>();
    match.pairs().stream()
        .limit(SeenSources.MOST)
        .forEach(
            p ->
                all.add(
                    seen(
                        wcs,
                        p.peak().direction(),
                        p.peak().fluxJy(),
                        p.source().fluxJy(),
                        p.eastRad() / ARCSEC,
                        p.northRad() / ARCSEC)));
    double no = Double.NaN;
    match.missed().stream()
        .limit(SeenSources.MOST)
        .forEach(s -> all.add(seen(wcs, s.direction(), no, s.fluxJy(), no, no)));
    match.unknown().stream()
        .limit(SeenSources.MOST)
        .forEach(p -> all.add(seen(wcs, p.direction(), p.fluxJy(), no, no, no)));
    return all;
  }

  private static SeenSources.Seen seen(
      Wcs wcs, IcrsDirection at, double measured, double catalog, double east, double north) {
    double[] pixel = wcs.pixel(at);
    return new SeenSources.Seen(
        pixel[0],
        pixel[1],
        Math.toDegrees(at.raRad()),
        Math.toDegrees(at.decRad()),
        measured,
        catalog,
        east,
        north);
  }

  /** Index of the nearest pixel; -1 outside of the image. */
  private static int pixel(double[] at, int width, int height) {
    return at[0] >= 0 && at[1] >= 0 && at[0] <= width - 1 && at[1] <= height - 1
        ? (int) Math.round(at[1]) * width + (int) Math.round(at[0])
        : -1;
  }
}
