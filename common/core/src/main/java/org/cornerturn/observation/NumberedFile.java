package org.cornerturn.observation;

import java.util.Comparator;

/**
 * A file with the subband number that the grouping goes by.
 *
 * @param number from its name or, failing that, its frequencies
 */
record NumberedFile(int number, SubbandFile file) {
  /** By start, then number, then name: total, so the order of the input leaves no trace. */
  static final Comparator<NumberedFile> BY_START =
      Comparator.comparing((NumberedFile f) -> f.file.time().start())
          .thenComparingInt(NumberedFile::number)
          .thenComparing(f -> f.file.file().uri());

  static final Comparator<NumberedFile> NEWEST_FIRST =
      Comparator.comparing(f -> f.file.file(), FileVersion.NEWEST_FIRST);

  Member member() {
    return new Member(number, file);
  }

  LeftOut leftOut(LeftOut.Cause cause, String reason) {
    return new LeftOut(file, number, cause, reason);
  }

  double startsAfter(NumberedFile other) {
    return file.time().secondsAfter(other.file.time().start());
  }
}
