package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.image.SkyMark;
import org.cornerturn.storage.ObjectStore;

/**
 * Peaks of an image and sources of a catalogue that it should show, the brightest {@link #MOST} of
 * each kind.
 *
 * @param pixelRad side of a pixel
 */
public record SeenSources(double pixelRad, List<Seen> all) {
  static final int MOST = 2000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RADIUS = Math.toRadians(30 / 3600.0);

  /**
   * A peak, a source, or both where they are the same.
   *
   * @param x column of the peak, of a source without one its own
   * @param y row
   * @param raDeg of the same place
   * @param decDeg of the same place
   * @param measuredJy corrected for the antennas' beam; NaN of a source without a peak
   * @param catalogJy NaN of a peak without a source
   * @param eastArcsec from the source to the peak; NaN unless there are both
   * @param northArcsec the same to the north
   */
  record Seen(
      double x,
      double y,
      double raDeg,
      double decDeg,
      double measuredJy,
      double catalogJy,
      double eastArcsec,
      double northArcsec) {
    boolean isFound() {
      return !Double.isNaN(measuredJy) && !Double.isNaN(catalogJy);
    }

    boolean isExpected() {
      return !Double.isNaN(catalogJy);
    }

    /** What it is, in a line. */
    String words() {
      StringBuilder words =
          new StringBuilder(String.format(Locale.ROOT, "%.5f, %.5f deg", raDeg, decDeg));
      if (!Double.isNaN(measuredJy)) {
        words.append(String.format(Locale.ROOT, "; measured %.4g mJy", 1000 * measuredJy));
      }
      if (isExpected()) {
        words.append(String.format(Locale.ROOT, "; catalogue %.4g mJy", 1000 * catalogJy));
      }
      if (isFound()) {
        words.append(
            String.format(
                Locale.ROOT, "; off by %.2f, %.2f arcsec (east, north)", eastArcsec, northArcsec));
      }
      return words.toString();
    }
  }

  public SeenSources {
    all = List.copyOf(all);
  }

  List<Seen> found() {
    return all.stream().filter(Seen::isFound).toList();
  }

  List<Seen> expected() {
    return all.stream().filter(Seen::isExpected).toList();
  }

  /** Marks over the image. */
  public List<SkyMark> marks() {
    return all.stream()
        .map(
            s ->
                new SkyMark(
                    s.isFound()
                        ? SkyMark.Kind.FOUND
                        : s.isExpected() ? SkyMark.Kind.MISSED : SkyMark.Kind.PEAK,
                    s.x(),
                    s.y(),
                    RADIUS / pixelRad,
                    s.words()))
        .toList();
  }

  public void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  public static SeenSources get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), SeenSources.class);
  }
}
