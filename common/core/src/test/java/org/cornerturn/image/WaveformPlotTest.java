package org.cornerturn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.simulate.Waveform;
import org.junit.jupiter.api.Test;

class WaveformPlotTest {
  private static final int BLUE = 0x1f6feb;

  private static BufferedImage decode(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** The overview of simulated traces, as the demo draws them. */
  private static WaveformPlot simulated() {
    int n = 400_000;
    Waveform w = Waveform.minimal(5).withShape(2, 1, 2, n);
    w = new Waveform(5, 2, 1, 2, n, Waveform.Signal.SINE, w.intervalSeconds(), 5_000);
    List<WaveformPlot.Trace> traces = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      for (int s = 0; s < 2; s++) {
        short[] adc = new short[n];
        w.trace(c, 0, s).fill(0, adc, 0, n);
        Overview overview = new Overview(Primitive.INT16, n);
        overview.begin(0, n);
        overview.samples(Block.toBytes(adc), 0, n);
        overview.finish();
        byte[] bytes = Overview.join(Primitive.INT16, n, List.of(overview.part()));
        int bins = Overview.bins(n);
        double[][] volts = new double[2][bins];
        for (int i = 0; i < 2 * bins; i++) {
          short v = (short) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
          volts[i / bins][i % bins] = v * (double) w.gain(c, 0) - w.offset(c, 0);
        }
        String label = "channel " + c + ", segment " + s;
        traces.add(new WaveformPlot.Trace(label, 0, n * 2e-9, volts[0], volts[1]));
      }
    }
    return new WaveformPlot("scope.zarr: raw, 400000 samples", "V", traces);
  }

  @Test
  void simulatedTracesGiveAPicture() throws IOException {
    byte[] png = simulated().png();
    BufferedImage image = decode(png);
    assertThat(image.getWidth()).isEqualTo(1280);
    assertThat(image.getHeight()).isEqualTo(56 + 4 * 200 + 3 * 30 + 58);
    assertThat(simulated().png()).as("the same bytes again").isEqualTo(png);
    Path target = Path.of("target", "waveform-plot.png");
    Files.write(target, png);
  }

  /** A single spike of one bin among 100,000 must be seen. */
  @Test
  void aSpikeIsDrawn() throws IOException {
    double[] min = new double[100_000];
    double[] max = new double[100_000];
    max[77_777] = 1;
    WaveformPlot plot =
        new WaveformPlot("spike", "V", List.of(new WaveformPlot.Trace("t", 0, 1, min, max)));
    BufferedImage image = decode(plot.png());
    int x = 92 + (int) (0.77777 * 1159);
    boolean seen = false;
    for (int i = x - 1; i <= x + 1; i++) {
      seen |= near(image.getRGB(i, 56 + 100));
    }
    assertThat(seen).isTrue();
    assertThat(near(image.getRGB(x - 20, 56 + 100))).isFalse();
  }

  private static boolean near(int rgb) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      distance += Math.abs((rgb >> shift & 0xff) - (BLUE >> shift & 0xff));
    }
    return distance < 90;
  }

  @Test
  void flatEmptyAndHugeTracesAreDrawn() throws IOException {
    double[] flat = {3, 3};
    double[] nothing = new double[10];
    Arrays.fill(nothing, Double.NaN);
    double[] huge = {-1e300, 1e300};
    for (double[] v : List.of(flat, nothing, huge, new double[] {0})) {
      WaveformPlot plot =
          new WaveformPlot("żółw", "V", List.of(new WaveformPlot.Trace("t", -1, 0, v, v)));
      assertThat(decode(plot.png()).getHeight()).isEqualTo(314);
    }
  }

  @Test
  void ticksAreRoundAndShort() {
    Axis ms = Axis.of(0, 0.2, 10);
    assertThat(ms.prefix()).isEqualTo("m");
    assertThat(ms.ticks().stream().map(ms::label))
        .containsExactly("0", "20", "40", "60", "80", "100", "120", "140", "160", "180", "200");
    Axis small = Axis.of(-0.15, 0.35, 6);
    assertThat(small.ticks().stream().map(small::label))
        .containsExactly("-100", "0", "100", "200", "300");
  }

  @Test
  void mistakesAreRefused() {
    assertThatThrownBy(() -> new WaveformPlot("t", "V", List.of())).hasMessageContaining("traces");
    assertThatThrownBy(() -> new WaveformPlot.Trace("t", 0, 1, new double[2], new double[3]))
        .hasMessageContaining("2 minima");
  }
}
