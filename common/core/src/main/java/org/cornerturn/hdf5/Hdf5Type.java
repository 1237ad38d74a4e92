package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.Objects;
import org.cornerturn.array.DataType;

/**
 * A datatype exactly as it stands in a file: byte order, string padding and character set, names of
 * an enumeration, places of a compound's members. It travels as the format's own datatype message.
 */
public final class Hdf5Type implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CURSOR_WIDTH = 8;

  private final StoredType type;

  Hdf5Type(StoredType type) {
    this.type = type;
  }

  /**
   * The type of a datatype message.
   *
   * @throws IllegalArgumentException where it isn't one
   */
  public static Hdf5Type ofMessage(byte[] message) {
    try {
      ByteCursor c = new ByteCursor(message, 0, message.length, CURSOR_WIDTH, CURSOR_WIDTH);
      return new Hdf5Type(new TypeParser(Hdf5Limits.DEFAULT).parse(c));
    } catch (FormatFault e) {
      throw new IllegalArgumentException("not a datatype message: " + e.getMessage(), e);
    }
  }

  /**
   * The type in which the writer keeps elements of a type.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Hdf5Type of(DataType type) {
    return ofMessage(WriteType.encode(type));
  }

  /** NUL-padded ASCII of a fixed number of bytes, as NumPy's {@code S} becomes in h5py. */
  public static Hdf5Type ascii(int bytes) {
    return new Hdf5Type(
        new StoredType.FixedString(Math.max(1, bytes), StoredType.Padding.NUL_PADDED, false));
  }

  /** The datatype message. */
  public byte[] message() {
    return TypeMessage.encode(type);
  }

  /** Bytes of an element in the file. */
  public int size() {
    return type.size();
  }

  /** The type in words, for people. */
  public String describe() {
    return type.describe();
  }

  /** Whether elements are text of any length. */
  public boolean isText() {
    return type instanceof StoredType.VariableString;
  }

  /** Whether elements are of a fixed size and point nowhere, so that bytes are all there is. */
  public boolean isFixed() {
    return FixedPlanner.isFixed(type);
  }

  /** Whether the stored bytes of an element are its little-endian bytes in {@link #dataType}. */
  public boolean isPacked() {
    return isFixed() && !isArray() && form().fixed().isIdentity();
  }

  /** Whether an element is an array itself. */
  public boolean isArray() {
    return type instanceof StoredType.ArrayOf;
  }

  /**
   * Type of an element as {@link DatasetReader} gives it.
   *
   * @throws IllegalArgumentException where there is none
   */
  public DataType dataType() {
    return form().dataType();
  }

  /**
   * Floating-point numbers of any width, as they stand in a file, as the nearest float64: for those
   * that {@link #dataType} has none for, such as the extended precision of x86.
   *
   * @throws IllegalArgumentException where elements aren't floating-point numbers in a plain byte
   *     order
   */
  public double[] nearestDoubles(byte[] stored) {
    if (!(type instanceof StoredType.Floating f) || f.vaxOrder()) {
      throw new IllegalArgumentException("elements of type " + describe() + " aren't such numbers");
    }
    double[] out = new double[stored.length / f.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = WideFloats.nearest(stored, i * f.size(), f);
    }
    return out;
  }

  /**
   * Elements as they stand in a file, from their little-endian bytes in {@link #dataType}.
   *
   * @throws IllegalArgumentException where elements aren't of fixed size, or of odd numbers, which
   *     can't be made again
   */
  public byte[] store(byte[] packed) {
    FixedPlan plan = isFixed() && !isArray() ? form().fixed() : null;
    if (plan == null || !plan.isReversible()) {
      throw new IllegalArgumentException("elements of type " + describe() + " can't be made again");
    }
    if (plan.isIdentity()) {
      return packed;
    }
    int n = packed.length / plan.itemSize();
    byte[] stored = new byte[Math.multiplyExact(n, plan.storedSize())];
    plan.restore(packed, 0, stored, 0, n);
    return stored;
  }

  ElementForm form() {
    try {
      return ElementForm.of(type);
    } catch (FormatFault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The type taken apart. */
  public StoredType stored() {
    return type;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Hdf5Type t && t.type.equals(type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type);
  }

  @Override
  public String toString() {
    return describe();
  }
}
