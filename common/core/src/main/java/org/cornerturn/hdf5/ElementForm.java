package org.cornerturn.hdf5;

import java.io.Serializable;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.StoredType.ArrayOf;

/**
 * How a dataset's or attribute's elements are given out.
 *
 * @param stored type of an element, array types taken apart
 * @param trailing extents of the array type, which become the last axes
 * @param fixed the plan of fixed-size elements, or of a sequence's elements; null for texts
 */
record ElementForm(Kind kind, StoredType stored, Shape trailing, FixedPlan fixed, DataType dataType)
    implements Serializable {

  enum Kind {
    FIXED,
    /** Variable-length strings. */
    TEXT,
    /** Sequences of fixed-size elements. */
    SEQUENCE,
    /** References, given as paths. */
    REFERENCE,
    /** Anything else, given as JSON. */
    JSON
  }

  static ElementForm of(StoredType type) {
    StoredType element = type;
    Shape trailing = Shape.of();
    while (element instanceof ArrayOf a) {
      trailing = trailing.append(a.dims().stream().mapToLong(Integer::longValue).toArray());
      element = a.element();
    }
    if (trailing.rank() > 32) {
      throw FormatFault.unsupported("array types of " + trailing.rank() + " dimensions");
    }
    if (FixedPlanner.isFixed(element)) {
      FixedPlan plan = FixedPlanner.plan(element);
      return new ElementForm(Kind.FIXED, element, trailing, plan, plan.dataType());
    }
    if (element instanceof StoredType.VariableSequence s && FixedPlanner.isFixed(s.element())) {
      // An array within a sequence has no place of its own in a flat sequence.
      if (!(s.element() instanceof ArrayOf)) {
        FixedPlan plan = FixedPlanner.plan(s.element());
        DataType sequence = new DataType.Sequence(plan.dataType());
        return new ElementForm(Kind.SEQUENCE, element, trailing, plan, sequence);
      }
    }
    refuseUnknownParts(element);
    Kind kind =
        element instanceof StoredType.VariableString
            ? Kind.TEXT
            : element instanceof StoredType.Reference ? Kind.REFERENCE : Kind.JSON;
    return new ElementForm(kind, element, trailing, null, new DataType.Text());
  }

  /** Elements of a size without a look into them. */
  static ElementForm opaque(int size) {
    StoredType bytes = new StoredType.OpaqueBytes(size, "");
    FixedPlan plan = FixedPlanner.plan(bytes);
    return new ElementForm(Kind.FIXED, bytes, Shape.of(), plan, plan.dataType());
  }

  private static void refuseUnknownParts(StoredType type) {
    if (type instanceof StoredType.Compound c) {
      c.members().forEach(m -> refuseUnknownParts(m.type()));
    } else if (type instanceof ArrayOf a) {
      refuseUnknownParts(a.element());
    } else if (type instanceof StoredType.VariableSequence s) {
      refuseUnknownParts(s.element());
    } else if (type instanceof StoredType.Reference r) {
      if (r.target() == StoredType.Target.REVISED) {
        throw FormatFault.unsupported("references of HDF5 1.12");
      }
    } else if (!(type instanceof StoredType.VariableString)) {
      FixedPlanner.plan(type);
    }
  }
}
