package org.cornerturn.jobs.calibrate;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Durations;

/**
 * One factor of the gains, solved for with the earlier ones applied.
 *
 * @param kind of the term
 * @param seconds length of a solution interval; infinite for one of all data, 0 for one of each
 *     integration
 * @param channels that share a solution; 0 for all of them
 * @param phaseOnly whether amplitudes are 1
 */
record Term(Kind kind, double seconds, int channels, boolean phaseOnly) implements Serializable {
  /** What a term describes. */
  enum Kind {
    /** A delay of each receptor: phases proportional to frequency. */
    K,
    /** A bandpass: a gain of each channel, on average 1. */
    B,
    /** A gain of each interval. */
    G
  }

  private static final Pattern CHANNELS = Pattern.compile("(\\d{1,7})ch");
  private static final String FORM =
      "Write KIND:INTERVAL[:phase][:Nch], as in K:inf, B:inf:4ch, G:60s:phase or G:int:1ch";

  /**
   * @throws UserError when the text names no term
   */
  static Term parse(String text) {
    String[] parts = text.strip().split(":", -1);
    Kind kind;
    try {
      kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserError("--solve " + text, "there is no term " + parts[0], FORM, e);
    }
    double seconds = parts.length < 2 ? Double.POSITIVE_INFINITY : seconds(text, parts[1]);
    int channels = kind == Kind.G ? 0 : 1;
    boolean phase = kind == Kind.K;
    for (String option : List.of(parts).subList(Math.min(2, parts.length), parts.length)) {
      Matcher m = CHANNELS.matcher(option);
      if (option.equals("phase") && kind != Kind.K) {
        phase = true;
      } else if (m.matches() && kind != Kind.K && Integer.parseInt(m.group(1)) > 0) {
        channels = Integer.parseInt(m.group(1));
      } else {
        throw new UserError("--solve " + text, "'" + option + "' says nothing of it", FORM);
      }
    }
    return new Term(kind, seconds, channels, phase);
  }

  private static double seconds(String term, String text) {
    if (text.equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (text.equals("int")) {
      return 0;
    }
    try {
      Duration d = Durations.parse(text);
      if (!d.isZero()) {
        return d.toNanos() / 1e9;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("--solve " + term, e.getMessage(), FORM, e);
    }
    throw new UserError("--solve " + term, "an interval of no length", FORM);
  }

  /** Channels that share a solution of a band. */
  int channelsOf(int band) {
    return channels == 0 ? Math.max(1, band) : Math.min(channels, Math.max(1, band));
  }

  /** As it is written. */
  @Override
  public String toString() {
    String interval =
        Double.isInfinite(seconds)
            ? "inf"
            : seconds == 0 ? "int" : Math.round(seconds * 1e3) + "ms";
    boolean usual = channels == (kind == Kind.G ? 0 : 1);
    return kind
        + ":"
        + interval
        + (phaseOnly && kind != Kind.K ? ":phase" : "")
        + (usual ? "" : ":" + channels + "ch");
  }
}
