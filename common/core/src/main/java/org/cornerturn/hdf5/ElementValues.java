package org.cornerturn.hdf5;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Shape;
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
import org.cornerturn.hdf5.StoredType.VariableSequence;
import org.cornerturn.hdf5.StoredType.VariableString;

/** Turns stored elements into trees of plain Java values; see {@link Hdf5Attribute#value()}. */
final class ElementValues {
  private final GlobalHeap heap;
  private final ReferenceTexts references;
  private final int offsetSize;
  private final long budget;
  private long left;

  /**
   * @param budget bytes that one value may take, variable-length parts included
   */
  ElementValues(GlobalHeap heap, ReferenceTexts references, int offsetSize, long budget) {
    this.heap = heap;
    this.references = references;
    this.offsetSize = offsetSize;
    this.budget = budget;
  }

  /** All elements of a shape as nested lists; rank 0 gives the element itself. */
  Object tree(StoredType type, byte[] data, Shape shape) throws IOException {
    left = budget;
    int[] at = {0};
    return tree(type, data, shape, 0, at);
  }

  private Object tree(StoredType type, byte[] data, Shape shape, int axis, int[] at)
      throws IOException {
    if (axis == shape.rank()) {
      Object v = element(type, data, at[0]);
      at[0] += type.size();
      return v;
    }
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < shape.dim(axis); i++) {
      spend(1);
      list.add(tree(type, data, shape, axis + 1, at));
    }
    return list;
  }

  /** One element. */
  Object value(StoredType type, byte[] data, int at) throws IOException {
    left = budget;
    return element(type, data, at);
  }

  private void spend(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw FormatFault.broken("a value of more than " + budget + " bytes");
    }
  }

  private Object element(StoredType type, byte[] data, int at) throws IOException {
    spend(8);
    if (type instanceof Int i) {
      return integer(data, at, i);
    } else if (type instanceof Floating f) {
      return floating(data, at, f);
    } else if (type instanceof Enumeration e) {
      long v = IntegerBits.read(data, at, e.base());
      return e.isBoolean() ? (Object) (v != 0) : (Object) v;
    } else if (type instanceof BitField b) {
      if (b.size() > 8) {
        throw FormatFault.unsupported(b.describe());
      }
      return unsigned(IntegerBits.read(data, at, b));
    } else if (type instanceof FixedString s) {
      return TextBytes.decode(data, at, FixedPlan.textLength(s.padding(), data, at, s.size()));
    } else if (type instanceof OpaqueBytes o) {
      byte[] bytes = java.util.Arrays.copyOfRange(data, at, at + o.size());
      return Base64.getEncoder().encodeToString(bytes);
    } else if (type instanceof Complex c) {
      return List.of(floating(data, at, c.part()), floating(data, at + c.part().size(), c.part()));
    } else if (type instanceof Compound c) {
      return compound(c, data, at);
    } else if (type instanceof ArrayOf a) {
      int[] from = {at};
      long[] dims = a.dims().stream().mapToLong(Integer::longValue).toArray();
      return tree(a.element(), data, Shape.of(dims), 0, from);
    } else if (type instanceof VariableString) {
      return text(data, at);
    } else if (type instanceof VariableSequence s) {
      return sequence(s, data, at);
    } else if (type instanceof Reference r) {
      return references.text(r, data, at);
    }
    throw FormatFault.unsupported("values of type " + type.describe());
  }

  private static Object integer(byte[] data, int at, Int type) {
    if (type.size() > 8) {
      throw FormatFault.unsupported("values of type " + type.describe());
    }
    long v = IntegerBits.read(data, at, type);
    return type.signed() ? (Object) v : unsigned(v);
  }

  private static Object unsigned(long v) {
    return v >= 0 ? (Object) v : new BigInteger(Long.toUnsignedString(v));
  }

  private static Double floating(byte[] data, int at, Floating f) {
    if (!IntegerBits.widens(f, 11, 52)) {
      throw FormatFault.unsupported("values of type " + f.describe());
    }
    return IntegerBits.read(data, at, f);
  }

  private Object compound(Compound c, byte[] data, int at) throws IOException {
    if (FixedPlanner.isComplex(c)) {
      List<Member> parts = FixedPlanner.complexParts(c);
      return List.of(
          element(parts.get(0).type(), data, at + parts.get(0).offset()),
          element(parts.get(1).type(), data, at + parts.get(1).offset()));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (Member m : c.members()) {
      map.put(m.name(), element(m.type(), data, at + m.offset()));
    }
    return map;
  }

  /** A variable-length string; one that was never written is empty. */
  String text(byte[] data, int at) throws IOException {
    ByteCursor bytes = heapObject(data, at, 1);
    if (bytes == null) {
      return "";
    }
    spend(bytes.remaining());
    return bytes.text(bytes.remaining());
  }

  private List<Object> sequence(VariableSequence type, byte[] data, int at) throws IOException {
    byte[] elements = sequenceBytes(type, data, at);
    int size = type.element().size();
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < elements.length; i += size) {
      list.add(element(type.element(), elements, i));
    }
    return list;
  }

  /** The stored bytes of a sequence's elements. */
  byte[] sequenceBytes(VariableSequence type, byte[] data, int at) throws IOException {
    ByteCursor bytes = heapObject(data, at, type.element().size());
    if (bytes == null) {
      return new byte[0];
    }
    spend(bytes.remaining());
    return bytes.bytes(bytes.remaining());
  }

  /** A sequence's length, heap address and index stand in the element; null where it is empty. */
  private ByteCursor heapObject(byte[] data, int at, int unit) throws IOException {
    ByteCursor c = new ByteCursor(data, at, at + 8 + offsetSize, offsetSize, offsetSize);
    long count = c.u32();
    long address = c.address();
    int index = (int) c.u32();
    if (count == 0 || address == 0 || address == ByteCursor.UNDEFINED) {
      return null;
    }
    return heap.object(address, index).slice(count * unit);
  }

  /** Allows the next value its full budget. */
  void renew() {
    left = budget;
  }
}
