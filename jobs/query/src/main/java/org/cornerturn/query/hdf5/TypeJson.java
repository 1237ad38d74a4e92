package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import org.cornerturn.hdf5.StoredType;
import org.cornerturn.hdf5.StoredType.ArrayOf;
import org.cornerturn.hdf5.StoredType.BitField;
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
import org.cornerturn.query.http.Json;

/**
 * Types as H5Grove describes them: the class number of HDF5, the NumPy type that h5py gives, the
 * size in the file, and what belongs to the class.
 */
public final class TypeJson {
  private static final int COMPLEX = 11;
  private static final int POINTER = 8;

  private TypeJson() {}

  public static ObjectNode of(StoredType type) {
    ObjectNode t = Json.object();
    t.put("class", classOf(type));
    t.set("dtype", dtype(type));
    t.put("size", inMemory(type, 2 * POINTER));
    if (type instanceof Int i) {
      t.put("order", order(i.bigEndian()));
      t.put("sign", i.signed() ? 1 : 0);
    } else if (type instanceof Floating f) {
      t.put("order", f.vaxOrder() ? 2 : order(f.bigEndian()));
    } else if (type instanceof FixedString s) {
      string(t, s.utf8(), s.padding(), false);
    } else if (type instanceof VariableString s) {
      string(t, s.utf8(), s.padding(), true);
    } else if (type instanceof BitField b) {
      t.put("order", order(b.bigEndian()));
    } else if (type instanceof OpaqueBytes o) {
      t.put("tag", o.tag());
    } else if (type instanceof Compound c) {
      for (Member m : c.members()) {
        ObjectNode member = Json.object().put("name", m.name());
        t.withArray("members").add(member.setAll(of(m.type())));
      }
    } else if (type instanceof Enumeration e) {
      ObjectNode members = t.putObject("members");
      for (int i = 0; i < e.names().size(); i++) {
        members.put(e.names().get(i), e.values().get(i));
      }
      t.set("base", of(e.base()));
    } else if (type instanceof VariableSequence s) {
      t.set("base", of(s.element()));
    } else if (type instanceof ArrayOf a) {
      a.dims().forEach(t.withArray("dims")::add);
      t.set("base", of(a.element()));
    } else if (type instanceof StoredType.Complex c) {
      t.set("base", of(c.part()));
    }
    return t;
  }

  /**
   * Bytes in memory, where the file has a place in a heap.
   *
   * @param sequence of a sequence: two words in HDF5, a pointer in NumPy
   */
  private static int inMemory(StoredType type, int sequence) {
    if (type instanceof VariableString) {
      return POINTER;
    } else if (type instanceof VariableSequence) {
      return sequence;
    } else if (type instanceof ArrayOf a) {
      return a.size() / a.element().size() * inMemory(a.element(), sequence);
    } else if (type instanceof Compound c) {
      int size = c.size();
      for (Member m : c.members()) {
        size += inMemory(m.type(), sequence) - m.type().size();
      }
      return size;
    }
    return type.size();
  }

  private static void string(
      ObjectNode t, boolean utf8, StoredType.Padding padding, boolean variable) {
    t.put("cset", utf8 ? 1 : 0);
    t.put("strpad", padding.ordinal());
    t.put("vlen", variable);
  }

  private static int order(boolean bigEndian) {
    return bigEndian ? 1 : 0;
  }

  /** The number of the class in HDF5 (H5T_class_t). */
  public static int classOf(StoredType type) {
    if (type instanceof Int) {
      return 0;
    } else if (type instanceof Floating) {
      return 1;
    } else if (type instanceof StoredType.Time) {
      return 2;
    } else if (type instanceof FixedString || type instanceof VariableString) {
      return 3;
    } else if (type instanceof BitField) {
      return 4;
    } else if (type instanceof OpaqueBytes) {
      return 5;
    } else if (type instanceof Compound) {
      return 6;
    } else if (type instanceof Reference) {
      return 7;
    } else if (type instanceof Enumeration) {
      return 8;
    } else if (type instanceof VariableSequence) {
      return 9;
    }
    return type instanceof ArrayOf ? 10 : COMPLEX;
  }

  /** The NumPy type as h5py has it: a text, or an object of the fields of a compound. */
  public static JsonNode dtype(StoredType type) {
    if (type instanceof Compound c && !isComplex(c)) {
      ObjectNode fields = Json.object();
      for (Member m : c.members()) {
        fields.set(m.name(), dtype(m.type()));
      }
      return fields;
    }
    return TextNode.valueOf(descr(type));
  }

  /** Writes what NumPy prints for the type ({@code float32}, {@code >i2}, {@code object}). */
  public static void writeName(JsonGenerator g, String field, StoredType type) throws IOException {
    g.writeFieldName(field);
    JsonNode dtype = dtype(type);
    if (!dtype.isTextual()) {
      g.writeTree(dtype);
      return;
    }
    String descr = dtype.textValue();
    int bits = 8 * type.size();
    String word =
        switch (descr.charAt(1)) {
          case 'i' -> "int" + bits;
          case 'u' -> "uint" + bits;
          case 'f' -> "float" + bits;
          case 'c' -> "complex" + bits;
          case 'b' -> "bool";
          case 'O' -> "object";
          default -> descr;
        };
    g.writeString(descr.startsWith(">") ? descr : word);
  }

  /** As {@link #dtype}, a compound as the bytes that it is. */
  static String descr(StoredType type) {
    int size = type.size();
    if (type instanceof Int i) {
      return mark(size, i.bigEndian()) + (i.signed() ? "i" : "u") + size;
    } else if (type instanceof Floating f) {
      return mark(size, f.bigEndian()) + "f" + size;
    } else if (type instanceof FixedString) {
      return "|S" + size;
    } else if (type instanceof BitField b) {
      return mark(size, b.bigEndian()) + "u" + size;
    } else if (type instanceof Enumeration e) {
      return e.isBoolean() ? "|b1" : descr(e.base());
    } else if (type instanceof Compound c && isComplex(c)) {
      Floating part = (Floating) c.members().get(0).type();
      return mark(size, part.bigEndian()) + "c" + size;
    } else if (type instanceof StoredType.Complex c) {
      return mark(size, c.part().bigEndian()) + "c" + size;
    } else if (type instanceof VariableString
        || type instanceof VariableSequence
        || type instanceof Reference) {
      return "|O";
    }
    return "|V" + inMemory(type, POINTER);
  }

  private static String mark(int size, boolean bigEndian) {
    return size == 1 ? "|" : bigEndian ? ">" : "<";
  }

  /** Whether h5py takes a compound for a complex number: {@code r} and {@code i}, nothing else. */
  static boolean isComplex(Compound c) {
    List<Member> m = c.members();
    return m.size() == 2
        && m.get(0).name().equals("r")
        && m.get(1).name().equals("i")
        && m.get(0).type() instanceof Floating f
        && f.isIeee()
        && f.equals(m.get(1).type())
        && m.get(0).offset() == 0
        && m.get(1).offset() == f.size()
        && c.size() == 2 * f.size();
  }
}
