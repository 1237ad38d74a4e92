package org.cornerturn.jobs.crossmatch;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A match as it is planned.
 *
 * @param name by which the tables call it
 * @param parts folder of what tasks leave for others
 * @param indexes keys of the indexes of runs, left and right
 * @param zones number of zones of declination
 * @param mostRows of a zone with its margins
 * @param file key of the file; null for the table
 * @param warehouse of the tables
 */
record Crossmatch(
    String name,
    CrossmatchParameters parameters,
    Side left,
    Side right,
    String parts,
    List<String> leftIndexes,
    List<String> rightIndexes,
    int zones,
    long mostRows,
    String file,
    String warehouse)
    implements Serializable {
  Crossmatch {
    leftIndexes = List.copyOf(leftIndexes);
    rightIndexes = List.copyOf(rightIndexes);
  }

  String pairs(int zone) {
    return parts + String.format(Locale.ROOT, "/pairs-%05d", zone);
  }

  /** What a zone's task has counted. */
  String tally(int zone) {
    return pairs(zone) + ".tally";
  }

  /** Data files that a zone's task has written. */
  String dataFiles(int zone) {
    return pairs(zone) + ".json";
  }
}
