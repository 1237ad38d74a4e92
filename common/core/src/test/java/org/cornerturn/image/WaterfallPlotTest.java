package org.cornerturn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.cornerturn.image.WaterfallPlot.Range;
import org.junit.jupiter.api.Test;

class WaterfallPlotTest {
  private static WaterfallPlot plot(double[][] values) {
    return new WaterfallPlot(
        "two by three",
        new Range("frequency", "Hz", 1.3e9, 1.5e9),
        new Range("time", "s", 0, 300),
        new Range("mean |V|", "Jy", 0, 10),
        values);
  }

  @Test
  void valuesStandWhereTheirRowAndColumnAre() throws IOException {
    double[][] values = {{0, 5, 10}, {Double.NaN, 20, -3}};
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(plot(values).png()));
    assertThat(image.getWidth()).isEqualTo(1280);
    int dark = image.getRGB(200, 100) & 0xffffff;
    int middle = image.getRGB(600, 100) & 0xffffff;
    int bright = image.getRGB(1000, 100) & 0xffffff;
    assertThat(dark).isEqualTo(0x0b1030);
    assertThat(middle).isEqualTo(0xae5a9b);
    assertThat(bright).isEqualTo(0xfdf3a8);
    // NaN grey, beyond the ends the ends' colours.
    assertThat(image.getRGB(200, 450) & 0xffffff).isEqualTo(0xc8ced6);
    assertThat(image.getRGB(600, 450) & 0xffffff).isEqualTo(bright);
    assertThat(image.getRGB(1000, 450) & 0xffffff).isEqualTo(dark);
    assertThat(plot(values).png()).isEqualTo(plot(values).png());
  }

  @Test
  void whatCantBeDrawnIsRefused() {
    assertThatThrownBy(() -> plot(new double[0][0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plot(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Range("time", "s", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
