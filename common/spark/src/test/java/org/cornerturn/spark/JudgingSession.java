package org.cornerturn.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as a judge of tables: each of its queries is another one and has few rows, so it interprets
 * them. To generate and compile code for each would take most of the time.
 */
public final class JudgingSession {
  private JudgingSession() {}

  /** A session apart from others of this JVM's context, which is started if there is none. */
  public static SparkSession open() {
    SparkSession spark = Sessions.session("tests", "local[2]", Map.of()).newSession();
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    return spark;
  }
}
