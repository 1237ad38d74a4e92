package org.cornerturn.observation;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What grouping needs to know of a file.
 *
 * @param number subband number from its name, 0 for the highest frequencies; {@link #UNNUMBERED}
 *     where the name has none
 * @param telescope files of different telescopes never share an observation
 * @param antennas antennas in the data
 * @param baselines baselines in the data
 * @param polarizations AIPS codes, in the file's order
 * @param declinationRad where the telescope points, apparent; NaN where the file doesn't say
 */
public record SubbandFile(
    FileVersion file,
    int number,
    String telescope,
    TimeSpan time,
    Band band,
    int antennas,
    int baselines,
    List<Integer> polarizations,
    double declinationRad)
    implements Serializable {
  /** {@link #number()} of a file whose name has none. */
  public static final int UNNUMBERED = -1;

  private static final Pattern NUMBER = Pattern.compile(".*_sb(\\d{1,3})(?:\\D.*)?");

  public SubbandFile {
    Objects.requireNonNull(file);
    Objects.requireNonNull(telescope);
    Objects.requireNonNull(time);
    Objects.requireNonNull(band);
    polarizations = List.copyOf(polarizations);
  }

  /** The number in a name such as {@code 2022-01-20T08:30:05_sb03.hdf5}. */
  public static OptionalInt numberIn(String name) {
    Matcher m = NUMBER.matcher(name);
    return m.matches() ? OptionalInt.of(Integer.parseInt(m.group(1))) : OptionalInt.empty();
  }
}
