package org.cornerturn.fits;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * What a FITS image says about its pixels. Its axes are right ascension, declination, and where
 * they are given, frequency and Stokes, in this order.
 *
 * @param width pixels along the first axis
 * @param height pixels along the second
 * @param wcs where they lie, in ICRS
 * @param frequency Hz; null for none
 * @param stokes codes of Stokes parameters; null for none, and without a frequency there is none
 * @param beam clean beam; null for none
 * @param unit of the pixels, such as {@code JY/BEAM}
 * @param origin of the data
 * @param cards further cards, by keyword; strings, numbers and truth values
 * @param history lines of text
 */
public record ImageDescription(
    int width,
    int height,
    Wcs wcs,
    LinearAxis frequency,
    LinearAxis stokes,
    GaussianBeam beam,
    String unit,
    Origin origin,
    Map<String, Object> cards,
    List<String> history)
    implements Serializable {

  /**
   * Where an image comes from; null or empty for what isn't known.
   *
   * @param object name of the field
   * @param observed beginning of the observation, UTC; null where it isn't known
   * @param restFrequencyHz 0 where it isn't known
   */
  public record Origin(
      String object, String telescope, String observer, Instant observed, double restFrequencyHz)
      implements Serializable {
    public static final Origin UNKNOWN = new Origin("", "", "", null, 0);
  }

  public ImageDescription {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + " x " + height);
    }
    Objects.requireNonNull(wcs, "wcs");
    if (stokes != null && frequency == null) {
      throw new IllegalArgumentException("a Stokes axis without one of frequency");
    }
    cards = Map.copyOf(cards);
    history = List.copyOf(history);
  }

  /** A plane without further axes. */
  public static ImageDescription plane(int width, int height, Wcs wcs, String unit) {
    return new ImageDescription(
        width, height, wcs, null, null, null, unit, Origin.UNKNOWN, Map.of(), List.of());
  }

  /** The same, with another frequency and Stokes axis. */
  public ImageDescription withAxes(LinearAxis frequencyHz, LinearAxis stokesCodes) {
    return new ImageDescription(
        width, height, wcs, frequencyHz, stokesCodes, beam, unit, origin, cards, history);
  }

  public ImageDescription withBeam(GaussianBeam cleanBeam) {
    return new ImageDescription(
        width, height, wcs, frequency, stokes, cleanBeam, unit, origin, cards, history);
  }

  public ImageDescription withOrigin(Origin known) {
    return new ImageDescription(
        width, height, wcs, frequency, stokes, beam, unit, known, cards, history);
  }

  /** With further cards and lines of history after those there are. */
  public ImageDescription withCards(Map<String, Object> further, List<String> lines) {
    Map<String, Object> all = new TreeMap<>(cards);
    all.putAll(further);
    List<String> told = new ArrayList<>(history);
    told.addAll(lines);
    return new ImageDescription(
        width, height, wcs, frequency, stokes, beam, unit, origin, all, told);
  }

  /** Planes along frequency and Stokes, frequency first. */
  public int planes() {
    return Math.multiplyExact(
        frequency == null ? 1 : frequency.count(), stokes == null ? 1 : stokes.count());
  }

  /** Pixels of all planes. */
  public long pixels() {
    return Math.multiplyExact((long) width * height, planes());
  }
}
