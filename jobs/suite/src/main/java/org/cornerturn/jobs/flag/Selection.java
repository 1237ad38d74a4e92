package org.cornerturn.jobs.flag;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.SharedByTasks;
import org.cornerturn.UserError;

/**
 * What a user wants flagged whatever the data are, as it was written.
 *
 * @param antennas names
 * @param baselines names, as {@code A&B}
 * @param channels numbers from 0 or frequencies, single or {@code FIRST..LAST}, both included
 * @param uvRange lengths that are kept, {@code LEAST..MOST} with a unit each, one side may be
 *     missing; null for all
 */
record Selection(
    List<String> antennas, List<String> baselines, List<String> channels, String uvRange)
    implements SharedByTasks {
  static final Selection NONE = new Selection(List.of(), List.of(), List.of(), null);

  private static final Pattern LENGTH =
      Pattern.compile("(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)(m|km|lambda|klambda)");
  private static final Pattern FREQUENCY =
      Pattern.compile("(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)([kMG]?Hz)");
  private static final Map<String, Double> HERTZ =
      Map.of("Hz", 1.0, "kHz", 1e3, "MHz", 1e6, "GHz", 1e9);

  Selection {
    antennas = List.copyOf(antennas);
    baselines = List.copyOf(baselines);
    channels = List.copyOf(channels);
  }

  /**
   * Which lengths are kept.
   *
   * @param wavelengths whether lengths are in wavelengths, rather than in metres
   */
  record Lengths(double least, double most, boolean wavelengths) {}

  /** The range of lengths, or null for all. */
  Lengths lengths() {
    if (uvRange == null) {
      return null;
    }
    String[] sides = uvRange.strip().split("\\.\\.", -1);
    if (sides.length != 2 || sides[0].isBlank() && sides[1].isBlank()) {
      throw uvFault("it is no range");
    }
    Matcher least = side(sides[0]);
    Matcher most = side(sides[1]);
    boolean wavelengths = (least == null ? most : least).group(2).endsWith("lambda");
    if (least != null && most != null && wavelengths != most.group(2).endsWith("lambda")) {
      throw uvFault("its ends have units of different kinds");
    }
    double from = least == null ? 0 : length(least);
    double to = most == null ? Double.POSITIVE_INFINITY : length(most);
    if (from > to) {
      throw uvFault("it ends before it begins");
    }
    return new Lengths(from, to, wavelengths);
  }

  private Matcher side(String text) {
    if (text.isBlank()) {
      return null;
    }
    Matcher m = LENGTH.matcher(text.strip());
    if (!m.matches()) {
      throw uvFault("'" + text.strip() + "' is no length");
    }
    return m;
  }

  private static double length(Matcher m) {
    return Double.parseDouble(m.group(1)) * (m.group(2).startsWith("k") ? 1e3 : 1);
  }

  private UserError uvFault(String reason) {
    return new UserError(
        "--uv-range " + uvRange,
        reason,
        "Write what is kept, as in 1klambda.., ..500m or 30m..2km");
  }

  /** Channels that are listed, of these frequencies. */
  boolean[] channelsOf(double[] frequenciesHz) {
    boolean[] listed = new boolean[frequenciesHz.length];
    for (String entry : channels) {
      String[] ends = entry.strip().split("\\.\\.", -1);
      if (ends.length > 2) {
        throw channelFault(entry, "it is no range");
      }
      String last = ends[ends.length - 1].strip();
      String first = ends[0].strip();
      if (FREQUENCY.matcher(first).matches() && FREQUENCY.matcher(last).matches()) {
        mark(listed, frequenciesHz, hertz(first), hertz(last), entry);
      } else if (first.matches("\\d{1,9}") && last.matches("\\d{1,9}")) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        if (from > to || to >= listed.length) {
          throw channelFault(entry, "channels are 0 to " + (listed.length - 1));
        }
        for (int c = from; c <= to; c++) {
          listed[c] = true;
        }
      } else {
        throw channelFault(entry, "it is neither numbers nor frequencies");
      }
    }
    return listed;
  }

  private static void mark(
      boolean[] listed, double[] frequenciesHz, double from, double to, String entry) {
    if (from > to) {
      throw channelFault(entry, "it ends before it begins");
    }
    boolean any = false;
    for (int c = 0; c < listed.length; c++) {
      if (frequenciesHz[c] >= from && frequenciesHz[c] <= to) {
        listed[c] = true;
        any = true;
      }
    }
    if (!any) {
      throw channelFault(
          entry,
          String.format(
              Locale.ROOT,
              "no channel's centre is in it; they go from %.6f to %.6f MHz",
              frequenciesHz[0] / 1e6,
              frequenciesHz[listed.length - 1] / 1e6));
    }
  }

  private static double hertz(String text) {
    Matcher m = FREQUENCY.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Double.parseDouble(m.group(1)) * HERTZ.get(m.group(2));
  }

  private static UserError channelFault(String entry, String reason) {
    return new UserError(
        "--channels " + entry, reason, "Write channels as 17, 100..119 or 1.40GHz..1.42GHz");
  }

  /** Antennas that are listed, of these names. */
  boolean[] antennasOf(List<String> names) {
    boolean[] listed = new boolean[names.size()];
    for (String antenna : antennas) {
      listed[index(names, antenna.strip(), "--antennas " + antenna)] = true;
    }
    return listed;
  }

  /** Baselines that are listed, each with its antennas in either order. */
  boolean[] baselinesOf(List<String> names, int[] antenna1, int[] antenna2) {
    boolean[] listed = new boolean[antenna1.length];
    for (String baseline : baselines) {
      String[] ends = baseline.split("&", -1);
      String option = "--baselines " + baseline;
      if (ends.length != 2) {
        throw new UserError(option, "it is no pair of antennas", "Write baselines as A&B");
      }
      int a = index(names, ends[0].strip(), option);
      int b = index(names, ends[1].strip(), option);
      boolean any = false;
      for (int i = 0; i < listed.length; i++) {
        if (antenna1[i] == a && antenna2[i] == b || antenna1[i] == b && antenna2[i] == a) {
          listed[i] = true;
          any = true;
        }
      }
      if (!any) {
        throw new UserError(
            option, "there is no such baseline", "See them with: cornerturn inspect");
      }
    }
    return listed;
  }

  private static int index(List<String> names, String name, String option) {
    int i = names.indexOf(name);
    if (i < 0) {
      throw new UserError(
          option,
          "there is no antenna '" + name + "'",
          "Antennas are "
              + String.join(", ", names.subList(0, Math.min(12, names.size())))
              + (names.size() > 12 ? ", ..." : ""));
    }
    return i;
  }
}
