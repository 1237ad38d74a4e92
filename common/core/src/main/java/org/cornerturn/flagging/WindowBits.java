package org.cornerturn.flagging;

/**
 * The reasons that flagging itself sets, in one byte, since a window of visibilities holds one for
 * each sample. Bits 1 to 7 stand for bits 8 to 14 of stored flags, bit 0 for their bit 1.
 */
public final class WindowBits {
  /** Listed antennas, baselines and channels. */
  public static final byte STATIC = 1;

  /** Exactly zero, infinite, or no number. */
  public static final byte ZERO = 1 << 1;

  /** An antenna with itself. */
  public static final byte AUTOCORRELATION = 1 << 2;

  /** Shadowed, too low, or outside of the uv range. */
  public static final byte GEOMETRY = 1 << 3;

  /** At the beginning or end of a scan. */
  public static final byte QUACK = 1 << 4;

  /** Interference, by its strength. */
  public static final byte RFI = 1 << 5;

  /** Beside interference in time, frequency or polarization. */
  public static final byte RFI_EXTENSION = 1 << 6;

  /** Too much around it is flagged. */
  public static final byte TOTALS = (byte) (1 << 7);

  /** Whatever was found in the data. */
  static final int FOUND = (RFI | RFI_EXTENSION | TOTALS) & 0xff;

  /** How far bits 1 to 7 go up. */
  private static final int SHIFT = 7;

  private WindowBits() {}

  /** The same reasons as bits of stored flags. */
  public static int widen(byte bits) {
    return (bits & 0xfe) << SHIFT | (bits & STATIC) << 1;
  }
}
