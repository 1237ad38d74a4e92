package org.cornerturn.jobs.demo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.image.WaterfallPlot;
import org.cornerturn.image.WaterfallPlot.Range;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.storage.ObjectStore;

/**
 * Draws a measurement set as a waterfall: the first polarization's amplitudes over time and
 * frequency, their mean over all baselines of two antennas, what is flagged left out.
 */
final class VisibilityPicture {
  /** Share of the values beyond either end of the colours. */
  private static final double BEYOND = 0.05;

  private VisibilityPicture() {}

  /** A PNG file's bytes. */
  static byte[] draw(ObjectStore store) throws IOException {
    ProcessingSet set = ProcessingSet.open(store);
    Msv4Reader data = set.measurementSet(set.names().get(0));
    double[][] mean = means(data);
    double[] hertz = data.frequenciesHz();
    double width = data.channelWidthHz();
    double[] sorted =
        Arrays.stream(mean).flatMapToDouble(Arrays::stream).filter(v -> v >= 0).sorted().toArray();
    int edge = (int) (BEYOND * sorted.length);
    double low = sorted.length == 0 ? 0 : sorted[edge];
    double high = sorted.length == 0 ? 1 : sorted[sorted.length - 1 - edge];
    Shape shape = data.shape();
    List<String> first = data.antenna1Names();
    List<String> second = data.antenna2Names();
    long pairs =
        IntStream.range(0, first.size()).filter(b -> !first.get(b).equals(second.get(b))).count();
    String title =
        String.format(
            Locale.ROOT,
            "%s of %d baselines, %d integrations, %d channels",
            data.polarizations().get(0),
            pairs,
            shape.dim(0),
            shape.dim(2));
    return new WaterfallPlot(
            title,
            new Range("frequency", "Hz", hertz[0] - width / 2, hertz[hertz.length - 1] + width / 2),
            new Range("time", "s", 0, shape.dim(0) * data.integrationSeconds()),
            new Range("mean |V|", "Jy", low, high > low ? high : low + 1),
            mean)
        .png();
  }

  /** (time, frequency); NaN where all is flagged. */
  private static double[][] means(Msv4Reader data) throws IOException {
    Shape shape = data.shape();
    int channels = (int) shape.dim(2);
    List<String> first = data.antenna1Names();
    List<String> second = data.antenna2Names();
    double[][] mean = new double[(int) shape.dim(0)][channels];
    for (int t = 0; t < mean.length; t++) {
      Box box = Box.of(new long[] {t, 0, 0, 0}, new long[] {1, shape.dim(1), channels, 1});
      float[] visibilities = data.visibilities(box);
      byte[] flags = data.flags(box);
      int[] count = new int[channels];
      for (int b = 0; b < first.size(); b++) {
        if (first.get(b).equals(second.get(b))) {
          continue;
        }
        for (int c = 0; c < channels; c++) {
          int i = b * channels + c;
          if (flags[i] == 0) {
            mean[t][c] += Math.hypot(visibilities[2 * i], visibilities[2 * i + 1]);
            count[c]++;
          }
        }
      }
      for (int c = 0; c < channels; c++) {
        mean[t][c] = count[c] == 0 ? Double.NaN : mean[t][c] / count[c];
      }
    }
    return mean;
  }
}
