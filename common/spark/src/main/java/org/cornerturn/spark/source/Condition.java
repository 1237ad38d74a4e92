package org.cornerturn.spark.source;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.unsafe.types.UTF8String;

/** What a query asks of a table's columns, as far as it can be answered without reading. */
sealed interface Condition extends Serializable {
  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition of) implements Condition {}

  /**
   * A test of one column against values.
   *
   * @param asDouble whether the column is compared as a double
   * @param values Long, Double, BigDecimal, Boolean or UTF8String, null for SQL's null; empty for
   *     {@link Operator#IS_NULL}
   */
  record Test(String column, boolean asDouble, Operator operator, List<Object> values)
      implements Condition {}

  /** How a column is compared with a value. */
  enum Operator {
    EQUAL,
    /** Equal, where null equals null. */
    SAME,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    STARTS_WITH,
    IS_NULL
  }

  /** Names of the columns asked about. */
  default Set<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    collect(this, names);
    return names;
  }

  private static void collect(Condition c, Set<String> names) {
    if (c instanceof And a) {
      collect(a.left, names);
      collect(a.right, names);
    } else if (c instanceof Or o) {
      collect(o.left, names);
      collect(o.right, names);
    } else if (c instanceof Not n) {
      collect(n.of, names);
    } else {
      names.add(((Test) c).column);
    }
  }

  /** The condition that a predicate of Spark's states; empty where it is of no use here. */
  static Optional<Condition> of(
      Expression predicate, org.apache.spark.sql.types.StructType schema) {
    if (!(predicate instanceof Predicate p)) {
      return Optional.empty();
    }
    Expression[] e = p.children();
    switch (p.name()) {
      case "AND":
        return both(of(e[0], schema), of(e[1], schema), true);
      case "OR":
        return both(of(e[0], schema), of(e[1], schema), false);
      case "NOT":
        return of(e[0], schema).map(Not::new);
      case "IS_NULL":
        return test(e[0], Operator.IS_NULL, List.of(), schema);
      case "IS_NOT_NULL":
        return test(e[0], Operator.IS_NULL, List.of(), schema).map(Not::new);
      case "IN":
        return test(e[0], Operator.EQUAL, List.of(e).subList(1, e.length), schema);
      case "<>":
        return comparison(e, Operator.EQUAL, schema).map(Not::new);
      case "=":
        return comparison(e, Operator.EQUAL, schema);
      case "<=>":
        return comparison(e, Operator.SAME, schema);
      case "<":
        return comparison(e, Operator.LESS, schema);
      case "<=":
        return comparison(e, Operator.LESS_OR_EQUAL, schema);
      case ">":
        return comparison(e, Operator.GREATER, schema);
      case ">=":
        return comparison(e, Operator.GREATER_OR_EQUAL, schema);
      case "STARTS_WITH":
        return test(e[0], Operator.STARTS_WITH, List.of(e[1]), schema);
      default:
        return Optional.empty();
    }
  }

  private static Optional<Condition> both(
      Optional<Condition> left, Optional<Condition> right, boolean and) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(and ? new And(left.get(), right.get()) : new Or(left.get(), right.get()));
  }

  private static Optional<Condition> comparison(
      Expression[] e, Operator operator, org.apache.spark.sql.types.StructType schema) {
    if (e[0] instanceof Literal<?> && !(e[1] instanceof Literal<?>)) {
      Operator turned =
          switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            default -> operator;
          };
      return test(e[1], turned, List.of(e[0]), schema);
    }
    return test(e[0], operator, List.of(e[1]), schema);
  }

  private static Optional<Condition> test(
      Expression subject,
      Operator operator,
      List<Expression> operands,
      org.apache.spark.sql.types.StructType schema) {
    Expression column = subject;
    DataType cast = null;
    if (subject instanceof Cast c) {
      column = c.expression();
      cast = c.dataType();
    }
    if (!(column instanceof NamedReference r) || r.fieldNames().length != 1) {
      return Optional.empty();
    }
    String name = r.fieldNames()[0];
    if (!List.of(schema.fieldNames()).contains(name)
        || cast != null && !widens(schema.apply(name).dataType(), cast)) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (Expression operand : operands) {
      if (!(operand instanceof Literal<?> l)) {
        return Optional.empty();
      }
      Optional<Object> value = value(l.value());
      if (value.isEmpty() && l.value() != null) {
        return Optional.empty();
      }
      values.add(value.orElse(null));
    }
    return Optional.of(new Test(name, cast instanceof DoubleType, operator, values));
  }

  /** Whether a cast keeps the order and can't fail. */
  private static boolean widens(DataType from, DataType to) {
    if (isInteger(from)) {
      return isInteger(to) && to.defaultSize() >= from.defaultSize()
          || to instanceof DoubleType
          || to instanceof DecimalType d && d.precision() - d.scale() >= 20;
    }
    return from instanceof FloatType && to instanceof DoubleType;
  }

  private static boolean isInteger(DataType t) {
    return t instanceof ByteType
        || t instanceof ShortType
        || t instanceof IntegerType
        || t instanceof LongType;
  }

  private static Optional<Object> value(Object literal) {
    if (literal instanceof Byte || literal instanceof Short || literal instanceof Integer) {
      return Optional.of(((Number) literal).longValue());
    }
    if (literal instanceof Float f) {
      return Optional.of(f.doubleValue());
    }
    if (literal instanceof Decimal d) {
      BigDecimal exact = d.toJavaBigDecimal();
      return Optional.of(exact);
    }
    boolean plain =
        literal instanceof Long
            || literal instanceof Double
            || literal instanceof Boolean
            || literal instanceof UTF8String;
    return plain ? Optional.of(literal) : Optional.empty();
  }
}
