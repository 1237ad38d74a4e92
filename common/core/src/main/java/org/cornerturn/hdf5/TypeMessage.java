package org.cornerturn.hdf5;

import java.nio.charset.StandardCharsets;
import org.cornerturn.hdf5.StoredType.ArrayOf;
import org.cornerturn.hdf5.StoredType.BitField;
import org.cornerturn.hdf5.StoredType.Complex;
import org.cornerturn.hdf5.StoredType.Compound;
import org.cornerturn.hdf5.StoredType.Enumeration;
import org.cornerturn.hdf5.StoredType.FixedString;
import org.cornerturn.hdf5.StoredType.Floating;
import org.cornerturn.hdf5.StoredType.Int;
import org.cornerturn.hdf5.StoredType.Member;
import org.cornerturn.hdf5.StoredType.OpaqueBytes;
import org.cornerturn.hdf5.StoredType.Reference;
import org.cornerturn.hdf5.StoredType.Time;
import org.cornerturn.hdf5.StoredType.VariableSequence;
import org.cornerturn.hdf5.StoredType.VariableString;

/**
 * Datatype messages (format specification 3.0, IV.A.2.d) of types as they stand in a file: what
 * {@link TypeParser} reads, this writes. Atomic types are of version 1, compounds, enumerations and
 * arrays of version 3, which HDF5 1.8 reads; the complex numbers of HDF5 2.0 are of version 5.
 */
final class TypeMessage {
  private TypeMessage() {}

  static byte[] encode(StoredType type) {
    WriteBuffer out = new WriteBuffer();
    put(out, type);
    return out.toBytes();
  }

  private static void head(WriteBuffer out, int version, int kind, int bits, int size) {
    out.u8(version << 4 | kind).number(bits, 3).u32(size);
  }

  private static void put(WriteBuffer out, StoredType type) {
    if (type instanceof Int i) {
      head(out, 1, 0, (i.signed() ? 8 : 0) | order(i.bigEndian()), i.size());
      out.u16(i.bitOffset()).u16(i.precision());
    } else if (type instanceof Floating f) {
      floating(out, f);
    } else if (type instanceof Time t) {
      head(out, 1, 2, 0, t.size());
      out.u16(8 * t.size());
    } else if (type instanceof FixedString s) {
      head(out, 1, 3, s.padding().ordinal() | (s.utf8() ? 0x10 : 0), s.size());
    } else if (type instanceof BitField b) {
      head(out, 1, 4, order(b.bigEndian()), b.size());
      out.u16(b.bitOffset()).u16(b.precision());
    } else if (type instanceof OpaqueBytes o) {
      opaque(out, o);
    } else if (type instanceof Compound c) {
      compound(out, c);
    } else if (type instanceof Reference r) {
      head(out, 1, 7, r.target().ordinal(), r.size());
    } else if (type instanceof Enumeration e) {
      enumeration(out, e);
    } else if (type instanceof VariableString s) {
      head(out, 1, 9, 1 | s.padding().ordinal() << 4 | (s.utf8() ? 0x100 : 0), s.size());
      put(out, new Int(1, false, false, 0, 8));
    } else if (type instanceof VariableSequence s) {
      head(out, 1, 9, 0, s.size());
      put(out, s.element());
    } else if (type instanceof ArrayOf a) {
      head(out, 3, 10, 0, a.size());
      out.u8(a.dims().size());
      a.dims().forEach(d -> out.u32(d));
      put(out, a.element());
    } else if (type instanceof Complex c) {
      head(out, 5, 11, 0, c.size());
      put(out, c.part());
    }
  }

  private static int order(boolean bigEndian) {
    return bigEndian ? 1 : 0;
  }

  private static void floating(WriteBuffer out, Floating f) {
    int order = f.vaxOrder() ? 0x41 : order(f.bigEndian());
    head(out, 1, 1, order | f.normalization() << 4 | f.signLocation() << 8, f.size());
    out.u16(f.bitOffset()).u16(f.precision());
    out.u8(f.exponentLocation()).u8(f.exponentSize());
    out.u8(f.mantissaLocation()).u8(f.mantissaSize()).u32(f.bias());
  }

  private static void opaque(WriteBuffer out, OpaqueBytes o) {
    byte[] tag = o.tag().getBytes(StandardCharsets.UTF_8);
    // With at least one NUL, up to a multiple of eight.
    int length = (tag.length + 8) / 8 * 8;
    head(out, 1, 5, length, o.size());
    out.bytes(tag).zeros(length - tag.length);
  }

  private static void compound(WriteBuffer out, Compound c) {
    head(out, 3, 6, c.members().size(), c.size());
    int width = WriteType.offsetWidth(c.size());
    for (Member m : c.members()) {
      out.bytes(m.name().getBytes(StandardCharsets.UTF_8)).u8(0).number(m.offset(), width);
      put(out, m.type());
    }
  }

  private static void enumeration(WriteBuffer out, Enumeration e) {
    head(out, 3, 8, e.names().size(), e.size());
    put(out, e.base());
    e.names().forEach(n -> out.bytes(n.getBytes(StandardCharsets.UTF_8)).u8(0));
    for (long v : e.values()) {
      byte[] b = new byte[e.size()];
      for (int i = 0; i < b.length; i++) {
        int at = e.base().bigEndian() ? b.length - 1 - i : i;
        b[at] = (byte) (v << e.base().bitOffset() >>> 8 * i);
      }
      out.bytes(b);
    }
  }
}
