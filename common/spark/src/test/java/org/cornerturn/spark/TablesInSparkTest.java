package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Delta Kernel wrote, read by Spark. */
class TablesInSparkTest {
  private static final TableDefinition DEFINITION =
      TableDefinition.named("objects", "things to find")
          .text("file", "the key")
          .count("number", null, "a number")
          .counts("shape", null, "numbers")
          .textsByName("attributes", "texts by name");

  private static Object[] row(String file, long number) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < number % 4; i++) {
      attributes.put("name" + i, i == 1 ? null : "\"value " + number + "\"");
    }
    return new Object[] {
      file, number, number % 5 == 0 ? null : List.of(number, 7L), number == 11 ? null : attributes
    };
  }

  @Test
  void sparkReadsWhatWasWritten(@TempDir Path folder) throws IOException {
    LocalStore store = new LocalStore(folder.resolve("objects"));
    DeltaTable table = new DeltaTable(store, DEFINITION);
    TableWriter writer = new TableWriter(store, DEFINITION, Long.MAX_VALUE);
    for (int i = 0; i < 50_000; i++) {
      writer.add(row("f" + i % 100, i), 100);
    }
    List<DataFile> files = writer.finish();
    assertThat(files).hasSizeGreaterThan(2);
    table.replace("file", Set.of(), files, "index", 1);
    table.replace("file", Set.of("f7", "f8"), List.of(), "index", 2);
    SparkSession spark = JudgingSession.open();
    String from = " FROM delta.`" + folder.resolve("objects") + "`";
    Row counts = spark.sql("SELECT count(*), count(DISTINCT file), sum(number)" + from).head();
    assertThat(counts.getLong(0)).isEqualTo(49_000);
    assertThat(counts.getLong(1)).isEqualTo(98);
    assertThat(counts.getLong(2))
        .isEqualTo(
            IntStream.range(0, 50_000)
                .filter(i -> i % 100 != 7 && i % 100 != 8)
                .mapToLong(i -> i)
                .sum());
    Row one =
        spark
            .sql(
                "SELECT attributes['name2'], shape[0], size(attributes), attributes['name1']"
                    + from
                    + " WHERE file = 'f3' AND number = 1203")
            .head();
    assertThat(one.getString(0)).isEqualTo("\"value 1203\"");
    assertThat(one.getLong(1)).isEqualTo(1203);
    assertThat(one.getInt(2)).isEqualTo(3);
    assertThat(one.isNullAt(3)).isTrue();
    assertThat(spark.sql("SELECT 1" + from + " WHERE attributes IS NULL").count()).isOne();
    // Statistics let Spark pass over files; they must not mislead it.
    assertThat(spark.sql("SELECT 1" + from + " WHERE number = 49999").count()).isOne();
    assertThat(spark.sql("SELECT 1" + from + " WHERE file >= 'f99'").count()).isEqualTo(500);
  }
}
