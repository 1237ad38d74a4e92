package org.cornerturn.jobs.index;

import java.util.List;
import org.cornerturn.observation.GroupingRule;

/**
 * What to index.
 *
 * @param inputs files, folders, prefixes or globs
 * @param again whether unchanged files are read, too
 */
record IndexParameters(List<String> inputs, GroupingRule rule, boolean again) {
  IndexParameters {
    inputs = List.copyOf(inputs);
  }
}
