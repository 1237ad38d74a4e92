package org.cornerturn.spark;

import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What Delta on Spark does for tables: joining small files, removing old ones, deleting rows. */
public final class TableUpkeep {
  /** Readers and writers may need files for so long after they were replaced. */
  public static final Duration LEAST_RETENTION = Duration.ofDays(7);

  private final SparkSession spark;

  /**
   * @param spark of {@link Sessions#session}
   */
  public TableUpkeep(SparkSession spark) {
    this.spark = spark;
  }

  /** How many data files there are more, and less. */
  public record Rewritten(long added, long removed) {}

  /**
   * Joins small data files.
   *
   * @param order columns by which rows are laid out together; empty for the order they have
   */
  public Rewritten optimize(String uri, List<String> order) {
    DeltaOptimizeBuilder optimize = DeltaTable.forPath(spark, uri).optimize();
    Row metrics =
        (order.isEmpty()
                ? optimize.executeCompaction()
                : optimize.executeZOrderBy(order.toArray(String[]::new)))
            .select("metrics.numFilesAdded", "metrics.numFilesRemoved")
            .head();
    return new Rewritten(metrics.getLong(0), metrics.getLong(1));
  }

  /** Data files that {@link #vacuum} would remove, as many as Delta tells: a thousand. */
  public List<String> vacuumable(String uri, Duration retain) {
    return vacuum(uri, retain, " DRY RUN").stream().map(r -> r.getString(0)).toList();
  }

  /** Removes data files that no version of the last so long refers to. */
  public void vacuum(String uri, Duration retain) {
    vacuum(uri, retain, "");
  }

  private List<Row> vacuum(String uri, Duration retain, String mode) {
    if (retain.compareTo(LEAST_RETENTION) < 0) {
      throw new IllegalArgumentException(
          retain + " is less than " + LEAST_RETENTION + ", for which readers may need files");
    }
    double hours = retain.toSeconds() / 3600.0;
    return spark.sql("VACUUM " + name(uri) + " RETAIN " + hours + " HOURS" + mode).collectAsList();
  }

  /** Rows in which a moment is earlier. */
  public long countBefore(String uri, String column, Instant before) {
    return spark
        .sql("SELECT count(*) FROM " + name(uri) + " WHERE " + earlier(column, before))
        .head()
        .getLong(0);
  }

  /**
   * Deletes rows in which a moment is earlier; those without a moment stay.
   *
   * @return how many
   */
  public long deleteBefore(String uri, String column, Instant before) {
    return spark
        .sql("DELETE FROM " + name(uri) + " WHERE " + earlier(column, before))
        .head()
        .getLong(0);
  }

  private static String earlier(String column, Instant before) {
    return quoted(column) + " < timestamp_micros(" + before.toEpochMilli() * 1000 + "L)";
  }

  private static String name(String uri) {
    return "delta." + quoted(uri);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
