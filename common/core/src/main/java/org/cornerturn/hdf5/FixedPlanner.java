package org.cornerturn.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.FixedPlan.Copy;
import org.cornerturn.hdf5.FixedPlan.OddBits;
import org.cornerturn.hdf5.FixedPlan.OddFloat;
import org.cornerturn.hdf5.FixedPlan.OddInt;
import org.cornerturn.hdf5.FixedPlan.Repeat;
import org.cornerturn.hdf5.FixedPlan.Step;
import org.cornerturn.hdf5.FixedPlan.Swap;
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

/** Finds the {@link DataType} of a fixed-size stored type and the steps that lead to it. */
final class FixedPlanner {
  private static final List<Set<String>> COMPLEX_NAMES =
      List.of(Set.of("r", "i"), Set.of("real", "imag"));

  private final List<Step> steps = new ArrayList<>();

  private FixedPlanner() {}

  /** Whether every part of the type has a fixed size of its own, references excluded. */
  static boolean isFixed(StoredType type) {
    if (type instanceof Compound c) {
      return c.members().stream().allMatch(m -> isFixed(m.type()));
    }
    if (type instanceof ArrayOf a) {
      return isFixed(a.element());
    }
    return !(type instanceof StoredType.VariableString
        || type instanceof StoredType.VariableSequence
        || type instanceof StoredType.Reference);
  }

  static FixedPlan plan(StoredType type) {
    FixedPlanner p = new FixedPlanner();
    DataType out = p.add(type, 0, 0);
    return new FixedPlan(type.size(), out, FixedPlan.joined(p.steps));
  }

  private DataType add(StoredType type, int from, int to) {
    if (type instanceof Int i) {
      return integer(i, from, to);
    } else if (type instanceof Floating f) {
      return floating(f, from, to);
    } else if (type instanceof Enumeration e) {
      DataType base = integer(e.base(), from, to);
      return e.isBoolean() ? Primitive.BOOL : base;
    } else if (type instanceof BitField b) {
      return bitField(b, from, to);
    } else if (type instanceof FixedString s) {
      steps.add(new FixedPlan.Text(from, to, s.size(), s.padding()));
      return new DataType.FixedText(s.size());
    } else if (type instanceof OpaqueBytes o) {
      steps.add(new Copy(from, to, o.size()));
      return new DataType.Opaque(o.size());
    } else if (type instanceof Complex c) {
      return complex(c.part(), from, from + c.part().size(), to);
    } else if (type instanceof Compound c) {
      return compound(c, from, to);
    }
    throw FormatFault.unsupported("elements of type " + type.describe());
  }

  private DataType integer(Int i, int from, int to) {
    Primitive out = integerOf(widthFor(i), i.signed());
    if (i.size() == out.itemSize() && i.bitOffset() == 0 && i.precision() == 8 * i.size()) {
      number(from, to, i.size(), i.bigEndian());
    } else {
      steps.add(new OddInt(from, to, i, out.itemSize()));
    }
    return out;
  }

  private static int widthFor(StoredType type) {
    if (type.size() > 8) {
      throw FormatFault.unsupported("elements of type " + type.describe());
    }
    return type.size() <= 2 ? type.size() : type.size() <= 4 ? 4 : 8;
  }

  private static Primitive integerOf(int bytes, boolean signed) {
    return switch (bytes) {
      case 1 -> signed ? Primitive.INT8 : Primitive.UINT8;
      case 2 -> signed ? Primitive.INT16 : Primitive.UINT16;
      case 4 -> signed ? Primitive.INT32 : Primitive.UINT32;
      default -> signed ? Primitive.INT64 : Primitive.UINT64;
    };
  }

  private DataType bitField(BitField b, int from, int to) {
    Primitive out = integerOf(widthFor(b), false);
    if (b.size() == out.itemSize() && b.bitOffset() == 0 && b.precision() == 8 * b.size()) {
      number(from, to, b.size(), b.bigEndian());
    } else {
      steps.add(new OddBits(from, to, b, out.itemSize()));
    }
    return out;
  }

