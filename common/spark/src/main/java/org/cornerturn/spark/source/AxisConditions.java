package org.cornerturn.spark.source;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.spark.source.Column.Coordinate;
import org.cornerturn.spark.source.Column.Index;
import org.cornerturn.spark.source.Condition.And;
import org.cornerturn.spark.source.Condition.Not;
import org.cornerturn.spark.source.Condition.Operator;
import org.cornerturn.spark.source.Condition.Or;
import org.cornerturn.spark.source.Condition.Test;

/**
 * Answers conditions for every position of an axis, with SQL's three values: a condition holds,
 * doesn't, or (compared with null) is unknown. Comparison is Spark's: NaN equals NaN and is greater
 * than any number, zeros are equal, texts compare by their bytes.
 */
final class AxisConditions {
  private final long length;
  private final Values values;

  private AxisConditions(long length, Values values) {
    this.length = length;
    this.values = values;
  }

  /** Where a condition holds and where it doesn't; elsewhere it is unknown. */
  private record Verdict(Ranges holds, Ranges fails) {}

  /** Compares the value at a position. */
  private interface Values {
    /** Whether values and this literal can be compared as they are. */
    boolean takes(Object literal, boolean asDouble);

    int compare(long position, Object literal, boolean asDouble);

    default boolean startsWith(long position, UTF8String prefix) {
      throw new IllegalStateException("not texts");
    }

    boolean rising();
  }

  /**
   * Positions on each axis at which all conditions may hold; conditions on more than one axis, or
   * on columns that must be read, exclude nothing.
   */
  static List<Ranges> select(Lattice lattice, List<Condition> conditions) {
    List<Ranges> selected = new ArrayList<>();
    for (int axis = 0; axis < lattice.shape().rank(); axis++) {
      selected.add(Ranges.of(0, lattice.shape().dim(axis)));
    }
    for (Condition c : conditions) {
      int axis = axis(lattice, c);
      if (axis >= 0) {
        Ranges holds = holds(lattice, axis, c);
        selected.set(axis, selected.get(axis).intersect(holds));
      }
    }
    return selected;
  }

  /** The one axis that a condition is about and can be answered on; -1 where there is none. */
  static int axis(Lattice lattice, Condition condition) {
    Set<Integer> axes = new HashSet<>();
    for (String name : condition.columns()) {
      Column column = lattice.column(name);
      if (column.content() instanceof Index i && !lattice.packed()[i.axis()]) {
        axes.add(i.axis());
      } else if (column.content() instanceof Coordinate c && !lattice.packed()[c.axis()]) {
        axes.add(c.axis());
      } else {
        return -1;
      }
    }
    return axes.size() == 1 && takes(lattice, condition) ? axes.iterator().next() : -1;
  }

  /** Whether a file's URI may satisfy a condition on it. */
  static boolean mayHold(String column, String uri, Condition condition) {
    if (!condition.columns().equals(Set.of(column))) {
      return true;
    }
    AxisConditions c = new AxisConditions(1, new TextValues(new UTF8String[] {text(uri)}));
    return !c.takesAll(condition) || !c.verdict(name -> c, condition).holds.isEmpty();
  }

  private static boolean takes(Lattice lattice, Condition c) {
    if (c instanceof And a) {
      return takes(lattice, a.left()) && takes(lattice, a.right());
    }
    if (c instanceof Or o) {
      return takes(lattice, o.left()) && takes(lattice, o.right());
    }
    if (c instanceof Not n) {
      return takes(lattice, n.of());
    }
    return of(lattice, ((Test) c).column()).takesAll(c);
  }

  private boolean takesAll(Condition c) {
    if (!(c instanceof Test t)) {
      return c instanceof And a && takesAll(a.left()) && takesAll(a.right())
          || c instanceof Or o && takesAll(o.left()) && takesAll(o.right())
          || c instanceof Not n && takesAll(n.of());
    }
    if (t.operator() == Operator.STARTS_WITH && !(values instanceof TextValues)) {
      return false;
    }
    return values != null
        && t.values().stream().allMatch(v -> v == null || values.takes(v, t.asDouble()));
  }

