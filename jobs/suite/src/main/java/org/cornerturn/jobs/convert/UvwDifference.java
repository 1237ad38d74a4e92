package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.radio.BaselineVectors;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.Uvh5Exception;
import org.cornerturn.uvh5.Uvh5File;

/**
 * How far the uvw that files state are from those of their antennas.
 *
 * @param largestMetres largest difference of any u, v or w
 * @param turns whether delays that were taken out of visibilities are others than the antennas'
 * @param requests range requests that the comparison took
 * @param bytesRead bytes that it read
 */
record UvwDifference(double largestMetres, boolean turns, long requests, long bytesRead) {
  /** Cells whose uvw are read at a time. */
  private static final int PIECE = 1 << 16;

  /**
   * Compares the uvw of all files of an observation, reading them once.
   *
   * @param reference whose grid of times and baselines the others' rows are put in
   * @param phasing with the antennas
   * @throws Uvh5Exception where a file's uvw point the other way
   */
  static UvwDifference of(
      ObservationInput files, Uvh5Scan reference, Phasing phasing, Map<String, String> hadoop)
      throws IOException {
    Comparison all = new Comparison(phasing);
    for (ObservationInput.Subband s : files.files()) {
      Comparison one = new Comparison(phasing);
      one.read(s.scan(), TimeMatch.of(s.scan(), reference), hadoop);
      all.largest = Math.max(all.largest, one.largest);
      all.turns |= one.turns;
      all.requests += one.requests;
      all.bytesRead += one.bytesRead;
    }
    return new UvwDifference(all.largest, all.turns, all.requests, all.bytesRead);
  }

  private static final class Comparison {
    private final Phasing phasing;
    private double largest;
    private boolean turns;
    private long requests;
    private long bytesRead;
    private double squaresOfDifference;
    private double squaresOfSum;

    Comparison(Phasing phasing) {
      this.phasing = phasing;
    }

    void read(Uvh5Scan scan, TimeMatch match, Map<String, String> hadoop) throws IOException {
      InputFile input = scan.input();
      int times = phasing.instants().size();
      int baselines = phasing.antennas().count();
      int step = Math.max(1, PIECE / Math.max(1, baselines));
      try (ObjectStore store = Stores.open(input.folder(), hadoop);
          ObjectChannel channel = store.open(input.key());
          Uvh5File file = Uvh5File.open(channel)) {
        for (int t = 0; t < times; t += step) {
          int n = Math.min(step, times - t);
          double[] stated = RowSource.uvwMetres(file.rows(), match.rows(t, n, 0, baselines));
          for (int i = 0; i < n; i++) {
            compare(t + i, stated, 3 * i * baselines);
          }
        }
        requests = channel.requests();
        bytesRead = channel.bytesRead();
      }
      if (squaresOfSum < squaresOfDifference / 100) {
        throw new Uvh5Exception(
            input.uri(),
            "/Header/uvw_array",
            "uvw are those of the antennas with the other sign, and visibilities go with them",
            "Leave --uvw-from-antennas out, or have uvw negated and visibilities conjugated first");
      }
    }

    private void compare(int time, double[] stated, int at) {
      double[] computed = phasing.antennas().uvw(phasing.frame(time));
      boolean taken = phasing.delaysTaken(time);
      for (int i = 0; i < computed.length; i++) {
        double uvw = stated[at + i];
        if (Double.isNaN(uvw)) {
          continue;
        }
        double apart = Math.abs(uvw - computed[i]);
        largest = Math.max(largest, apart);
        turns |= taken && i % 3 == 2 && !BaselineVectors.agree(uvw, computed[i]);
        squaresOfDifference += apart * apart;
        squaresOfSum += (uvw + computed[i]) * (uvw + computed[i]);
      }
    }
  }
}
