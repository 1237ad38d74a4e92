package org.cornerturn.image;

import java.util.Locale;

/**
 * A mark over an image of the sky.
 *
 * @param x column of the image, counted from 0 at the middle of the first pixel
 * @param y row
 * @param radius pixels of the image
 * @param label what it is
 */
public record SkyMark(Kind kind, double x, double y, double radius, String label) {

  /** What is marked. */
  public enum Kind {
    /** A source of a catalogue that is found. */
    FOUND("sources of the catalogue, found", 0x4ade80) {
      @Override
      void draw(Canvas canvas, double x, double y, double radius) {
        canvas.circle(x, y, radius, colour());
      }
    },
    /** A source of a catalogue that should be seen and isn't. */
    MISSED("sources of the catalogue, not found", 0xf87171) {
      @Override
      void draw(Canvas canvas, double x, double y, double radius) {
        canvas.circle(x, y, radius, colour());
        canvas.circle(x, y, radius / 2, colour());
      }
    },
    /** A peak of the image. */
    PEAK("peaks of the image", 0x67e8f9) {
      @Override
      void draw(Canvas canvas, double x, double y, double radius) {
        int arm = (int) Math.round(radius);
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        canvas.fill(i - arm, j, arm - 1, 1, colour(), 1);
        canvas.fill(i + 2, j, arm - 1, 1, colour(), 1);
        canvas.fill(i, j - arm, 1, arm - 1, colour(), 1);
        canvas.fill(i, j + 2, 1, arm - 1, colour(), 1);
      }
    },
    /** Where the antennas' beam falls to a level. */
    BEAM("the antennas' beam", 0xfacc15) {
      @Override
      void draw(Canvas canvas, double x, double y, double radius) {
        canvas.circle(x, y, radius, colour());
      }
    };

    private final String about;
    private final int colour;

    Kind(String about, int colour) {
      this.about = about;
      this.colour = colour;
    }

    abstract void draw(Canvas canvas, double x, double y, double radius);

    /** What it is, in a legend. */
    public String about() {
      return about;
    }

    /** 0xRRGGBB. */
    public int colour() {
      return colour;
    }

    /** The colour as {@code #rrggbb}. */
    public String hex() {
      return String.format(Locale.ROOT, "#%06x", colour);
    }
  }

  public SkyMark {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !(radius >= 0)) {
      throw new IllegalArgumentException("a mark at " + x + ", " + y + " of " + radius);
    }
  }
}
