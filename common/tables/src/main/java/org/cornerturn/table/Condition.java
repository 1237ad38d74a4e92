package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A condition on one column. As in SQL, a row without a value meets only {@link Operator#NULL}, and
 * NaN equals nothing and is neither less nor more than anything.
 *
 * @param operands plain values of the column's type (of the element's for {@link Operator#HAS})
 */
public record Condition(String column, Operator operator, List<Object> operands) {
  /** How a value is compared with the operands. */
  public enum Operator {
    EQ("="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    /** One of several. */
    IN("in"),
    /** A text that contains another. */
    CONTAINS("contains"),
    /** A text that starts with another. */
    STARTS("starts"),
    /** A list with this element. */
    HAS("has"),
    NULL("is null"),
    NOTNULL("is not null");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    private boolean isUnary() {
      return this == NULL || this == NOTNULL;
    }

    private boolean isOfTexts() {
      return this == CONTAINS || this == STARTS;
    }
  }

  private static final int MOST_OPERANDS = 1000;

  /**
   * Reads {@code COLUMN:OPERATOR:VALUE}, {@code COLUMN:in:V1,V2}, {@code COLUMN:null}; or the same
   * with signs and spaces: {@code COLUMN >= VALUE}, {@code COLUMN is null}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static Condition parse(String text, StructType schema) {
    // Names of columns may have colons and spaces of their own.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == ':' || c == ' ') && schema.indexOf(text.substring(0, i)) >= 0) {
        String column = text.substring(0, i);
        String rest = text.substring(i + 1);
        return c == ':'
            ? ofWords(column, rest, schema.get(column).getDataType())
            : ofSigns(column, rest, schema.get(column).getDataType());
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no condition COLUMN:OPERATOR:VALUE on one of the columns "
            + String.join(", ", schema.fieldNames()));
  }

  private static Condition ofWords(String column, String rest, DataType type) {
    String[] words = rest.split(":", 2);
    for (Operator o : Operator.values()) {
      if (o.name().toLowerCase(Locale.ROOT).equals(words[0])) {
        return of(column, o, words.length < 2 ? null : words[1], type);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + words[0]
            + "' is no operator; there are "
            + Arrays.toString(Operator.values()).toLowerCase(Locale.ROOT));
  }

  private static Condition ofSigns(String column, String rest, DataType type) {
    for (Operator o : Operator.values()) {
      if (rest.equals(o.sign)) {
        return of(column, o, null, type);
      }
      if (rest.startsWith(o.sign + " ")) {
        return of(column, o, rest.substring(o.sign.length() + 1), type);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + rest
            + "' begins with no operator; there are "
            + Arrays.stream(Operator.values()).map(o -> o.sign).toList());
  }

  private static Condition of(String column, Operator operator, String value, DataType type) {
    if (operator.isUnary()) {
      return new Condition(column, operator, List.of());
    }
    if (value == null) {
      throw new IllegalArgumentException("the condition on '" + column + "' lacks a value");
    }
    if (operator.isOfTexts() && !(type instanceof StringType)) {
      throw new IllegalArgumentException("'" + column + "' is no column of texts");
    }
    DataType of = type;
    if (operator == Operator.HAS) {
      if (!(type instanceof ArrayType array)) {
        throw new IllegalArgumentException("'" + column + "' is no column of lists");
      }
      of = array.getElementType();
    }
    String[] texts = operator == Operator.IN ? value.split(",", -1) : new String[] {value};
    if (texts.length > MOST_OPERANDS) {
      throw new IllegalArgumentException(
          "a condition takes at most " + MOST_OPERANDS + " values, not " + texts.length);
    }
    DataType operandType = of;
    return new Condition(
        column,
        operator,
        Arrays.stream(texts).map(t -> PlainText.parse(t, operandType, column)).toList());
  }

  /** Whether a row meets it. */
  boolean holds(ColumnValues values, int row) {
    if (values.isNull(row)) {
      return operator == Operator.NULL;
    }
    return switch (operator) {
      case NULL -> false;
      case NOTNULL -> true;
      case CONTAINS -> ((String) values.value(row)).contains((String) operands.get(0));
      case STARTS -> ((String) values.value(row)).startsWith((String) operands.get(0));
      case HAS -> ((List<?>) values.value(row)).contains(operands.get(0));
      case IN ->
          operands.stream()
              .anyMatch(o -> !isNaN(values, row) && !isNaN(o) && compare(values, row, o) == 0);
      default ->
          isNaN(values, row) || isNaN(operands.get(0))
              ? operator == Operator.NE
              : ordered(compare(values, row, operands.get(0)));
    };
  }

  private static boolean isNaN(ColumnValues values, int row) {
    if (values instanceof ColumnValues.Whole) {
      return false;
    }
    return values instanceof ColumnValues.Real real
        ? Double.isNaN(real.values()[row])
        : isNaN(values.value(row));
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double d && d.isNaN() || value instanceof Float f && f.isNaN();
  }

  private boolean ordered(int sign) {
    return switch (operator) {
      case EQ -> sign == 0;
      case NE -> sign != 0;
      case LT -> sign < 0;
      case LE -> sign <= 0;
      case GT -> sign > 0;
      default -> sign >= 0;
    };
  }

  private static int compare(ColumnValues values, int row, Object operand) {
    if (values instanceof ColumnValues.Whole whole) {
      return Long.compare(whole.values().at(row), (Long) operand);
    }
    if (values instanceof ColumnValues.Real real) {
      double a = real.values()[row];
      double b = ((Number) operand).doubleValue();
      return a < b ? -1 : a > b ? 1 : 0; // Zero has no sign here, as in SQL.
    }
    return PlainText.compare(values.value(row), operand);
  }

  /** Whether a row within bounds may meet it. */
  boolean mayHold(ValueRange range, long rows) {
    if (operator == Operator.NULL) {
      return range.nulls() != 0;
    }
    if (rows >= 0 && range.nulls() == rows) {
      return false;
    }
    return switch (operator) {
      case EQ, STARTS -> reaches(range, operands.get(0), operands.get(0));
      case IN -> operands.stream().anyMatch(o -> reaches(range, o, o));
      case LT, LE -> reaches(range, null, operands.get(0));
      case GT, GE -> reaches(range, operands.get(0), null);
      default -> true;
    };
  }

  private static int compareBound(Comparable<?> bound, Object operand) {
    if (bound instanceof Double a && operand instanceof Number n) {
      double b = n.doubleValue();
      return a < b ? -1 : a > b ? 1 : 0; // As rows are compared: zero has no sign.
    }
    return PlainText.compare(bound, operand);
  }

  /** Whether bounds and the values from one to another have some in common; null is unbounded. */
  private boolean reaches(ValueRange range, Object from, Object to) {
    if (from != null && range.most() != null && compareBound(range.most(), from) < 0) {
      return false;
    }
    if (to == null || range.least() == null || compareBound(range.least(), to) <= 0) {
      return true;
    }
    // A text that starts with the operand comes after it.
    return operator == Operator.STARTS && ((String) range.least()).startsWith((String) to);
  }
}
