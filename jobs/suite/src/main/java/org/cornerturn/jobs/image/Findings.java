package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;

/** What is wrong with an image, by what was measured of it. */
public final class Findings {
  private static final double LEAST_RANGE = 5;
  private static final long FEWEST_PIXELS = 10;
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);

  private Findings() {}

  /** A line for each, beginning with {@code fail:} or {@code warn:}; empty for a sound image. */
  static List<String> of(Facts facts) {
    List<String> all = new ArrayList<>();
    ImageQuality q = facts.quality();
    if (q == null) {
      return List.of("fail: blank");
    }
    if (q.blank() + q.infinite() > 0) {
      all.add("fail: " + (q.blank() + q.infinite()) + " pixels are no numbers");
    }
    if (!(q.dynamicRange() >= LEAST_RANGE)) {
      all.add(line("fail: dynamic range of %.1f", q.dynamicRange()));
    }
    if (q.above5() < FEWEST_PIXELS) {
      all.add("warn: " + q.above5() + " pixels above 5 sigma");
    }
    all.addAll(artefacts(q));
    all.addAll(of(facts.check()));
    return all;
  }

  /** What speaks of artefacts. */
  public static List<String> artefacts(ImageQuality q) {
    List<String> all = new ArrayList<>();
    grade(
        all,
        q.edgeRatio(),
        Double.POSITIVE_INFINITY,
        2,
        "noise at the edges %.1f of that in the middle",
        q.edgeRatio());
    double part = q.negativeFraction();
    grade(all, part, Double.POSITIVE_INFINITY, 0.01, "%.3f of the pixels below -3 sigma", part);
    return all;
  }

  /**
   * What is off beside a catalogue.
   *
   * @param c null for none
   */
  public static List<String> of(CatalogCheck c) {
    List<String> all = new ArrayList<>();
    if (c == null) {
      return all;
    }
    if (c.matched() == 0) {
      all.add("fail: no source of the catalogue is found");
      return all;
    }
    double off = Math.abs(1 - c.medianRatio());
    grade(all, off, 0.2, 0.1, "fluxes %.3f of the catalogue's", c.medianRatio());
    double rms = c.rmsRad() / ARCSEC;
    grade(all, rms, 5, 2.5, "positions scatter by %.2f arcsec", rms);
    double shift = Math.hypot(c.eastRad(), c.northRad()) / ARCSEC;
    grade(all, shift, Double.POSITIVE_INFINITY, 2, "positions are off by %.2f arcsec", shift);
    grade(all, 1 - c.completeness(), 1, 0.3, "%.2f of the catalogue's sources", c.completeness());
    grade(all, c.falseRate(), 1, 0.3, "%.2f of the peaks without a source", c.falseRate());
    return all;
  }

  private static void grade(
      List<String> all, double value, double fails, double warns, String words, double told) {
    if (value > warns) {
      all.add((value > fails ? "fail: " : "warn: ") + line(words, told));
    }
  }

  private static String line(String words, double value) {
    return String.format(Locale.ROOT, words, value);
  }
}
