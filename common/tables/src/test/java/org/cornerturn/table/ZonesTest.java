package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ZonesTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("whole", LongType.LONG)
          .add("real", DoubleType.DOUBLE)
          .add("single", FloatType.FLOAT);
  private static final Object[] ODD_REALS = {
    null, Double.NaN, -0.0, 0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-300, 3.0
  };
  private static final Object[] ODD_WHOLES = {null, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 3L};

  /** Rows that are sorted but for some odd ones. */
  private static List<Object[]> rows(int n, long seed) {
    Random random = new Random(seed);
    int oddOfThousand = random.nextInt(20);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean odd = random.nextInt(1000) < oddOfThousand;
      Object real = odd ? ODD_REALS[random.nextInt(ODD_REALS.length)] : i / 8.0 - 100;
      rows.add(
          new Object[] {
            odd ? ODD_WHOLES[random.nextInt(ODD_WHOLES.length)] : (Object) (i / 9L - 50),
            real,
            real == null ? null : (Object) ((Double) real).floatValue()
          });
    }
    return rows;
  }

  /** What a plain loop over {@link Condition#holds} without bounds finds. */
  private static List<Integer> plainly(List<ColumnValues> columns, Condition c, int n) {
    ColumnValues values = columns.get(SCHEMA.indexOf(c.column()));
    return IntStream.range(0, n).filter(i -> c.holds(values, i)).boxed().toList();
  }

  private static ColumnValues column(List<Object[]> rows, int c) {
    Object[] values = rows.stream().map(r -> r[c]).toArray();
    ColumnBuilder builder = ColumnBuilder.of(SCHEMA.at(c).getDataType());
    List<Object[]> cells = new ArrayList<>();
    for (Object v : values) {
      cells.add(new Object[] {v});
    }
    StructType one = new StructType().add(SCHEMA.at(c));
    var batch = ValuesVector.batch(one, cells);
    for (int i = 0; i < values.length; i++) {
      builder.add(batch.getColumnVector(0), i);
    }
    return builder.build();
  }

  /** One block of rows whose columns are those. */
  private record Source(List<ColumnValues> columns, int size) implements OneBlock {
    @Override
    public StructType schema() {
      return SCHEMA;
    }

    @Override
    public ColumnValues column(String name) {
      return columns.get(SCHEMA.indexOf(name));
    }
  }

  @Property(tries = 30)
  void boundsNeverHideARow(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int n = random.nextInt(4 * Zones.ROWS) + 1;
    List<Object[]> rows = rows(n, seed);
    List<ColumnValues> columns = List.of(column(rows, 0), column(rows, 1), column(rows, 2));
    Source source = new Source(columns, n);
    for (String column : SCHEMA.fieldNames()) {
      for (String operator : List.of("eq", "ne", "lt", "le", "gt", "ge", "in", "null", "notnull")) {
        Object operand = rows.get(random.nextInt(n))[SCHEMA.indexOf(column)];
        for (Object o : new Object[] {operand, column.equals("whole") ? (Object) 0L : -0.0}) {
          String text = operator.endsWith("null") ? "" : ":" + (o == null ? "3" : o.toString());
          Condition c = Condition.parse(column + ":" + operator + text, SCHEMA);
          RowQuery query =
              new RowQuery(List.of("whole"), List.of(c), Optional.empty(), Optional.empty());
          List<Long> found = new ArrayList<>();
          for (RowPosition at = null; ; ) {
            RowQuery from =
                new RowQuery(
                    query.columns(), List.of(c), Optional.empty(), Optional.ofNullable(at));
            RowQuery.Page page = from.page(source, 1500, () -> {});
            page.rows().forEach(r -> found.add((Long) r[0]));
            if (page.next().isEmpty()) {
              break;
            }
            at = page.next().get();
          }
          List<Long> expected =
              plainly(columns, c, n).stream().map(i -> (Long) columns.get(0).value(i)).toList();
          assertThat(found).as("%s of %d rows", c, n).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void nanEqualsNothing() {
    ColumnValues reals = column(List.<Object[]>of(new Object[] {1L, 3.0, 3f}), 1);
    for (String never : List.of("eq:NaN", "lt:NaN", "ge:NaN", "in:NaN,4")) {
      assertThat(Condition.parse("real:" + never, SCHEMA).holds(reals, 0)).as(never).isFalse();
    }
    assertThat(Condition.parse("real:ne:NaN", SCHEMA).holds(reals, 0)).isTrue();
    assertThat(Condition.parse("real:in:NaN,3", SCHEMA).holds(reals, 0)).isTrue();
  }

  @Test
  void whatIsElsewhereIsPassedOver() {
    List<Object[]> rows = new ArrayList<>();
    for (long i = 0; i < 10 * Zones.ROWS; i++) {
      rows.add(new Object[] {i / 9, null, null});
    }
    ColumnValues cells = column(rows, 0);
    Condition one = Condition.parse("whole:eq:700", SCHEMA);
    assertThat(IntStream.range(0, 10).filter(z -> cells.mayHold(z, one)).boxed())
        .containsExactly(6);
    assertThat(column(rows, 1).mayHold(0, Condition.parse("real:eq:1", SCHEMA))).isFalse();
    assertThat(column(rows, 1).mayHold(0, Condition.parse("real:null", SCHEMA))).isTrue();
  }
}
