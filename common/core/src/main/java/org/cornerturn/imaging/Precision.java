package org.cornerturn.imaging;

/** How numbers of grids and images are kept. Arithmetic is of double precision with either. */
public enum Precision {
  /** 4 bytes. Good to an accuracy of about 1e-6. */
  SINGLE(4, 0x1p-24),
  /** 8 bytes. */
  DOUBLE(8, 0x1p-53);

  private final int bytes;
  private final double rounding;

  Precision(int bytes, double rounding) {
    this.bytes = bytes;
    this.rounding = rounding;
  }

  /** Of a number, relative to it. */
  double rounding() {
    return rounding;
  }

  /** Of a real number. */
  public int bytes() {
    return bytes;
  }
}
