package org.cornerturn.jobs.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Dataset;

/**
 * Names of a group's array axes, so that xarray opens the group as one dataset: a dimension scale
 * gives its name, then a dimension label; an axis without either gets {@code phony_dim_N}, one for
 * each extent in the group, as netCDF does. Within a group a name stands for one extent, and an
 * array has no name twice.
 */
final class DimensionNames {
  private final Map<String, Long> extents = new HashMap<>();
  private final Map<Long, List<String>> phony = new HashMap<>();
  private int next;

  /** Names for one array of the group; call in a fixed order of arrays. */
  List<String> name(Hdf5Dataset dataset) {
    return name(dataset.shape(), wishes(dataset));
  }

  /**
   * @param wishes a name per axis, empty where none is known; may be shorter than the rank
   */
  List<String> name(Shape shape, List<String> wishes) {
    List<String> names = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      long extent = shape.dim(axis);
      String wish = axis < wishes.size() ? wishes.get(axis) : "";
      boolean free =
          !wish.isEmpty() && !used.contains(wish) && extents.getOrDefault(wish, extent) == extent;
      String name = free ? wish : phony(extent, used);
      extents.put(name, extent);
      used.add(name);
      names.add(name);
    }
    return names;
  }

  private String phony(long extent, Set<String> used) {
    List<String> known = phony.computeIfAbsent(extent, e -> new ArrayList<>());
    for (String name : known) {
      if (!used.contains(name)) {
        return name;
      }
    }
    String name = "phony_dim_" + next++;
    while (extents.containsKey(name)) {
      name = "phony_dim_" + next++;
    }
    known.add(name);
    return name;
  }

  private static List<String> wishes(Hdf5Dataset dataset) {
    List<String> wishes = new ArrayList<>();
    for (int axis = 0; axis < dataset.shape().rank(); axis++) {
      String wish = "";
      if (axis < dataset.dimensionScales().size()
          && !dataset.dimensionScales().get(axis).isEmpty()) {
        wish = leaf(dataset.dimensionScales().get(axis).get(0));
      } else if (axis < dataset.dimensionLabels().size()) {
        wish = dataset.dimensionLabels().get(axis);
      }
      wishes.add(wish);
    }
    // A scale names its own axis: a one-dimensional array named as its dimension is xarray's index
    // coordinate.
    Optional<String> scale = dataset.scaleName();
    if (scale.isPresent() && dataset.shape().rank() == 1 && wishes.get(0).isEmpty()) {
      wishes.set(0, leaf(dataset.path()));
    }
    return wishes;
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
