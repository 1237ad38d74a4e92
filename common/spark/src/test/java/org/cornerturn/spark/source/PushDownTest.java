package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.OutsideProgram;
import org.cornerturn.spark.JudgingSession;
import org.cornerturn.spark.source.SourceSession.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions given to the scan find what Spark finds by looking at every row. */
class PushDownTest {
  private static final String[] CONDITIONS = {"<", "<=", ">", ">=", "=", "<>", "<=>"};

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static Dataset<Row> table;
  private static Dataset<Row> rows;

  @BeforeAll
  static void tables() throws IOException, InterruptedException {
    spark = JudgingSession.open();
    OutsideProgram.python("h5py", "make_source_files.py", folder.toString());
    table =
        spark
            .read()
            .format("hdf5")
            .option("dataset", "random")
            .load(folder.resolve("random.h5").toString());
    rows = spark.createDataFrame(table.collectAsList(), table.schema());
  }

  @Test
  void randomConditionsFindTheSameRows() {
    Random random = new Random(20261121);
    long pruned = 0;
    long empty = 0;
    for (int i = 0; i < 100; i++) {
      String where = condition(random, 3);
      Answer a = SourceSession.run(table.where(where));
      List<String> expected = texts(rows.where(where).collectAsList());
      assertThat(texts(a.rows())).as(where).isEqualTo(expected);
      empty += expected.isEmpty() ? 1 : 0;
      if (a.metrics().isEmpty()) {
        continue; // Spark has seen that it can't hold.
      }
      pruned += a.metric("chunksPruned") > 0 ? 1 : 0;
      assertThat(a.metric("chunksPruned") + a.metric("chunksRead")).as(where).isEqualTo(60);
    }
    assertThat(pruned).as("conditions that spare chunks").isGreaterThan(33);
    assertThat(empty).as("conditions that nothing satisfies").isLessThan(50);
  }

  private static List<String> texts(List<Row> rows) {
    List<String> texts = new ArrayList<>(rows.stream().map(Row::toString).toList());
    texts.sort(null);
    return texts;
  }

  private static String condition(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 6);
    return switch (kind) {
      case 6 -> "(" + condition(random, depth - 1) + " AND " + condition(random, depth - 1) + ")";
      case 7 -> "(" + condition(random, depth - 1) + " OR " + condition(random, depth - 1) + ")";
      case 8 -> "NOT (" + condition(random, depth - 1) + ")";
      default -> test(random);
    };
  }

  private static String test(Random random) {
    String[] columns = {"i0", "i1", "i2", "label", "number", "reading", "value"};
    String column = columns[random.nextInt(columns.length)];
    return switch (random.nextInt(6)) {
      case 0 -> column + " IS " + (random.nextBoolean() ? "NULL" : "NOT NULL");
      case 1 ->
          column
              + (random.nextBoolean() ? " IN (" : " NOT IN (")
              + literal(column, random)
              + ", "
              + literal(column, random)
              + (random.nextInt(8) == 0 ? ", NULL)" : ")");
      case 2 ->
          column.equals("label")
              ? "label LIKE '" + (char) ('a' + random.nextInt(4)) + "%'"
              : column + " BETWEEN " + literal(column, random) + " AND " + literal(column, random);
      default ->
          random.nextInt(6) == 0
              ? literal(column, random) + " < " + column
              : column
                  + " "
                  + CONDITIONS[random.nextInt(CONDITIONS.length)]
                  + " "
                  + literal(column, random);
    };
  }

  private static String literal(String column, Random random) {
    if (random.nextInt(25) == 0) {
      return "NULL";
    }
    return switch (column) {
      case "label" -> "'" + (char) ('a' + random.nextInt(5)) + random.nextInt(3) + "'";
      case "reading" ->
          random.nextInt(5) == 0
              ? "double('NaN')"
              : random.nextInt(5) == 0 ? "-0.0D" : (random.nextInt(40) - 10) / 4.0 + "D";
      case "i0", "i1", "i2" ->
          random.nextInt(4) == 0
              ? random.nextInt(30) / 2.0 + (random.nextBoolean() ? "D" : "")
              : "" + (random.nextInt(30) - 2);
      case "number" -> "" + (random.nextInt(80) - 10);
      default -> "" + random.nextInt(500);
    };
  }
}
