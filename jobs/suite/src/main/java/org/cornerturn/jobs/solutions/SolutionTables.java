package org.cornerturn.jobs.solutions;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/** The warehouse's tables of calibration. */
public final class SolutionTables {
  /** Every gain: a row for each term, interval, antenna and receptor. */
  public static final TableDefinition GAIN_SOLUTIONS =
      TableDefinition.named(
              "gain_solutions", "gains of antennas: a row for each interval, antenna and receptor")
          .text("solutions", "id of the set of solutions")
          .text("root", "where the set lies")
          .text("measurement_set", "whose gains they are")
          .text("term", "kind and place in the chain, as in B_1")
          .text("antenna", "name of the antenna")
          .text("receptor", "receptor; of matrices its column after a slash")
          .moment("time", "middle of the interval")
          .moment("time_start", "beginning of the interval")
          .moment("time_end", "end of the interval")
          .reals("frequency", "Hz", "middles of the blocks of channels")
          .reals("amplitude", null, "modulus of the gain; NaN where there is none")
          .reals("phase", "rad", "phase of the gain; NaN where there is none")
          .real("delay", "s", "delay, of terms K; else null")
          .reals("snr", null, "signal over noise")
          .reals("chi2", null, "reduced chi^2 of the antenna's residuals")
          .counts(
              "flag", null, "why there is no gain, by the codes of the set; 0 where there is one")
          .count("flagged", null, "number of flagged gains")
          .text("refant", "antenna that phases are referred to");

  /** The registry: a row for each measurement set and making of a set of solutions. */
  public static final TableDefinition CALIBRATION_SETS =
      TableDefinition.named("calibration_sets", "sets of solutions, and when they are valid")
          .text("solutions", "id of the set of solutions")
          .text("name", "name of the set")
          .text("root", "where the set lies")
          .text("measurement_set", "whose gains they are")
          .text("product", "processing set that was solved with")
          .text("data_group", "data group that was solved with")
          .texts("terms", "the chain")
          .text("model", "model of the sky")
          .text("field", "field in the middle of the data")
          .text("refant", "antenna that phases are referred to")
          .count("antennas", null, "number of antennas")
          .real("frequency_low", "Hz", "lower end of the band")
          .real("frequency_high", "Hz", "upper end of the band")
          .moment("started", "beginning of the data")
          .moment("ended", "end of the data")
          .moment("valid_from", "may be applied from here")
          .moment("valid_to", "may be applied up to here")
          .text("status", "active, or failed where its quality forbids its use")
          .text("quality", "excellent, good, marginal or poor, by the part that is flagged")
          .real("flagged", null, "part of the gains that is flagged")
          .real("median_snr", null, "median signal over noise")
          .text("parameters", "parameters of the command, JSON")
          .text("software", "version of Cornerturn")
          .moment("published", "when it became visible");

  /** Measured quality: a row for each number. */
  public static final TableDefinition CALIBRATION_QA =
      TableDefinition.named(
              "calibration_qa", "measured quality of solutions: a row for each number")
          .text("solutions", "id of the set of solutions")
          .text("root", "where the set lies")
          .text("measurement_set", "whose gains they are")
          .text("term", "kind and place in the chain; null for all of them")
          .text("antenna", "antenna; null for all of them")
          .text("metric", "what was measured")
          .real("value", null, "the number")
          .text("unit", "its unit; null for none")
          .text("finding", "what is wrong with it, after warn: or fail:; else null")
          .moment("published", "when the set became visible");

  /** What was calibrated with what. */
  public static final TableDefinition CALIBRATIONS_APPLIED =
      TableDefinition.named("calibrations_applied", "what was calibrated with which solutions")
          .text("product", "id of the corrected data group")
          .text("root", "measurement set that has it")
          .text("data_group", "data group that was corrected")
          .texts("solutions", "ids of the sets of solutions, by time")
          .texts("solution_roots", "where these lie")
          .text("interpolation", "linear or nearest")
          .real("age", "s", "time from the nearest solutions to the middle of the data")
          .text("staleness", "fresh, aging, stale or critical")
          .real("flagged", null, "part of the samples that is flagged afterwards")
          .moment("applied", "when it became visible");

  private SolutionTables() {}

  /** A table of a warehouse. */
  public static DeltaTable open(String warehouse, TableDefinition table, Map<String, String> hadoop)
      throws IOException {
    return new DeltaTable(
        Stores.open(
            warehouse.replaceAll("/+$", "") + "/" + table.name(), S3Settings.completed(hadoop)),
        table);
  }

  /** Microseconds since 1970 of seconds. */
  public static long micros(double unixSeconds) {
    return Math.round(unixSeconds * 1e6);
  }
}