  private void number(int from, int to, int bytes, boolean bigEndian) {
    steps.add(bigEndian && bytes > 1 ? new Swap(from, to, bytes, 1) : new Copy(from, to, bytes));
  }

  private DataType floating(Floating f, int from, int to) {
    if (f.isIeee()) {
      number(from, to, f.size(), f.bigEndian());
      return switch (f.size()) {
        case 2 -> Primitive.FLOAT16;
        case 4 -> Primitive.FLOAT32;
        default -> Primitive.FLOAT64;
      };
    }
    Primitive out;
    if (IntegerBits.widens(f, 8, 23)) {
      out = Primitive.FLOAT32;
    } else if (IntegerBits.widens(f, 11, 52)) {
      out = Primitive.FLOAT64;
    } else {
      throw FormatFault.unsupported("elements of type " + f.describe());
    }
    steps.add(new OddFloat(from, to, f, out.itemSize()));
    return out;
  }

  private DataType complex(Floating part, int real, int imaginary, int to) {
    if (!part.isIeee() || part.size() < 4) {
      throw FormatFault.unsupported("complex numbers of " + part.describe());
    }
    number(real, to, part.size(), part.bigEndian());
    number(imaginary, to + part.size(), part.size(), part.bigEndian());
    return part.size() == 4 ? Primitive.COMPLEX64 : Primitive.COMPLEX128;
  }

  /** Whether a compound is one of the customary forms of a complex number of float32 or float64. */
  static boolean isComplex(Compound c) {
    List<Member> m = c.members();
    return m.size() == 2
        && COMPLEX_NAMES.contains(Set.of(m.get(0).name(), m.get(1).name()))
        && m.get(0).type() instanceof Floating a
        && m.get(1).type() instanceof Floating b
        && a.equals(b)
        && a.isIeee()
        && a.size() >= 4;
  }

  /** The real part of a complex compound comes first here whatever its place in the file. */
  static List<Member> complexParts(Compound c) {
    Member first = c.members().get(0);
    Member second = c.members().get(1);
    return first.name().startsWith("r") ? List.of(first, second) : List.of(second, first);
  }

  private DataType compound(Compound c, int from, int to) {
    if (isComplex(c)) {
      List<Member> parts = complexParts(c);
      return complex(
          (Floating) parts.get(0).type(),
          from + parts.get(0).offset(),
          from + parts.get(1).offset(),
          to);
    }
    List<DataType.Field> fields = new ArrayList<>();
    int at = to;
    for (Member m : c.members()) {
      DataType.Field field = member(m, from + m.offset(), at);
      fields.add(field);
      at = Math.addExact(at, field.byteSize());
    }
    return new DataType.Struct(fields);
  }

  private DataType.Field member(Member m, int from, int to) {
    StoredType element = m.type();
    List<Integer> dims = new ArrayList<>();
    long count = 1;
    while (element instanceof ArrayOf a) {
      dims.addAll(a.dims());
      element = a.element();
      count *= a.size() / element.size();
    }
    long[] shape = dims.stream().mapToLong(Integer::longValue).toArray();
    if (count == 1) {
      return new DataType.Field(m.name(), add(element, from, to), Shape.of(shape));
    }
    FixedPlan inner = plan(element);
    repeat(inner, from, to, (int) count);
    return new DataType.Field(m.name(), inner.dataType(), Shape.of(shape));
  }

  private void repeat(FixedPlan inner, int from, int to, int count) {
    int size = inner.itemSize();
    boolean dense = inner.steps().size() == 1 && inner.storedSize() == size;
    if (dense && inner.steps().get(0) instanceof Copy c && c.bytes() == size) {
      steps.add(new Copy(from, to, Math.multiplyExact(size, count)));
    } else if (dense && inner.steps().get(0) instanceof Swap s && s.width() * s.count() == size) {
      steps.add(new Swap(from, to, s.width(), Math.multiplyExact(s.count(), count)));
    } else {
      steps.add(new Repeat(from, to, count, inner.storedSize(), size, inner.steps()));
    }
  }
}
