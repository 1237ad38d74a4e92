package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.OutsideProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every statement of docs/sql.md on files of the names it uses. */
class SqlPageTest {
  private static final Path PAGE = Path.of("../../docs/sql.md");
  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyStatementRuns() throws IOException, InterruptedException {
    // A session of its own, for the views.
    SparkSession spark = SourceSession.spark().newSession();
    OutsideProgram.python("h5py", "make_source_files.py", folder.toString());
    OutsideProgram.python("h5py", "make_uvh5.py", folder.toString());
    MeasurementSetFixture.write(folder.resolve("day.ps.zarr"));
    int queries = 0;
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
    while (blocks.find()) {
      for (String statement : blocks.group(1).split(";")) {
        String sql = statement.strip().replace("'/data/", "'" + folder + "/");
        if (sql.startsWith("CREATE")) {
          spark.sql(sql);
        } else if (!sql.isEmpty()) {
          assertThat(spark.sql(sql).collectAsList()).as(sql).isNotEmpty();
          queries++;
        }
      }
    }
    assertThat(queries).isGreaterThanOrEqualTo(5);
  }
}
