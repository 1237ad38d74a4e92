package org.cornerturn.jobs.night;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.observation.ObservationGroup;

/**
 * What a night is.
 *
 * @param name of the night in the ledger and of its report
 * @param inputs folders, prefixes or globs of UVH5 files
 * @param output folder of all products
 * @param date day (UTC) in which observations begin; empty for all
 * @param minSubbands observations with fewer are refused
 * @param stages every stage's settings
 * @param retries how often what failed is tried again
 * @param backoff before the first of these; doubled before each further one
 * @param minFree bytes that must be free at the output before a stage begins
 * @param diskPatience how long that is waited for
 */
record NightParameters(
    String name,
    List<String> inputs,
    String output,
    Optional<LocalDate> date,
    GroupingRule rule,
    int minSubbands,
    Map<Stage, StageSettings> stages,
    int retries,
    Duration backoff,
    long minFree,
    Duration diskPatience) {
  NightParameters {
    inputs = List.copyOf(inputs);
    stages = Map.copyOf(new EnumMap<>(stages));
  }

  StageSettings settings(Stage stage) {
    return stages.get(stage);
  }

  boolean does(Stage stage) {
    return stages.get(stage).on();
  }

  /** Whether an observation belongs to the night. */
  boolean has(ObservationGroup group) {
    return date.isEmpty() || date.get().equals(group.start().atZone(ZoneOffset.UTC).toLocalDate());
  }
}
