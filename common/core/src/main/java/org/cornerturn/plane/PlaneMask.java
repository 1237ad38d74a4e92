package org.cornerturn.plane;

import java.util.BitSet;

/** Pixels that are chosen, of a plane. */
public final class PlaneMask {
  private final int width;
  private final int height;
  private final BitSet bits;

  private PlaneMask(int width, int height) {
    this.width = width;
    this.height = height;
    bits = new BitSet(Math.multiplyExact(width, height));
  }

  /** No pixel. */
  public static PlaneMask none(int width, int height) {
    return new PlaneMask(width, height);
  }

  /** Every pixel at least {@code border} pixels from the plane's edges. */
  public static PlaneMask inside(int width, int height, int border) {
    PlaneMask mask = new PlaneMask(width, height);
    for (int y = border; y < height - border; y++) {
      if (width > 2 * border) {
        mask.bits.set(y * width + border, y * width + width - border);
      }
    }
    return mask;
  }

  /** Pixels that are neither 0 nor NaN, as in a mask's FITS image. */
  public static PlaneMask of(float[] plane, int width, int height) {
    PlaneMask mask = new PlaneMask(width, height);
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] != 0 && !Float.isNaN(plane[i])) {
        mask.bits.set(i);
      }
    }
    return mask;
  }

  /**
   * A mask of {@link #words}.
   *
   * @throws IllegalArgumentException when they hold pixels beyond the plane
   */
  public static PlaneMask ofWords(long[] words, int width, int height) {
    PlaneMask mask = new PlaneMask(width, height);
    mask.bits.or(BitSet.valueOf(words));
    if (mask.bits.length() > width * height) {
      throw new IllegalArgumentException("a mask of more than " + width + " x " + height);
    }
    return mask;
  }

  /** A bit for each pixel in C order, the first the lowest; zeros at the end are left out. */
  public long[] words() {
    return bits.toLongArray();
  }

  /** 1 where chosen, 0 elsewhere. */
  public float[] plane() {
    float[] out = new float[width * height];
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      out[i] = 1;
    }
    return out;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public boolean contains(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && bits.get(y * width + x);
  }

  public void add(int x, int y) {
    bits.set(y * width + x);
  }

  /** Chooses a pixel by its place in the plane's array. */
  public void add(int index) {
    bits.set(index);
  }

  /** Chooses pixels {@code from} to {@code to}, without the last, of a row; outside nothing is. */
  public void addRow(int y, int from, int to) {
    int first = Math.max(0, from);
    int end = Math.min(width, to);
    if (y >= 0 && y < height && first < end) {
      bits.set(y * width + first, y * width + end);
    }
  }

  public int count() {
    return bits.cardinality();
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** What both have. */
  public PlaneMask and(PlaneMask other) {
    PlaneMask out = copy(other);
    out.bits.and(other.bits);
    return out;
  }

  /** What either has. */
  public PlaneMask or(PlaneMask other) {
    PlaneMask out = copy(other);
    out.bits.or(other.bits);
    return out;
  }

  /** What this has and the other hasn't. */
  public PlaneMask without(PlaneMask other) {
    PlaneMask out = copy(other);
    out.bits.andNot(other.bits);
    return out;
  }

  private PlaneMask copy(PlaneMask other) {
    if (other.width != width || other.height != height) {
      throw new IllegalArgumentException("masks of different sizes");
    }
    PlaneMask out = new PlaneMask(width, height);
    out.bits.or(bits);
    return out;
  }

  /** Every pixel within a disk about one that is chosen. */
  public PlaneMask grown(double radius) {
    PlaneMask out = new PlaneMask(width, height);
    int reach = (int) radius;
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      for (int dy = -reach; dy <= reach; dy++) {
        int half = (int) Math.sqrt(radius * radius - dy * dy);
        out.addRow(i / width + dy, i % width - half, i % width + half + 1);
      }
    }
    return out;
  }

  /** Pixels about which the whole disk of a radius is chosen; beyond the edges counts as chosen. */
  public PlaneMask eroded(double radius) {
    PlaneMask outside = new PlaneMask(width, height);
    outside.bits.set(0, width * height);
    outside.bits.andNot(bits);
    PlaneMask out = new PlaneMask(width, height);
    out.bits.or(bits);
    out.bits.andNot(outside.grown(radius).bits);
    return out;
  }

  /** First chosen pixel of a row from {@code x} on; the width where there is none. */
  public int runStart(int y, int x) {
    if (x >= width) {
      return width;
    }
    int at = bits.nextSetBit(y * width + x);
    return at < 0 || at >= (y + 1) * width ? width : at - y * width;
  }

  /** First pixel from {@code x} on that is not chosen; the width where there is none. */
  public int runEnd(int y, int x) {
    return Math.min(width, bits.nextClearBit(y * width + x) - y * width);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlaneMask o
        && o.width == width
        && o.height == height
        && o.bits.equals(bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode() * 31 + width;
  }
}
