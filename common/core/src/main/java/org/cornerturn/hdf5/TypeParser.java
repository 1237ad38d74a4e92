package org.cornerturn.hdf5;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.cornerturn.hdf5.StoredType.Padding;
import org.cornerturn.hdf5.StoredType.Reference;
import org.cornerturn.hdf5.StoredType.Target;
import org.cornerturn.hdf5.StoredType.Time;
import org.cornerturn.hdf5.StoredType.VariableSequence;
import org.cornerturn.hdf5.StoredType.VariableString;

/** Reads datatype messages, versions 1 to 5. */
final class TypeParser {
  private static final int MAX_RANK = 32;

  private final int maxDepth;

  TypeParser(Hdf5Limits limits) {
    this.maxDepth = limits.typeDepth();
  }

  StoredType parse(ByteCursor c) {
    return parse(c, 0);
  }

  private StoredType parse(ByteCursor c, int depth) {
    if (depth > maxDepth) {
      throw FormatFault.broken("a datatype nested deeper than " + maxDepth);
    }
    int head = c.u8();
    int version = head >> 4;
    if (version < 1 || version > 5) {
      throw FormatFault.unsupported("version " + version + " of the datatype message");
    }
    int bits = (int) c.unsigned(3);
    int size = c.size32();
    if (size == 0) {
      throw FormatFault.broken("a datatype of 0 bytes");
    }
    return switch (head & 0xf) {
      case 0 -> integer(c, bits, size);
      case 1 -> floating(c, bits, size);
      case 2 -> time(c, size);
      case 3 -> new FixedString(size, padding(bits & 0xf), (bits >> 4 & 0xf) == 1);
      case 4 -> bitField(c, bits, size);
      case 5 -> opaque(c, bits, size);
      case 6 -> compound(c, version, bits & 0xffff, size, depth);
      case 7 -> reference(bits, size);
      case 8 -> enumeration(c, version, bits & 0xffff, size, depth);
      case 9 -> variable(c, bits, size, depth);
      case 10 -> array(c, version, size, depth);
      case 11 -> complex(c, size, depth);
      default -> throw FormatFault.unsupported("datatype class " + (head & 0xf));
    };
  }

  private static Int integer(ByteCursor c, int bits, int size) {
    int offset = c.u16();
    int precision = c.u16();
    checkBits(size, offset, precision);
    return new Int(size, (bits & 8) != 0, (bits & 1) != 0, offset, precision);
  }

  private static BitField bitField(ByteCursor c, int bits, int size) {
    int offset = c.u16();
    int precision = c.u16();
    checkBits(size, offset, precision);
    return new BitField(size, (bits & 1) != 0, offset, precision);
  }

  private static void checkBits(int size, int offset, int precision) {
    if (precision == 0 || offset + precision > 8L * size) {
      throw FormatFault.broken(
          "a number of " + precision + " bits from bit " + offset + " in " + size + " bytes");
    }
  }

  private static Floating floating(ByteCursor c, int bits, int size) {
    int offset = c.u16();
    int precision = c.u16();
    int expAt = c.u8();
    int expBits = c.u8();
    int mantissaAt = c.u8();
    int mantissaBits = c.u8();
    long bias = c.u32();
    int sign = bits >> 8 & 0xff;
    checkBits(size, offset, precision);
    if (expBits == 0
        || mantissaBits == 0
        || expAt + expBits > 8L * size
        || mantissaAt + mantissaBits > 8L * size
        || sign >= 8L * size) {
      throw FormatFault.broken("a floating-point type whose parts lie outside it");
    }
    boolean low = (bits & 1) != 0;
    boolean high = (bits >> 6 & 1) != 0;
    return new Floating(
        size,
        low && !high,
        high,
        offset,
        precision,
        sign,
        expAt,
        expBits,
        mantissaAt,
        mantissaBits,
        bits >> 4 & 3,
        bias);
  }

  private static Time time(ByteCursor c, int size) {
    c.skip(2);
    return new Time(size);
  }

  private static Padding padding(int code) {
    return switch (code) {
      case 0 -> Padding.NUL_TERMINATED;
      case 1 -> Padding.NUL_PADDED;
      case 2 -> Padding.SPACE_PADDED;
      default -> throw FormatFault.broken("string padding " + code);
    };
  }

