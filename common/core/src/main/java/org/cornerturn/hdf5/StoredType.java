package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** A datatype as it stands in a file (specification IV.A.2.d), taken apart. */
public sealed interface StoredType extends Serializable {
  /** Bytes of an element in the file. */
  int size();

  /** The type in words, for people. */
  String describe();

  /** An integer of {@code precision} bits that start {@code bitOffset} bits above the lowest. */
  record Int(int size, boolean signed, boolean bigEndian, int bitOffset, int precision)
      implements StoredType {
    @Override
    public String describe() {
      String bits = precision == 8 * size ? "" : " in " + 8 * size + " bits";
      return (signed ? "int" : "uint") + precision + bits + order(size, bigEndian);
    }
  }

  /** A binary floating-point number; locations and sizes in bits. */
  record Floating(
      int size,
      boolean bigEndian,
      boolean vaxOrder,
      int bitOffset,
      int precision,
      int signLocation,
      int exponentLocation,
      int exponentSize,
      int mantissaLocation,
      int mantissaSize,
      int normalization,
      long bias)
      implements StoredType {

    /** Whether it is binary16, 32 or 64 of IEEE 754, in either byte order. */
    public boolean isIeee() {
      boolean fits =
          switch (size) {
            case 2 -> layout(16, 15, 10, 5, 10, 15);
            case 4 -> layout(32, 31, 23, 8, 23, 127);
            case 8 -> layout(64, 63, 52, 11, 52, 1023);
            default -> false;
          };
      return fits && !vaxOrder && bitOffset == 0 && mantissaLocation == 0 && normalization == 2;
    }

    private boolean layout(int bits, int sign, int expAt, int expBits, int mantissa, long expBias) {
      return precision == bits
          && signLocation == sign
          && exponentLocation == expAt
          && exponentSize == expBits
          && mantissaSize == mantissa
          && bias == expBias;
    }

    @Override
    public String describe() {
      if (vaxOrder) {
        return "float" + precision + " (VAX)";
      }
      String odd =
          isIeee() ? "" : " (exponent " + exponentSize + ", mantissa " + mantissaSize + " bits)";
      return "float" + precision + odd + order(size, bigEndian);
    }
  }

  /** A time, which no library defines further. */
  record Time(int size) implements StoredType {
    @Override
    public String describe() {
      return "time of " + size + " bytes";
    }
  }

  /** How text that is shorter than its place ends. */
  enum Padding {
    NUL_TERMINATED,
    NUL_PADDED,
    SPACE_PADDED
  }

  /** Text in a place of {@code size} bytes. */
  record FixedString(int size, Padding padding, boolean utf8) implements StoredType {
    @Override
    public String describe() {
      return "string of " + size + " bytes" + (utf8 ? ", UTF-8" : "");
    }
  }

  /** Bits without a meaning as a number; see {@link Int} for their place. */
  record BitField(int size, boolean bigEndian, int bitOffset, int precision) implements StoredType {
    @Override
    public String describe() {
      return "bitfield" + precision + order(size, bigEndian);
    }
  }

  /** Bytes without a meaning but for the tag. */
  record OpaqueBytes(int size, String tag) implements StoredType {
    @Override
    public String describe() {
      return "opaque of " + size + " bytes" + (tag.isEmpty() ? "" : " (" + tag + ")");
    }
  }

  /** A part of a {@link Compound}; {@code offset} in bytes from its start. */
  record Member(String name, int offset, StoredType type) implements Serializable {}

  /** Named members, which may overlap and need not fill the element. */
  record Compound(int size, List<Member> members) implements StoredType {
    @Override
    public String describe() {
      return members.stream()
          .map(m -> m.name() + ": " + m.type().describe())
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** What a reference points to. */
  enum Target {
    OBJECT,
    REGION,
    /** The references of HDF5 1.12, whose encoding differs. */
    REVISED
  }

  /** A pointer to another object or a part of it. */
  record Reference(int size, Target target) implements StoredType {
    @Override
    public String describe() {
      return switch (target) {
        case OBJECT -> "object reference";
        case REGION -> "region reference";
        case REVISED -> "reference (1.12)";
      };
    }
  }

  /** Integers that have names; names and values in step, in the file's order. */
  record Enumeration(Int base, List<String> names, List<Long> values) implements StoredType {
    @Override
    public int size() {
      return base.size();
    }

    /** Whether this is the enumeration that stands for booleans: one byte, FALSE 0 and TRUE 1. */
    public boolean isBoolean() {
      if (base.size() != 1 || names.size() != 2) {
        return false;
      }
      int f = names.indexOf("FALSE");
      int t = names.indexOf("TRUE");
      return f >= 0 && t >= 0 && values.get(f) == 0 && values.get(t) == 1;
    }

    @Override
    public String describe() {
      return isBoolean()
          ? "boolean"
          : "enumeration of " + names.size() + " over " + base.describe();
    }
  }

  /** Text of any length, kept in a heap; {@code size} bytes point to it. */
  record VariableString(int size, Padding padding, boolean utf8) implements StoredType {
    @Override
    public String describe() {
      return "string" + (utf8 ? ", UTF-8" : "");
    }
  }

  /** Elements of any number, kept in a heap; {@code size} bytes point to them. */
  record VariableSequence(int size, StoredType element) implements StoredType {
    @Override
    public String describe() {
      return "sequence of " + element.describe();
    }
  }

  /** An array within an element, slowest axis first. */
  record ArrayOf(int size, List<Integer> dims, StoredType element) implements StoredType {
    @Override
    public String describe() {
      return "array " + dims + " of " + element.describe();
    }
  }

  /** The native complex number of HDF5 2.0: real, then imaginary part. */
  record Complex(int size, Floating part) implements StoredType {
    @Override
    public String describe() {
      return "complex of " + part.describe();
    }
  }

  private static String order(int size, boolean bigEndian) {
    return size == 1 ? "" : bigEndian ? " big-endian" : "";
  }
}
