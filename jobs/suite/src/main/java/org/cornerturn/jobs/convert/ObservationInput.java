package org.cornerturn.jobs.convert;

import java.util.List;

/**
 * The files that become one processing set.
 *
 * @param files each with its sub-band; one file of the whole band has -1
 * @param missing sub-bands that have no file
 */
record ObservationInput(List<Subband> files, List<Integer> missing) {
  /** A file with its sub-band's number, counted from the highest frequencies. */
  record Subband(int number, Uvh5Scan scan) {}

  ObservationInput {
    files = List.copyOf(files);
    missing = List.copyOf(missing);
  }

  /** A file that is an observation by itself. */
  static ObservationInput single(Uvh5Scan scan) {
    return new ObservationInput(List.of(new Subband(-1, scan)), List.of());
  }
}
