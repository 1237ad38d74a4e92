package org.cornerturn.jobs.night;

import java.time.Duration;
import java.util.List;

/**
 * How a stage is done.
 *
 * @param on whether it is done at all
 * @param options of its command, as on the command line
 * @param warnAfter for how long a unit may take before somebody should look
 */
record StageSettings(boolean on, List<String> options, Duration warnAfter) {
  StageSettings {
    options = List.copyOf(options);
  }

  static StageSettings usual(Stage stage) {
    return new StageSettings(stage.usual(), List.of(), stage.warnAfter());
  }
}