  private static OpaqueBytes opaque(ByteCursor c, int bits, int size) {
    return new OpaqueBytes(size, c.text(bits & 0xff));
  }

  private static Reference reference(int bits, int size) {
    Target target =
        switch (bits & 0xf) {
          case 0 -> Target.OBJECT;
          case 1 -> Target.REGION;
          default -> Target.REVISED;
        };
    return new Reference(size, target);
  }

  private Compound compound(ByteCursor c, int version, int count, int size, int depth) {
    if (count == 0) {
      throw FormatFault.broken("a compound type without members");
    }
    int offsetBytes = bytesFor(size);
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = name(c, version);
      int offset = version >= 3 ? (int) c.unsigned(offsetBytes) : c.size32();
      List<Integer> dims = version == 1 ? memberDims(c) : List.of();
      StoredType type = parse(c, depth + 1);
      if (!dims.isEmpty()) {
        type = new ArrayOf(arraySize(dims, type), dims, type);
      }
      if (offset < 0 || offset > size - type.size()) {
        throw FormatFault.broken("member " + name + " lies outside its compound type");
      }
      if (!names.add(name)) {
        throw FormatFault.broken("a compound type with two members " + name);
      }
      members.add(new Member(name, offset, type));
    }
    return new Compound(size, List.copyOf(members));
  }

  /** Array extents of a version 1 member; its permutation was never used. */
  private static List<Integer> memberDims(ByteCursor c) {
    int rank = c.u8();
    c.skip(3 + 4 + 4);
    if (rank > 4) {
      throw FormatFault.broken("a member with " + rank + " dimensions");
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int d = c.size32();
      if (i < rank) {
        dims.add(d);
      }
    }
    return List.copyOf(dims);
  }

  private static int arraySize(List<Integer> dims, StoredType type) {
    long n = type.size();
    for (int d : dims) {
      if (d == 0) {
        throw FormatFault.broken("an array type with an empty dimension");
      }
      n *= d;
      if (n > Integer.MAX_VALUE) {
        throw FormatFault.broken("an array type beyond 2 GiB");
      }
    }
    return (int) n;
  }

  private static int bytesFor(int size) {
    int n = 1;
    while (n < 4 && size >>> 8 * n != 0) {
      n++;
    }
    return n;
  }

  private static String name(ByteCursor c, int version) {
    if (version >= 3) {
      return c.terminated();
    }
    int before = c.position();
    String name = c.terminated();
    int length = c.position() - before;
    c.skip((8 - length % 8) % 8);
    return name;
  }

  private Enumeration enumeration(ByteCursor c, int version, int count, int size, int depth) {
    if (!(parse(c, depth + 1) instanceof Int base) || base.size() != size || base.size() > 8) {
      throw FormatFault.unsupported("an enumeration that isn't over an integer of up to 8 bytes");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(name(c, version));
    }
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(IntegerBits.read(c.bytes(size), 0, base));
    }
    return new Enumeration(base, List.copyOf(names), List.copyOf(values));
  }

  private StoredType variable(ByteCursor c, int bits, int size, int depth) {
    StoredType element = parse(c, depth + 1);
    return switch (bits & 0xf) {
      case 0 -> new VariableSequence(size, element);
      case 1 -> new VariableString(size, padding(bits >> 4 & 0xf), (bits >> 8 & 0xf) == 1);
      default -> throw FormatFault.broken("variable-length type " + (bits & 0xf));
    };
  }

  private ArrayOf array(ByteCursor c, int version, int size, int depth) {
    int rank = c.u8();
    if (rank == 0 || rank > MAX_RANK) {
      throw FormatFault.broken("an array type of " + rank + " dimensions");
    }
    if (version < 3) {
      c.skip(3);
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(c.size32());
    }
    if (version < 3) {
      c.skip(4L * rank);
    }
    StoredType element = parse(c, depth + 1);
    if (arraySize(dims, element) != size) {
      throw FormatFault.broken("an array type of " + size + " bytes for " + dims);
    }
    return new ArrayOf(size, List.copyOf(dims), element);
  }

  private Complex complex(ByteCursor c, int size, int depth) {
    if (!(parse(c, depth + 1) instanceof Floating part) || part.size() * 2L != size) {
      throw FormatFault.unsupported("a complex type that isn't two floating-point numbers");
    }
    return new Complex(size, part);
  }
}
