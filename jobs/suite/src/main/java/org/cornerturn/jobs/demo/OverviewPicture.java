package org.cornerturn.jobs.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.image.WaveformPlot;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrGroup;

/** Draws a waveform store from its {@code overview/0}: a panel for each trace, in volts. */
final class OverviewPicture {
  private static final int MOST_TRACES = 64;

  /** Blocks that a trace is cut into, by the overview's rule: as many, or up to twice as many. */
  private static final long BLOCKS = 4000;

  private OverviewPicture() {}

  /** A PNG file's bytes; of a store with more traces than a picture holds, the first ones. */
  static byte[] draw(ObjectStore store) throws IOException {
    ZarrGroup root = ZarrGroup.open(store, "");
    ZarrArray overview = root.array("overview/0");
    Shape raw = root.array("raw").metadata().shape();
    ObjectNode attributes = root.attributes();
    double interval = attributes.path("horiz_interval").asDouble();
    long samples = raw.dim(3);
    long bins = overview.metadata().shape().dim(4);
    double seconds = bins * Math.max(1, samples / BLOCKS) * interval;
    List<WaveformPlot.Trace> traces = new ArrayList<>();
    for (int c = 0; c < raw.dim(0); c++) {
      for (int t = 0; t < raw.dim(1); t++) {
        double gain = attributes.path("vertical_gains").path(c).path(t).asDouble();
        double offset = attributes.path("vertical_offsets").path(c).path(t).asDouble();
        for (int s = 0; s < raw.dim(2) && traces.size() < MOST_TRACES; s++) {
          double[] volts =
              overview
                  .read(Box.of(new long[] {c, t, s, 0, 0}, new long[] {1, 1, 1, 2, bins}))
                  .toDoubles();
          int n = (int) bins;
          double[] min = new double[n];
          double[] max = new double[n];
          for (int i = 0; i < n; i++) {
            double a = volts[i] * gain - offset;
            double b = volts[n + i] * gain - offset;
            min[i] = Math.min(a, b);
            max[i] = Math.max(a, b);
          }
          traces.add(new WaveformPlot.Trace(label(raw, c, t, s), 0, seconds, min, max));
        }
      }
    }
    String title =
        String.format(
            Locale.ROOT,
            "%d traces of %,d samples, %s apart",
            raw.dim(0) * raw.dim(1) * raw.dim(2),
            samples,
            time(interval));
    return new WaveformPlot(title, "V", traces).png();
  }

  private static String label(Shape raw, int channel, int trc, int segment) {
    return "channel "
        + (channel + 1)
        + (raw.dim(1) > 1 ? ", trc " + (trc + 1) : "")
        + ", segment "
        + (segment + 1);
  }

  private static String time(double seconds) {
    return seconds < 1e-6 ? threeDigits(seconds * 1e9) + " ns" : threeDigits(seconds * 1e6) + " us";
  }

  private static String threeDigits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
