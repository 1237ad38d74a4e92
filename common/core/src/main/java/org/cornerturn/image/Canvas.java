package org.cornerturn.image;

import java.util.Arrays;

/** Pixels to draw on, 24-bit colour, with soft edges where a shape ends between two pixels. */
final class Canvas {
  private final int width;
  private final int height;
  private final int[] rgb;

  Canvas(int width, int height, int background) {
    this.width = width;
    this.height = height;
    this.rgb = new int[Math.multiplyExact(width, height)];
    Arrays.fill(rgb, background);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Colour of a pixel, 0xRRGGBB. */
  int pixel(int x, int y) {
    return rgb[y * width + x];
  }

  /** Mixes a colour into a pixel; nothing happens outside the canvas. */
  void blend(int x, int y, int colour, double cover) {
    if (x < 0 || y < 0 || x >= width || y >= height || cover <= 0) {
      return;
    }
    double c = Math.min(1, cover);
    int old = rgb[y * width + x];
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double from = old >> shift & 0xff;
      double to = colour >> shift & 0xff;
      mixed |= (int) Math.round(from + c * (to - from)) << shift;
    }
    rgb[y * width + x] = mixed;
  }

  /** A filled rectangle of whole pixels. */
  void fill(int x, int y, int w, int h, int colour, double cover) {
    for (int j = y; j < y + h; j++) {
      for (int i = x; i < x + w; i++) {
        blend(i, j, colour, cover);
      }
    }
  }

  /**
   * A vertical stroke one pixel wide from {@code top} to {@code bottom}, which may be fractions.
   */
  void stroke(int x, double top, double bottom, int colour, double cover) {
    for (int y = (int) Math.floor(top); y < bottom; y++) {
      double part = Math.min(bottom, y + 1) - Math.max(top, y);
      blend(x, y, colour, part * cover);
    }
  }

  /** The outline of a circle about one and a half pixels thick; places may be fractions. */
  void circle(double x, double y, double radius, int colour) {
    double reach = radius + 2;
    // Only pixels of the canvas: a circle may be much larger.
    int top = (int) Math.max(0, Math.floor(y - reach));
    int bottom = (int) Math.min(height - 1.0, Math.ceil(y + reach));
    for (int j = top; j <= bottom; j++) {
      double dy = j + 0.5 - y;
      double outer = Math.sqrt(Math.max(0, reach * reach - dy * dy));
      double hollow = Math.max(0, radius - 2);
      double inner = Math.sqrt(Math.max(0, hollow * hollow - dy * dy));
      ring(x - outer, x - inner, j, x, dy, radius, colour);
      ring(x + inner, x + outer, j, x, dy, radius, colour);
    }
  }

  private void ring(double from, double to, int j, double x, double dy, double r, int colour) {
    int first = (int) Math.max(0, Math.floor(from));
    int last = (int) Math.min(width - 1.0, Math.ceil(to) - 1);
    for (int i = first; i <= last; i++) {
      double off = Math.abs(Math.hypot(i + 0.5 - x, dy) - r);
      blend(i, j, colour, Math.min(1, 1.25 - off));
    }
  }

  /** Text whose top left corner is given; {@code scale} pixels to a dot of the font. */
  void text(int x, int y, String text, int colour, int scale) {
    int at = x;
    for (int i = 0; i < text.length(); i++) {
      int[] rows = Font.rows(text.charAt(i));
      for (int r = 0; r < Font.HEIGHT; r++) {
        for (int c = 0; c < Font.WIDTH; c++) {
          if ((rows[r] >> (Font.WIDTH - 1 - c) & 1) == 1) {
            fill(at + c * scale, y + r * scale, scale, scale, colour, 1);
          }
        }
      }
      at += Font.ADVANCE * scale;
    }
  }

  /** Text that reads from bottom to top; its bottom left corner is given. */
  void textUpwards(int x, int y, String text, int colour, int scale) {
    int at = y;
    for (int i = 0; i < text.length(); i++) {
      int[] rows = Font.rows(text.charAt(i));
      for (int r = 0; r < Font.HEIGHT; r++) {
        for (int c = 0; c < Font.WIDTH; c++) {
          if ((rows[r] >> (Font.WIDTH - 1 - c) & 1) == 1) {
            fill(x + r * scale, at - (c + 1) * scale, scale, scale, colour, 1);
          }
        }
      }
      at -= Font.ADVANCE * scale;
    }
  }

  static int textWidth(String text, int scale) {
    return Math.max(0, text.length() * Font.ADVANCE - 1) * scale;
  }
}
