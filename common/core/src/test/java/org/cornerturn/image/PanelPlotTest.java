package org.cornerturn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.cornerturn.image.PanelPlot.Curve;
import org.cornerturn.image.PanelPlot.Panel;
import org.cornerturn.image.WaterfallPlot.Range;
import org.junit.jupiter.api.Test;

class PanelPlotTest {
  private static final Range ACROSS = new Range("frequency", "Hz", 1.3e9, 1.5e9);
  private static final Range PHASE = new Range("phase", "deg", -180, 180);
  private static final double[] X =
      IntStream.range(0, 101).mapToDouble(i -> 1.3e9 + i * 2e6).toArray();

  private static BufferedImage drawn(PanelPlot plot) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(plot.png()));
  }

  private static PanelPlot of(double turn, double[]... curves) {
    List<Panel> panels = new ArrayList<>();
    for (double[] y : curves) {
      panels.add(new Panel("DSA-" + panels.size(), panels.size() == 1, List.of(new Curve(X, y))));
    }
    return new PanelPlot("gains", ACROSS, PHASE, turn, panels);
  }

  private static double[] constant(double value) {
    return IntStream.range(0, X.length).mapToDouble(i -> value).toArray();
  }

  /** Bluish pixels of a panel, which only a first curve has. */
  private static int curvePixels(BufferedImage image, int left, int top, int width, int height) {
    int n = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int rgb = image.getRGB(x, y);
        int red = rgb >> 16 & 0xff;
        int blue = rgb & 0xff;
        n += blue - red > 120 ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void eachPanelHasItsCurveAndTheSameBytesEachTime() throws IOException {
    PanelPlot plot = of(360, constant(0), constant(90), constant(Double.NaN));
    assertThat(plot.png()).isEqualTo(plot.png());
    BufferedImage image = drawn(plot);
    assertThat(image.getWidth()).isEqualTo(1518);
    assertThat(curvePixels(image, 84, 66, 224, 112)).isBetween(200, 260);
    assertThat(curvePixels(image, 84 + 238, 66, 224, 56))
        .as("90 is in the upper half")
        .isPositive();
    assertThat(curvePixels(image, 84 + 238, 66 + 57, 224, 55)).isZero();
    assertThat(curvePixels(image, 84 + 476, 66, 224, 112)).as("nothing but gaps").isZero();
  }

  @Test
  void manyPanelsGoOnInRowsBelow() throws IOException {
    double[][] many = new double[117][];
    java.util.Arrays.setAll(many, i -> constant(i));
    BufferedImage image = drawn(of(360, many));
    assertThat(image.getHeight()).isEqualTo(66 + 20 * 112 + 19 * 30 + 58);
    int last = 66 + 19 * 142;
    assertThat(curvePixels(image, 84 + 2 * 238, last, 224, 112)).isPositive();
    assertThat(curvePixels(image, 84 + 3 * 238, last, 224, 112)).isZero();
  }

  @Test
  void phasesThatGoOnAtTheOtherEndAreNotJoined() throws IOException {
    double[] wrapping = constant(170);
    for (int i = 50; i < wrapping.length; i++) {
      wrapping[i] = -170;
    }
    int apart = curvePixels(drawn(of(360, wrapping)), 84, 66, 224, 112);
    int joined = curvePixels(drawn(of(Double.POSITIVE_INFINITY, wrapping)), 84, 66, 224, 112);
    assertThat(joined - apart).isGreaterThan(80);
  }

  @Test
  void aPointAloneIsSeenAndWhatIsOutsideIsAtTheEdge() throws IOException {
    double[] one = constant(Double.NaN);
    one[50] = 0;
    assertThat(curvePixels(drawn(of(360, one)), 84, 66, 224, 112)).isBetween(1, 6);
    one[50] = 1000;
    assertThat(curvePixels(drawn(of(360, one)), 84, 66, 224, 6)).isPositive();
  }

  @Test
  void impossibleOnesAreRefused() {
    assertThatThrownBy(() -> of(360)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Curve(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Range("phase", "deg", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
