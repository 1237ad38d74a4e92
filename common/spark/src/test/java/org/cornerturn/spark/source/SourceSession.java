package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.cornerturn.spark.Sessions;
import scala.jdk.javaapi.CollectionConverters;

/** The session that tests of data sources share, and what a query's scan has counted. */
final class SourceSession {
  private SourceSession() {}

  static SparkSession spark() {
    return Sessions.session(
        "tests",
        "local[2]",
        Map.of("spark.ui.showConsoleProgress", "false", "spark.log.level", "WARN"));
  }

  /** A query's rows and the metrics of its scan. */
  record Answer(List<Row> rows, Map<String, Long> metrics) {
    long metric(String name) {
      assertThat(metrics).as("the query has a scan").containsKey(name);
      return metrics.get(name);
    }
  }

  static Answer run(Dataset<Row> query) {
    List<Row> rows = query.collectAsList();
    Map<String, Long> metrics = new TreeMap<>();
    SparkPlan plan = query.queryExecution().executedPlan();
    if (plan instanceof AdaptiveSparkPlanExec a) {
      plan = a.executedPlan();
    }
    for (SparkPlan leaf : CollectionConverters.asJava(plan.collectLeaves())) {
      if (leaf instanceof BatchScanExec scan) {
        CollectionConverters.asJava(scan.metrics())
            .forEach((name, metric) -> metrics.merge(name, metric.value(), Long::sum));
      }
    }
    return new Answer(rows, metrics);
  }
}
