package org.cornerturn.plane;

import java.util.Arrays;

/** Pixels that are chosen, of a plane. */
public final class PlaneMask {
  private final int width;
  private final int height;

  /** A bit for each pixel in C order, the first the lowest. */
  private final long[] words;

  private PlaneMask(int width, int height) {
    this.width = width;
    this.height = height;
    words = new long[(Math.multiplyExact(width, height) + 63) >>> 6];
  }

  /** No pixel. */
  public static PlaneMask none(int width, int height) {
    return new PlaneMask(width, height);
  }

  /** Every pixel at least {@code border} pixels from the plane's edges. */
  public static PlaneMask inside(int width, int height, int border) {
    PlaneMask mask = new PlaneMask(width, height);
    for (int y = border; y < height - border; y++) {
      mask.addRow(y, border, width - border);
    }
    return mask;
  }

  /** Pixels that are neither 0 nor NaN, as in a mask's FITS image. */
  public static PlaneMask of(float[] plane, int width, int height) {
    PlaneMask mask = new PlaneMask(width, height);
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] != 0 && !Float.isNaN(plane[i])) {
        mask.add(i);
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
    int most = Math.min(words.length, mask.words.length);
    System.arraycopy(words, 0, mask.words, 0, most);
    boolean beyond = mask.next(width * height, mask.words.length << 6, 0) < mask.words.length << 6;
    for (int i = most; i < words.length; i++) {
      beyond |= words[i] != 0;
    }
    if (beyond) {
      throw new IllegalArgumentException("a mask of more than " + width + " x " + height);
    }
    return mask;
  }

  /** A bit for each pixel in C order, the first the lowest; zeros at the end are left out. */
  public long[] words() {
    int length = words.length;
    while (length > 0 && words[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(words, length);
  }

  /** 1 where chosen, 0 elsewhere. */
  public float[] plane() {
    float[] out = new float[width * height];
    int end = width * height;
    for (int i = next(0, end, 0); i < end; i = next(i + 1, end, 0)) {
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
    return x >= 0 && y >= 0 && x < width && y < height && isChosen(y * width + x);
  }

  public void add(int x, int y) {
    add(y * width + x);
  }

  /** Chooses a pixel by its place in the plane's array. */
  public void add(int index) {
    words[index >>> 6] |= 1L << index;
  }

  /** Chooses pixels {@code from} to {@code to}, without the last, of a row; outside nothing is. */
  public void addRow(int y, int from, int to) {
    int first = Math.max(0, from);
    int end = Math.min(width, to);
    if (y >= 0 && y < height && first < end) {
      int low = y * width + first;
      int high = y * width + end - 1;
      long head = -1L << low;
      long tail = -1L >>> 63 - (high & 63);
      if (low >>> 6 == high >>> 6) {
        words[low >>> 6] |= head & tail;
      } else {
        words[low >>> 6] |= head;
        Arrays.fill(words, (low >>> 6) + 1, high >>> 6, -1L);
        words[high >>> 6] |= tail;
      }
    }
  }

  public int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  public boolean isEmpty() {
    return next(0, words.length << 6, 0) == words.length << 6;
  }

  /** What both have. */
  public PlaneMask and(PlaneMask other) {
    PlaneMask out = copy(other);
    for (int i = 0; i < words.length; i++) {
      out.words[i] &= other.words[i];
    }
    return out;
  }

  /** What either has. */
  public PlaneMask or(PlaneMask other) {
    PlaneMask out = copy(other);
    for (int i = 0; i < words.length; i++) {
      out.words[i] |= other.words[i];
    }
    return out;
  }

  /** What this has and the other hasn't. */
  public PlaneMask without(PlaneMask other) {
    PlaneMask out = copy(other);
    for (int i = 0; i < words.length; i++) {
      out.words[i] &= ~other.words[i];
    }
    return out;
  }

  private PlaneMask copy(PlaneMask other) {
    if (other.width != width || other.height != height) {
      throw new IllegalArgumentException("masks of different sizes");
    }
    PlaneMask out = new PlaneMask(width, height);
    System.arraycopy(words, 0, out.words, 0, words.length);
    return out;
  }

  /** Every pixel within a disk about one that is chosen. */
  public PlaneMask grown(double radius) {
    PlaneMask out = new PlaneMask(width, height);
    int reach = (int) radius;
    int end = width * height;
    for (int i = next(0, end, 0); i < end; i = next(i + 1, end, 0)) {
      for (int dy = -reach; dy <= reach; dy++) {
        int half = (int) Math.sqrt(radius * radius - dy * dy);
        out.addRow(i / width + dy, i % width - half, i % width + half + 1);
      }
    }
    return out;
  }

  /** Pixels about which the whole disk of a radius is chosen; beyond the edges counts as chosen. */
  public PlaneMask eroded(double radius) {
    return without(inside(width, height, 0).without(this).grown(radius));
  }

  /** First chosen pixel of a row from {@code x} on; the width where there is none. */
  public int runStart(int y, int x) {
    if (x >= width) {
      return width;
    }
    return next(y * width + x, (y + 1) * width, 0) - y * width;
  }

  /** First pixel from {@code x} on that is not chosen; the width where there is none. */
  public int runEnd(int y, int x) {
    return next(y * width + x, (y + 1) * width, -1) - y * width;
  }

  private boolean isChosen(int index) {
    return (words[index >>> 6] >>> index & 1) != 0;
  }

  /**
   * First pixel of a range that is chosen, or with all bits turned (-1) isn't; its end for none.
   */
  private int next(int from, int end, long turned) {
    if (from >= end) {
      return end;
    }
    int at = from >>> 6;
    long word = (words[at] ^ turned) & -1L << from;
    while (word == 0 && ++at << 6 < end) {
      word = words[at] ^ turned;
    }
    return word == 0 ? end : Math.min(end, (at << 6) + Long.numberOfTrailingZeros(word));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlaneMask o
        && o.width == width
        && o.height == height
        && Arrays.equals(o.words, words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words) * 31 + width;
  }
}
