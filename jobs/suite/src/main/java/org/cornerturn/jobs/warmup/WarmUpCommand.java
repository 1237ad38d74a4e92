package org.cornerturn.jobs.warmup;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.Sessions;
import picocli.CommandLine.Command;

/**
 * Starts what every job starts, so that the launcher can archive the loaded classes for quicker
 * starts.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Start Spark and stop it; the launcher's training run for quick starts.",
    footer = {"", "Example:", "  cornerturn warm-up"})
public final class WarmUpCommand extends Verb {
  @Override
  protected ExitCode run() {
    SparkContext context =
        Sessions.context("cornerturn warm-up", global().master(), global().spark());
    try (JavaSparkContext spark = new JavaSparkContext(context)) {
      // An RDD, as the engine's waves are: no query planner is needed to run tasks.
      long sum = spark.parallelize(List.of(1, 2), 2).map(i -> i + 1).reduce(Integer::sum);
      console().say("Spark " + spark.version() + " is warm: " + sum);
    }
    return ExitCode.COMPLETE;
  }
}
