package org.cornerturn.jobs.watch;

import java.time.Duration;
import java.util.List;
import org.cornerturn.observation.GroupingRule;

/**
 * What to watch.
 *
 * @param inputs folders, prefixes or globs
 * @param output folder of the products
 * @param minSubbands observations with fewer are not converted
 * @param stableFor for how long a file must not have changed
 * @param patience for how long missing subbands are waited for
 * @param interval from one look to the next
 * @param options of the conversions, as on convert's command line
 */
record WatchParameters(
    List<String> inputs,
    String output,
    GroupingRule rule,
    int minSubbands,
    Duration stableFor,
    Duration patience,
    Duration interval,
    List<String> options) {
  WatchParameters {
    inputs = List.copyOf(inputs);
    options = List.copyOf(options);
  }
}
