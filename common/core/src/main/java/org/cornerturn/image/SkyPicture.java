package org.cornerturn.image;

import java.util.List;

/**
 * An image of the sky as a picture: the plane's first row is lowest, so north is up and east to the
 * left. Uses neither files nor fonts of the system.
 *
 * @param stretch of the values
 * @param colours of the brightness
 * @param mostPixels along the longer side; larger planes are averaged over squares of whole pixels
 */
public record SkyPicture(Stretch stretch, ColorMap colours, int mostPixels) {
  private static final int BLANK = 0xc8ced6;
  private static final int LEVELS = 254;

  /** Of a mark, that it can be seen, pixels of the picture. */
  private static final double LEAST_RADIUS = 5;

  public SkyPicture {
    if (mostPixels < 1) {
      throw new IllegalArgumentException("a picture of " + mostPixels + " pixels");
    }
  }

  /**
   * As a PNG file's bytes.
   *
   * @param plane (height, width); NaN is grey
   */
  public byte[] png(float[] plane, int width, int height) {
    return Png.encode(draw(plane, width, height));
  }

  /**
   * As {@link #png(float[], int, int)}, with marks over it.
   *
   * @param marks the first are drawn first
   */
  public byte[] png(float[] plane, int width, int height, List<SkyMark> marks) {
    Canvas canvas = draw(plane, width, height);
    double factor = factor(width, height);
    for (SkyMark mark : marks) {
      double x = (mark.x() + 0.5) / factor;
      double y = canvas.height() - (mark.y() + 0.5) / factor;
      mark.kind().draw(canvas, x, y, Math.max(LEAST_RADIUS, mark.radius() / factor));
    }
    return Png.encode(canvas);
  }

  /**
   * Planes of one size as an animated PNG's bytes.
   *
   * @param milliseconds for which each is shown
   */
  public byte[] animatedPng(List<float[]> planes, int width, int height, int milliseconds) {
    return Png.animate(frames(planes, width, height), milliseconds);
  }

  /** As {@link #animatedPng}, as a GIF's bytes, of 255 levels of brightness. */
  public byte[] gif(List<float[]> planes, int width, int height, int milliseconds) {
    if (planes.isEmpty()) {
      throw new IllegalArgumentException("no planes");
    }
    int factor = factor(width, height);
    int w = (width + factor - 1) / factor;
    int h = (height + factor - 1) / factor;
    Gif gif = new Gif(w, h, palette(), milliseconds);
    for (float[] plane : planes) {
      byte[] indices = new byte[w * h];
      for (int i = 0; i < indices.length; i++) {
        double part = part(plane, width, height, factor, i % w, h - 1 - i / w);
        indices[i] = (byte) (Double.isNaN(part) ? Gif.COLOURS - 1 : (int) (part * LEVELS));
      }
      gif.add(indices);
    }
    return gif.bytes();
  }

  private int[] palette() {
    int[] out = new int[Gif.COLOURS];
    for (int i = 0; i <= LEVELS; i++) {
      out[i] = colours.colour((double) i / LEVELS);
    }
    out[Gif.COLOURS - 1] = BLANK;
    return out;
  }

  private List<Canvas> frames(List<float[]> planes, int width, int height) {
    if (planes.isEmpty()) {
      throw new IllegalArgumentException("no planes");
    }
    return planes.stream().map(p -> draw(p, width, height)).toList();
  }

  /** Pixels of a plane along a side of a pixel of the picture. */
  public int factor(int width, int height) {
    return (Math.max(width, height) + mostPixels - 1) / mostPixels;
  }

  private Canvas draw(float[] plane, int width, int height) {
    if (plane.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException("a plane of another size");
    }
    int factor = factor(width, height);
    int w = (width + factor - 1) / factor;
    int h = (height + factor - 1) / factor;
    Canvas canvas = new Canvas(w, h, BLANK);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double part = part(plane, width, height, factor, x, h - 1 - y);
        if (!Double.isNaN(part)) {
          canvas.fill(x, y, 1, 1, colours.colour(part), 1);
        }
      }
    }
    return canvas;
  }

  /** Brightness of the mean of a square of pixels; NaN where all are. */
  private double part(float[] plane, int width, int height, int factor, int x, int y) {
    double sum = 0;
    int n = 0;
    for (int j = y * factor; j < Math.min(height, (y + 1) * factor); j++) {
      for (int i = x * factor; i < Math.min(width, (x + 1) * factor); i++) {
        float v = plane[j * width + i];
        if (!Float.isNaN(v)) {
          sum += v;
          n++;
        }
      }
    }
    return stretch.part(sum / n);
  }
}
