package org.cornerturn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.cornerturn.image.Stretch.Curve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkyPictureTest {
  private static final Stretch UNIT = new Stretch(Curve.LINEAR, 0, 1);

  @Test
  void firstRowIsLowestAndBlankIsGrey() throws IOException {
    float[] plane = {0, 1, Float.NaN, 0.5f, -3, 7};
    byte[] png = new SkyPicture(UNIT, ColorMap.GREY, 100).png(plane, 3, 2);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getRGB(0, 1) & 0xffffff).isZero();
    assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0xffffff);
    assertThat(image.getRGB(2, 1) & 0xffffff).isEqualTo(0xc8ced6);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x808080);
    assertThat(image.getRGB(1, 0) & 0xffffff).isZero();
    assertThat(image.getRGB(2, 0) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void largePlanesAreAveraged() throws IOException {
    float[] plane = new float[70 * 50];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (i % 70 + i / 70) % 2;
    }
    byte[] png = new SkyPicture(UNIT, ColorMap.GREY, 35).png(plane, 70, 50);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(35);
    assertThat(image.getHeight()).isEqualTo(25);
    assertThat(image.getRGB(7, 9) & 0xffffff).isEqualTo(0x808080);
  }

  @Test
  void marksAreDrawnOverTheirPixels() throws IOException {
    List<SkyMark> marks =
        List.of(
            new SkyMark(SkyMark.Kind.BEAM, 50, 30, 20, "beam"),
            new SkyMark(SkyMark.Kind.BEAM, 1e7, 30, 1e7, "beam of which an edge is seen"),
            new SkyMark(SkyMark.Kind.PEAK, 80, 10, 0, "peak"));
    byte[] png = new SkyPicture(UNIT, ColorMap.GREY, 100).png(new float[100 * 60], 100, 60, marks);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    for (int x = 0; x < 100; x++) {
      for (int y = 0; y < 60; y++) {
        double r = Math.hypot(x - 50, y - 30);
        boolean drawn = (image.getRGB(x, 59 - y) & 0xffffff) != 0;
        boolean near =
            Math.abs(r - 20) < 2 || x < 2 || Math.abs(x - 80) < 7 && Math.abs(y - 10) < 7;
        assertThat(drawn && !near).as("%d, %d", x, y).isFalse();
        assertThat(drawn).as("%d, %d", x, y).isEqualTo(drawn || Math.abs(r - 20) < 0.7);
      }
    }
    assertThat(image.getRGB(76, 49) & 0xffffff).isEqualTo(SkyMark.Kind.PEAK.colour());
    assertThat(image.getRGB(80, 49) & 0xffffff).isZero();
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void curvesRiseFromDarkToBright(Curve curve) {
    Stretch stretch = new Stretch(curve, -1, 3);
    double last = -1;
    for (double v = -1; v <= 3; v += 0.05) {
      assertThat(stretch.part(v)).isGreaterThan(last);
      last = stretch.part(v);
    }
    assertThat(stretch.part(-5)).isZero();
    assertThat(stretch.part(3)).isCloseTo(1, within(1e-12));
    assertThat(stretch.part(Double.POSITIVE_INFINITY)).isCloseTo(1, within(1e-12));
    assertThat(stretch.part(Double.NaN)).isNaN();
  }

  @Test
  void limitsComeFromTheValues() {
    float[] plane = new float[10_001];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = i / 100f;
    }
    plane[5] = Float.NaN;
    Stretch percent = Stretch.percentiles(Curve.ASINH, plane, 1, 99);
    assertThat(percent.low()).isCloseTo(1, within(0.02));
    assertThat(percent.high()).isCloseTo(99, within(0.02));
    Random random = new Random(2);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) random.nextGaussian() + (i % 100 == 0 ? 1000 : 0);
    }
    Stretch zscale = Stretch.zscale(Curve.LINEAR, plane);
    assertThat(zscale.low()).isBetween(-5.0, -2.0);
    assertThat(zscale.high()).isBetween(3.0, 8.0);
    float[] blank = {Float.NaN, Float.NaN};
    assertThat(Stretch.zscale(Curve.LINEAR, blank).part(0)).isZero();
    float[] same = {4, 4, 4};
    assertThat(Stretch.percentiles(Curve.LINEAR, same, 0, 100).part(4)).isZero();
  }

  @Test
  void colourMapsEndWhereTheySay() {
    assertThat(ColorMap.GREY.colour(0)).isZero();
    assertThat(ColorMap.GREY.colour(2)).isEqualTo(0xffffff);
    assertThat(ColorMap.PAPER.colour(0)).isEqualTo(0xffffff);
    assertThat(ColorMap.DUSK.colour(-1)).isEqualTo(0x0b1030);
    assertThat(ColorMap.HEAT.colour(1)).isEqualTo(0xffffff);
  }

  @Test
  void animationsShowEachPlane() throws IOException {
    int width = 131;
    int height = 97;
    Random random = new Random(7);
    float[][] planes = new float[4][width * height];
    for (float[] plane : planes) {
      for (int i = 0; i < plane.length; i++) {
        // Noise fills the code's table several times over; a flat part makes long codes.
        plane[i] = i < plane.length / 2 ? random.nextFloat() : 0.25f;
      }
    }
    SkyPicture picture = new SkyPicture(UNIT, ColorMap.GREY, 1000);
    byte[] gif = picture.gif(List.of(planes), width, height, 200);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(4);
      for (int f = 0; f < 4; f++) {
        BufferedImage frame = reader.read(f);
        for (int i = 0; i < width * height; i += 37) {
          int grey = frame.getRGB(i % width, height - 1 - i / width) & 0xff;
          assertThat((double) grey).isCloseTo(255 * planes[f][i], within(1.6));
        }
      }
    } finally {
      reader.dispose();
    }
    byte[] png = picture.animatedPng(List.of(planes), width, height, 200);
    BufferedImage first = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(first.getRGB(0, 0) & 0xff).isEqualTo(64);
    String text = new String(png, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("acTL", "fcTL", "fdAT");
    assertThat(text.split("fcTL", -1)).hasSize(5);
    assertThat(picture.animatedPng(List.of(planes), width, height, 200)).isEqualTo(png);
    assertThatThrownBy(() -> picture.gif(List.of(), 1, 1, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.copyOf(gif, 6)).isEqualTo("GIF89a".getBytes(StandardCharsets.US_ASCII));
  }
}
