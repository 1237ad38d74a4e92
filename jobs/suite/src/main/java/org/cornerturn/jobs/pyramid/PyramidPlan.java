package org.cornerturn.jobs.pyramid;

import java.util.List;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * A pyramid to be made.
 *
 * @param levels above the array itself
 * @param hierarchy what is published at the pyramid's root
 * @param parent what the group around the array tells of it
 */
record PyramidPlan(
    int levels, List<PyramidTask> tasks, ZarrHierarchy hierarchy, ParentAttributes parent) {
  PyramidPlan {
    tasks = List.copyOf(tasks);
  }
}
