package org.cornerturn.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.UserError;
import org.cornerturn.spark.s3.S3ConditionalLogStore;
import org.cornerturn.storage.S3Settings;
import scala.Tuple2;

/** The one place that starts Spark, with the settings this product needs. */
public final class Sessions {
  private static final String HADOOP = "spark.hadoop.";

  /** The smallest heap that Spark takes without being told otherwise. */
  private static final long SPARKS_SMALLEST_HEAP = 471_859_200;

  private Sessions() {}

  /**
   * A context without SQL: what chunk tasks need, a second quicker than a session.
   *
   * @param application name in Spark's listings
   * @param master {@code local[*]}, {@code spark://...}, or null to take spark-submit's
   * @param settings {@code spark.*} settings that win over ours
   */
  public static SparkContext context(
      String application, String master, Map<String, String> settings) {
    return SparkContext.getOrCreate(conf(application, master, settings));
  }

  /** A session with Delta, for what needs SQL. */
  public static SparkSession session(
      String application, String master, Map<String, String> settings) {
    return SparkSession.builder().config(conf(application, master, settings)).getOrCreate();
  }

  private static SparkConf conf(String application, String master, Map<String, String> settings) {
    SparkConf conf = new SparkConf().setAppName(application); // Reads spark-submit's settings.
    if (master != null) {
      conf.setMaster(master);
    }
    settings.forEach(conf::set);
    if (!conf.contains("spark.master")) {
      throw new UserError(
          "Spark can't start", "no master is named", "Give --master, for example local[*]");
    }
    boolean local = conf.get("spark.master").startsWith("local");
    if (!local && !conf.contains("spark.testing.reservedMemory")) {
      requireHeap(Runtime.getRuntime().maxMemory());
    }
    ours(local).forEach(conf::setIfMissing);
    Map<String, String> hadoop = new HashMap<>();
    for (Tuple2<String, String> s : conf.getAllWithPrefix(HADOOP)) {
      hadoop.put(s._1(), s._2());
    }
    S3Settings.completed(hadoop).forEach((k, v) -> conf.setIfMissing(HADOOP + k, v));
    return conf;
  }

  /**
   * @throws UserError when Spark's driver would not start in such a heap
   */
  static void requireHeap(long bytes) {
    if (bytes < SPARKS_SMALLEST_HEAP) {
      throw new UserError(
          "Spark can't start",
          "the driver's heap has " + (bytes >> 20) + " MB, on a cluster it needs 450 MB",
          "Set CORNERTURN_HEAP (spark.driver.memory), as in CORNERTURN_HEAP=1g");
    }
  }

  private static Map<String, String> ours(boolean local) {
    Map<String, String> s = new HashMap<>();
    s.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    s.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    s.put("spark.delta.logStore.s3a.impl", S3ConditionalLogStore.class.getName());
    // A task has one core: libraries must not spread over the others.
    s.put(
        "spark.executor.defaultJavaOptions",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1");
    if (local) {
      s.put("spark.ui.enabled", "false");
      s.put("spark.driver.host", "127.0.0.1");
      s.put("spark.driver.bindAddress", "127.0.0.1");
      s.put("spark.sql.shuffle.partitions", "2");
      s.put("spark.databricks.delta.snapshotPartitions", "2");
      // VACUUM lists files in so many tasks, ten thousand unless told.
      s.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
      long heap = Runtime.getRuntime().maxMemory();
      if (heap < SPARKS_SMALLEST_HEAP) {
        // Spark sets 300 MB aside and refuses to start with less than one and a half times that.
        // Chunk tasks keep nothing in its memory: they need a tenth of it.
        s.put("spark.testing.reservedMemory", Long.toString(Math.min(heap / 2, 32L << 20)));
      }
    }
    return s;
  }

  /** The store settings ({@code fs.*}) of a running context. */
  public static Map<String, String> hadoop(SparkContext spark) {
    Map<String, String> hadoop = new HashMap<>();
    for (Tuple2<String, String> s : spark.conf().getAllWithPrefix(HADOOP)) {
      if (s._1().startsWith("fs.")) {
        hadoop.put(s._1(), s._2());
      }
    }
    return Map.copyOf(hadoop);
  }
}
