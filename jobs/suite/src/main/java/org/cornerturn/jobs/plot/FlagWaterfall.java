package org.cornerturn.jobs.plot;

import java.io.IOException;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.image.WaterfallPlot;
import org.cornerturn.image.WaterfallPlot.Range;
import org.cornerturn.measurementset.Msv4Reader;

/**
 * The part of the samples that is flagged, at each time and frequency, over all baselines and
 * correlations, or those of one antenna. One time is in memory at a time.
 */
final class FlagWaterfall {
  private final Msv4Reader set;
  private final boolean[] baselines;

  /**
   * @param baselines which ones count
   */
  FlagWaterfall(Msv4Reader set, boolean[] baselines) {
    this.set = set;
    this.baselines = baselines;
  }

  /**
   * Parts by time and channel; NaN where no baseline counts.
   *
   * @param looked told after each time
   */
  double[][] fractions(Runnable looked) throws IOException {
    Shape shape = set.shape();
    int times = Math.toIntExact(shape.dim(0));
    int all = Math.toIntExact(shape.dim(1));
    int channels = Math.toIntExact(shape.dim(2));
    int correlations = Math.toIntExact(shape.dim(3));
    double[][] fractions = new double[times][channels];
    for (int t = 0; t < times; t++) {
      short[] flags =
          set.flagBits(
              Box.of(new long[] {t, 0, 0, 0}, new long[] {1, all, channels, correlations}));
      long counted = 0;
      long[] flagged = new long[channels];
      for (int b = 0; b < all; b++) {
        if (baselines[b]) {
          counted += correlations;
          int at = b * channels * correlations;
          for (int c = 0; c < channels; c++) {
            for (int p = 0; p < correlations; p++) {
              flagged[c] += flags[at++] != 0 ? 1 : 0;
            }
          }
        }
      }
      for (int c = 0; c < channels; c++) {
        fractions[t][c] = counted == 0 ? Double.NaN : (double) flagged[c] / counted;
      }
      looked.run();
    }
    return fractions;
  }

  /** The picture of them. */
  byte[] png(String title, double[][] fractions) throws IOException {
    double[] hertz = set.frequenciesHz();
    double half = set.channelWidthHz() / 2;
    double seconds = set.integrationSeconds() * fractions.length;
    return new WaterfallPlot(
            title,
            new Range("frequency", "Hz", hertz[0] - half, hertz[hertz.length - 1] + half),
            new Range("time", "s", 0, seconds),
            new Range("flagged", "", 0, 1),
            fractions)
        .png();
  }
}