  private static Ranges holds(Lattice lattice, int axis, Condition c) {
    AxisConditions whole = new AxisConditions(lattice.shape().dim(axis), null);
    return whole.verdict(name -> of(lattice, name), c).holds;
  }

  private static AxisConditions of(Lattice lattice, String name) {
    Column.Content content = lattice.column(name).content();
    if (content instanceof Index i) {
      return new AxisConditions(lattice.shape().dim(i.axis()), new IndexValues());
    }
    Coordinate c = (Coordinate) content;
    return new AxisConditions(lattice.shape().dim(c.axis()), values(c.values()));
  }

  private interface Columns {
    AxisConditions column(String name);
  }

  private Verdict verdict(Columns columns, Condition c) {
    if (c instanceof And a) {
      Verdict l = verdict(columns, a.left());
      Verdict r = verdict(columns, a.right());
      return new Verdict(l.holds.intersect(r.holds), l.fails.union(r.fails));
    }
    if (c instanceof Or o) {
      Verdict l = verdict(columns, o.left());
      Verdict r = verdict(columns, o.right());
      return new Verdict(l.holds.union(r.holds), l.fails.intersect(r.fails));
    }
    if (c instanceof Not n) {
      Verdict v = verdict(columns, n.of());
      return new Verdict(v.fails, v.holds);
    }
    Test t = (Test) c;
    return columns.column(t.column()).verdict(t);
  }

  private Verdict verdict(Test t) {
    Ranges all = Ranges.of(0, length);
    if (t.operator() == Operator.IS_NULL) {
      return new Verdict(Ranges.NONE, all); // Values on axes are never null.
    }
    Verdict any = new Verdict(Ranges.NONE, all);
    for (Object literal : t.values()) {
      Verdict one = literal == null ? unknown(t.operator(), all) : verdict(t, literal);
      any = new Verdict(any.holds.union(one.holds), any.fails.intersect(one.fails));
    }
    return any;
  }

  private static Verdict unknown(Operator operator, Ranges all) {
    return operator == Operator.SAME
        ? new Verdict(Ranges.NONE, all)
        : new Verdict(Ranges.NONE, Ranges.NONE);
  }

  private Verdict verdict(Test t, Object literal) {
    if (values.rising()) {
      long from = firstNotBelow(literal, t.asDouble(), false);
      long to = firstNotBelow(literal, t.asDouble(), true);
      Ranges holds =
          switch (t.operator()) {
            case EQUAL, SAME -> Ranges.of(from, to);
            case LESS -> Ranges.of(0, from);
            case LESS_OR_EQUAL -> Ranges.of(0, to);
            case GREATER -> Ranges.of(to, length);
            case GREATER_OR_EQUAL -> Ranges.of(from, length);
            default -> throw new IllegalStateException(t.operator() + " of positions");
          };
      return new Verdict(holds, complement(holds));
    }
    Ranges.Builder holds = new Ranges.Builder();
    for (long i = 0; i < length; i++) {
      if (holds(t, literal, i)) {
        holds.add(i, i + 1);
      }
    }
    Ranges h = holds.build();
    return new Verdict(h, complement(h));
  }

