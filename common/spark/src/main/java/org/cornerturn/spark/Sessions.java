package org.cornerturn.spark;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The one place that starts Spark, with the settings this product needs. */
public final class Sessions {
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
    throw new UnsupportedOperationException(application + master + settings);
  }

  /** A session with Delta, for what needs SQL. */
  public static SparkSession session(
      String application, String master, Map<String, String> settings) {
    throw new UnsupportedOperationException(application + master + settings);
  }

  /** The store settings ({@code fs.*}) of a running context. */
  public static Map<String, String> hadoop(SparkContext spark) {
    throw new UnsupportedOperationException(spark.appName());
  }
}
