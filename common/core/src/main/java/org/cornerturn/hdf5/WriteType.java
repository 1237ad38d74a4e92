package org.cornerturn.hdf5;

import java.nio.charset.StandardCharsets;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;

/**
 * Datatype messages (format specification 3.0, IV.A.2.d). Atomic types are of version 1, compounds,
 * enumerations and arrays of version 3; all of them HDF5 1.8 reads. A complex number is a compound
 * of r and i, a boolean an enumeration of FALSE and TRUE over a byte, as h5py has them.
 */
final class WriteType {
  private static final int FIXED = 0;
  private static final int FLOAT = 1;
  private static final int STRING = 3;
  private static final int OPAQUE = 5;
  private static final int COMPOUND = 6;
  private static final int ENUM = 8;
  private static final int VLEN = 9;
  private static final int ARRAY = 10;

  /** Stored bytes of a reference to text of any length: length, heap address, index. */
  static final int TEXT_REFERENCE = 16;

  private WriteType() {}

  /**
   * @throws IllegalArgumentException for sequences, which aren't written
   */
  static byte[] encode(DataType type) {
    WriteBuffer out = new WriteBuffer();
    put(out, type);
    return out.toBytes();
  }

  private static void put(WriteBuffer out, DataType type) {
    if (type instanceof Primitive p) {
      primitive(out, p);
    } else if (type instanceof DataType.FixedText t) {
      // NUL-padded UTF-8.
      head(out, 1, STRING, 0x11, t.length());
    } else if (type instanceof DataType.Text) {
      // NUL-terminated UTF-8 of any length, over unsigned bytes.
      head(out, 1, VLEN, 0x0101, TEXT_REFERENCE);
      primitive(out, Primitive.UINT8);
    } else if (type instanceof DataType.Opaque o) {
      head(out, 1, OPAQUE, 8, o.length());
      out.zeros(8);
    } else if (type instanceof DataType.Struct s) {
      compound(out, s);
    } else {
      throw new IllegalArgumentException(type + " can't be written to HDF5");
    }
  }

  private static void head(WriteBuffer out, int version, int kind, int bits, int size) {
    out.u8(version << 4 | kind).number(bits, 3).u32(size);
  }

  private static void primitive(WriteBuffer out, Primitive p) {
    switch (p) {
      case BOOL -> {
        head(out, 3, ENUM, 2, 1);
        primitive(out, Primitive.INT8);
        out.ascii("FALSE").u8(0).ascii("TRUE").u8(0).u8(0).u8(1);
      }
      case INT8, INT16, INT32, INT64 -> fixed(out, p, 0x08);
      case UINT8, UINT16, UINT32, UINT64 -> fixed(out, p, 0);
      case FLOAT16 -> real(out, 2, 10, 5, 10, 15);
      case FLOAT32 -> real(out, 4, 23, 8, 23, 127);
      case FLOAT64 -> real(out, 8, 52, 11, 52, 1023);
      case COMPLEX64 -> complex(out, Primitive.FLOAT32);
      case COMPLEX128 -> complex(out, Primitive.FLOAT64);
    }
  }

  private static void fixed(WriteBuffer out, Primitive p, int bits) {
    head(out, 1, FIXED, bits, p.itemSize());
    out.u16(0).u16(8 * p.itemSize());
  }

  private static void real(
      WriteBuffer out, int size, int exponentAt, int exponent, int mantissa, int bias) {
    // Mantissa with an implied leading one; the sign is the highest bit.
    head(out, 1, FLOAT, 0x20 | (8 * size - 1) << 8, size);
    out.u16(0).u16(8 * size).u8(exponentAt).u8(exponent).u8(0).u8(mantissa).u32(bias);
  }

  private static void complex(WriteBuffer out, Primitive part) {
    int size = 2 * part.itemSize();
    head(out, 3, COMPOUND, 2, size);
    out.ascii("r").u8(0).u8(0);
    primitive(out, part);
    out.ascii("i").u8(0).u8(part.itemSize());
    primitive(out, part);
  }

  private static void compound(WriteBuffer out, DataType.Struct s) {
    int size = s.itemSize();
    int width = offsetWidth(size);
    head(out, 3, COMPOUND, s.fields().size(), size);
    int offset = 0;
    for (DataType.Field f : s.fields()) {
      out.bytes(f.name().getBytes(StandardCharsets.UTF_8)).u8(0).number(offset, width);
      if (f.shape().rank() > 0) {
        head(out, 3, ARRAY, 0, f.byteSize());
        out.u8(f.shape().rank());
        for (long d : f.shape().dims()) {
          out.u32(d);
        }
      }
      put(out, f.type());
      offset += f.byteSize();
    }
  }

  /** Bytes that hold a member's offset: as few as the compound's size needs. */
  static int offsetWidth(int size) {
    return (32 - Integer.numberOfLeadingZeros(size) + 7) / 8;
  }
}
