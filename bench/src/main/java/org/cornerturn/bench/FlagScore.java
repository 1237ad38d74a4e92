package org.cornerturn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cornerturn.array.Box;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.storage.LocalStore;

/**
 * How well a processing set's flags find interference whose place is known, crosses alone:
 * completeness, the part of the samples with interference that is flagged, and false alarms, the
 * part of those without it. Arguments: SET.ps.zarr TRUTH.arrays.
 */
public final class FlagScore {
  private FlagScore() {}

  /**
   * @param args the set and the truth
   */
  public static void main(String[] args) throws IOException {
    ProcessingSet set = ProcessingSet.open(new LocalStore(Path.of(args[0])));
    Msv4Reader reader = set.measurementSet(set.names().get(0)).group(DataGroup.FLAGGED);
    byte[] truth = truth(Path.of(args[1]));
    List<String> one = reader.antenna1Names();
    List<String> two = reader.antenna2Names();
    int channels = (int) reader.shape().dim(2);
    int correlations = (int) reader.shape().dim(3);
    long bad = 0;
    long hit = 0;
    long good = 0;
    long wrong = 0;
    for (int t = 0; t < reader.shape().dim(0); t++) {
      long[] extent = reader.shape().dims();
      extent[0] = 1;
      short[] flags = reader.flagBits(Box.of(new long[] {t, 0, 0, 0}, extent));
      for (int i = 0; i < flags.length; i++) {
        int baseline = i / (channels * correlations);
        if (one.get(baseline).equals(two.get(baseline))) {
          continue;
        }
        int flagged = flags[i] == 0 ? 0 : 1;
        if (truth[t * channels + i / correlations % channels] != 0) {
          bad++;
          hit += flagged;
        } else {
          good++;
          wrong += flagged;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "interference %.4f, completeness %.5f, false alarms %.5f%n",
        (double) bad / (bad + good),
        (double) hit / bad,
        (double) wrong / good);
  }

  private static byte[] truth(Path file) throws IOException {
    String name = file.getFileName().toString();
    try (LocalStore store = new LocalStore(file.toAbsolutePath().getParent());
        Hdf5File hdf5 = Hdf5File.open(store.open(name))) {
      Hdf5Dataset d = hdf5.dataset("/rfi_mask");
      return hdf5.read(d.source(), d.manifest()).bytes();
    }
  }
}