  private boolean holds(Test t, Object literal, long position) {
    if (t.operator() == Operator.STARTS_WITH) {
      return values.startsWith(position, (UTF8String) literal);
    }
    int order = values.compare(position, literal, t.asDouble());
    return switch (t.operator()) {
      case EQUAL, SAME -> order == 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  /** First position whose value is not below (or not at or below) a literal. */
  private long firstNotBelow(Object literal, boolean asDouble, boolean orAt) {
    long low = 0;
    long high = length;
    while (low < high) {
      long middle = (low + high) >>> 1;
      int order = values.compare(middle, literal, asDouble);
      if (order < 0 || orAt && order == 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Ranges complement(Ranges r) {
    Ranges.Builder out = new Ranges.Builder();
    long at = 0;
    for (int i = 0; i < r.count(); i++) {
      out.add(at, r.start(i));
      at = r.end(i);
    }
    out.add(at, length);
    return out.build();
  }

  private static UTF8String text(String s) {
    return UTF8String.fromBytes(s.getBytes(StandardCharsets.UTF_8));
  }

  private static Values values(AxisValues v) {
    if (v.texts() != null) {
      UTF8String[] texts = new UTF8String[v.texts().length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = text(v.texts()[i]);
      }
      return new TextValues(texts);
    }
    Block block = v.block();
    if (v.type() instanceof FixedText t) {
      UTF8String[] texts = new UTF8String[v.count()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = TextVector.unpadded(block.bytes(), i * t.length(), t.length());
      }
      return new TextValues(texts);
    }
    if (!(v.type() instanceof Primitive p) || p.isComplex() || p == Primitive.UINT64) {
      return null;
    }
    if (p == Primitive.INT64) {
      return new LongValues(block.longs());
    }
    double[] doubles = block.toDoubles();
    if (p.isFloat()) {
      return new DoubleValues(doubles);
    }
    if (p == Primitive.BOOL) {
      return new BooleanValues(doubles);
    }
    long[] longs = new long[doubles.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) doubles[i]; // At most 32 bits: exact.
    }
    return new LongValues(longs);
  }

  private static int compareDoubles(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  private static boolean takesLong(Object literal, boolean asDouble) {
    return asDouble
        ? literal instanceof Double
        : literal instanceof Long || literal instanceof BigDecimal;
  }

  private static int compareLong(long value, Object literal, boolean asDouble) {
    if (asDouble) {
      return compareDoubles(value, (Double) literal);
    }
    return literal instanceof Long l
        ? Long.compare(value, l)
        : BigDecimal.valueOf(value).compareTo((BigDecimal) literal);
  }

  private record IndexValues() implements Values {
    @Override
    public boolean takes(Object literal, boolean asDouble) {
      return takesLong(literal, asDouble);
    }

    @Override
    public int compare(long position, Object literal, boolean asDouble) {
      return compareLong(position, literal, asDouble);
    }

    @Override
    public boolean rising() {
      return true;
    }
  }

  private record LongValues(long[] values) implements Values {
    @Override
    public boolean takes(Object literal, boolean asDouble) {
      return takesLong(literal, asDouble);
    }

    @Override
    public int compare(long position, Object literal, boolean asDouble) {
      return compareLong(values[(int) position], literal, asDouble);
    }

    @Override
    public boolean rising() {
      return false;
    }
  }

  private record DoubleValues(double[] values) implements Values {
    @Override
    public boolean takes(Object literal, boolean asDouble) {
      return literal instanceof Double;
    }

    @Override
    public int compare(long position, Object literal, boolean asDouble) {
      return compareDoubles(values[(int) position], (Double) literal);
    }

    @Override
    public boolean rising() {
      return false;
    }
  }

  private record BooleanValues(double[] values) implements Values {
    @Override
    public boolean takes(Object literal, boolean asDouble) {
      return literal instanceof Boolean && !asDouble;
    }

    @Override
    public int compare(long position, Object literal, boolean asDouble) {
      return Boolean.compare(values[(int) position] != 0, (Boolean) literal);
    }

    @Override
    public boolean rising() {
      return false;
    }
  }

  private record TextValues(UTF8String[] values) implements Values {
    @Override
    public boolean takes(Object literal, boolean asDouble) {
      return literal instanceof UTF8String && !asDouble;
    }

    @Override
    public int compare(long position, Object literal, boolean asDouble) {
      return values[(int) position].compareTo((UTF8String) literal);
    }

    @Override
    public boolean startsWith(long position, UTF8String prefix) {
      return values[(int) position].startsWith(prefix);
    }

    @Override
    public boolean rising() {
      return false;
    }
  }
}
