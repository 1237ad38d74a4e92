package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * The arrays of a group that make one table, by xarray's convention: dimensions have names, and
 * arrays that share names share axes. The array of the highest rank (the largest of several) gives
 * the axes; every array over some of them, in their order, joins in. Further dimensions at the end
 * of an array (the three of uvw, say) become axes that are packed. Others have no place in the
 * table.
 *
 * @param shape of the lattice: the leading array's axes, then the packed ones
 * @param rowAxes number of the leading array's axes
 * @param coordinates arrays over one axis
 * @param values the others
 */
record ZarrVariables(Shape shape, int rowAxes, List<Variable> coordinates, List<Variable> values) {

  /**
   * An array and the axes that it runs along.
   *
   * @param name of its column
   */
  record Variable(String name, ZarrArray array, int[] axes) {}

  /**
   * @param wanted names of the arrays that join in; empty for all
   */
  static ZarrVariables of(String uri, ZarrGroup group, List<String> wanted) throws IOException {
    SortedSet<String> names = group.arrayNames();
    for (String w : wanted) {
      if (!names.contains(w)) {
        throw new ZarrException(uri, "it has no array " + w + "; it has " + names);
      }
    }
    SortedMap<String, ZarrArray> opened = new TreeMap<>();
    for (String name : wanted.isEmpty() ? names : wanted) {
      opened.put(name, group.array(name));
    }
    for (ZarrArray a : List.copyOf(opened.values())) {
      for (String dimension : dimensions(a)) {
        if (dimension != null && names.contains(dimension) && !opened.containsKey(dimension)) {
          opened.put(dimension, group.array(dimension));
        }
      }
    }
    List<ZarrArray> arrays = opened.values().stream().filter(a -> isNamed(a.metadata())).toList();
    if (arrays.isEmpty()) {
      SortedSet<String> all = group.arrayPaths();
      throw new ZarrException(
          uri,
          "the group has no array with named dimensions; name one of its arrays with the option"
              + " array, or a group with the option group: "
              + new ArrayList<>(all).subList(0, Math.min(20, all.size())));
    }
    return of(arrays);
  }

  private static boolean isNamed(ArrayMetadata m) {
    if (m.shape().rank() == 0) {
      return true;
    }
    List<String> names = m.dimensionNames();
    return names != null && !names.contains(null) && new HashSet<>(names).size() == names.size();
  }

  private static ZarrVariables of(List<ZarrArray> arrays) {
    ZarrArray lead = arrays.get(0);
    for (ZarrArray a : arrays) {
      if (rank(a) > rank(lead) || rank(a) == rank(lead) && size(a) > size(lead)) {
        lead = a;
      }
    }
    List<String> dimensions = new ArrayList<>(dimensions(lead));
    List<Long> extents = new ArrayList<>();
    for (long d : lead.metadata().shape().dims()) {
      extents.add(d);
    }
    int rowAxes = dimensions.size();
    List<Variable> coordinates = new ArrayList<>();
    List<Variable> values = new ArrayList<>();
    for (ZarrArray a : arrays) {
      String name = a.path().substring(a.path().lastIndexOf('/') + 1);
      int[] axes = axes(a, dimensions, extents, rowAxes);
      if (axes == null) {
        continue;
      }
      boolean coordinate = a != lead && axes.length == 1 && axes[0] < rowAxes;
      (coordinate ? coordinates : values).add(new Variable(name, a, axes));
    }
    coordinates.sort(
        (a, b) -> {
          int own = Boolean.compare(isOwn(b), isOwn(a));
          return own != 0 ? own : Integer.compare(a.axes()[0], b.axes()[0]);
        });
    long[] shape = extents.stream().mapToLong(Long::longValue).toArray();
    return new ZarrVariables(Shape.of(shape), rowAxes, coordinates, values);
  }

  private static boolean isOwn(Variable v) {
    return dimensions(v.array()).equals(List.of(v.name()));
  }

  private static int rank(ZarrArray a) {
    return a.metadata().shape().rank();
  }

  private static double size(ZarrArray a) {
    double n = 1;
    for (long d : a.metadata().shape().dims()) {
      n *= d;
    }
    return n;
  }

  private static List<String> dimensions(ZarrArray a) {
    List<String> names = a.metadata().dimensionNames();
    return names == null ? List.of() : names;
  }

  /** The array's axes in the lattice, which may get further ones; null where it has no place. */
  private static int[] axes(
      ZarrArray array, List<String> dimensions, List<Long> extents, int rowAxes) {
    List<String> own = dimensions(array);
    int[] axes = new int[own.size()];
    int last = -1;
    List<Integer> added = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      long extent = array.metadata().shape().dim(i);
      int at = dimensions.indexOf(own.get(i));
      boolean extra = at < 0 || at >= rowAxes;
      if (extra && (i == 0 || own.size() == 1)) {
        return null; // Nothing of it runs along the rows.
      }
      if (at < 0) {
        at = dimensions.size() + added.size();
        added.add(i);
      } else if (extents.get(at) != extent) {
        return null;
      }
      if (at <= last) {
        return null;
      }
      axes[i] = at;
      last = at;
    }
    for (int i : added) {
      dimensions.add(own.get(i));
      extents.add(array.metadata().shape().dim(i));
    }
    return axes;
  }
}
