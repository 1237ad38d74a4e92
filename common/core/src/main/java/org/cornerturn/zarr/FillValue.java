package org.cornerturn.zarr;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;

/**
 * The element that stands where nothing has been written: the little-endian bytes of a fixed-size
 * element, the UTF-8 bytes of a text, or the bytes of a sequence.
 */
public final class FillValue implements Serializable {
  private static final long serialVersionUID = 1L;
  private final byte[] bytes;
  private final boolean stated;

  private FillValue(byte[] bytes) {
    this(bytes, true);
  }

  private FillValue(byte[] bytes, boolean stated) {
    this.bytes = bytes;
    this.stated = stated;
  }

  /**
   * No fill value ({@code null} in Zarr v2; v3 states zero): every chunk is stored. Readers that
   * take a v2 fill value for "missing", as xarray does, then see every element.
   */
  public static FillValue unstated(DataType type) {
    return new FillValue(new byte[Math.max(0, type.itemSize())], false);
  }

  /** Whether metadata state this value, so that chunks of nothing else may be left out. */
  public boolean isStated() {
    return stated;
  }

  /** Zero, the empty text, the empty sequence. */
  public static FillValue zero(DataType type) {
    return new FillValue(new byte[Math.max(0, type.itemSize())]);
  }

  /**
   * @param bytes one element in the convention of {@link org.cornerturn.array.Block}
   * @throws IllegalArgumentException when the length isn't that of the type
   */
  public static FillValue of(DataType type, byte[] bytes) {
    if (type.isFixedSize() && bytes.length != type.itemSize()) {
      throw new IllegalArgumentException(
          "fill value of " + bytes.length + " bytes for " + type.itemSize() + "-byte elements");
    }
    return new FillValue(bytes.clone());
  }

  /** A float type's NaN; for complex types in both components. */
  public static FillValue nan(Primitive type) {
    ByteBuffer b = ByteBuffer.allocate(type.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      switch (type) {
        case FLOAT16 -> b.putShort((short) 0x7e00);
        case FLOAT32, COMPLEX64 -> b.putFloat(Float.NaN);
        case FLOAT64, COMPLEX128 -> b.putDouble(Double.NaN);
        default -> throw new IllegalArgumentException(type + " has no NaN");
      }
    }
    return new FillValue(b.array());
  }

  /** The element's bytes, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Fills {@code target[from, to)} with this element, {@code from} being an element's first byte.
   */
  void fill(byte[] target, int from, int to) {
    if (from >= to) {
      return;
    }
    if (isZero()) {
      Arrays.fill(target, from, to, (byte) 0);
      return;
    }
    System.arraycopy(bytes, 0, target, from, bytes.length);
    // Doubling the filled part is a handful of large copies instead of one per element.
    int done = bytes.length;
    int length = to - from;
    while (done < length) {
      int n = Math.min(done, length - done);
      System.arraycopy(target, from, target, from + done, n);
      done += n;
    }
  }

  /** Whether every element in {@code data[from, to)} has exactly this value's bytes. */
  boolean fills(byte[] data, int from, int to) {
    if (from >= to) {
      return true;
    }
    int w = bytes.length;
    return Arrays.equals(data, from, from + w, bytes, 0, w)
        && Arrays.equals(data, from, to - w, data, from + w, to);
  }

  int size() {
    return bytes.length;
  }

  /** The same without zero bytes at its end. */
  FillValue withoutPadding() {
    int n = bytes.length;
    while (n > 0 && bytes[n - 1] == 0) {
      n--;
    }
    return new FillValue(Arrays.copyOf(bytes, n), stated);
  }

  boolean isZero() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FillValue f && stated == f.stated && Arrays.equals(bytes, f.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return stated ? "0x" + HexFormat.of().formatHex(bytes) : "none";
  }
}
