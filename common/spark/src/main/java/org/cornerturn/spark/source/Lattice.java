package org.cornerturn.spark.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.Column.Coordinate;
import org.cornerturn.spark.source.Column.Element;

/**
 * A file's or store's arrays over common axes, and the columns that show them. There is a row for
 * every position on the axes that are not packed, slowest axis first; along packed axes values
 * stand in arrays.
 *
 * @param uri of the file or store
 * @param shape extent of each axis
 * @param packed for each axis whether it is packed
 * @param wholeRegions whether each region makes one row (then all axes are packed)
 */
record Lattice(
    String uri,
    Shape shape,
    boolean[] packed,
    boolean wholeRegions,
    List<StoredArray> arrays,
    List<Column> columns,
    ArrayAccess access)
    implements Serializable {
  Lattice {
    arrays = List.copyOf(arrays);
    columns = List.copyOf(columns);
  }

  /** The lattice with these columns alone, in this order. */
  Lattice select(List<String> names) {
    List<Column> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(column(name));
    }
    return new Lattice(uri, shape, packed, wholeRegions, arrays, chosen, access);
  }

  Column column(String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + name));
  }

  /** Numbers of the arrays that the columns show. */
  List<Integer> arraysRead() {
    return columns.stream()
        .map(Column::content)
        .filter(Element.class::isInstance)
        .map(c -> ((Element) c).array())
        .distinct()
        .sorted()
        .toList();
  }

  /** No more than a box needs, to travel with a task. */
  Lattice slice(Box box) {
    List<Column> sliced = new ArrayList<>();
    for (Column c : columns) {
      if (c.content() instanceof Coordinate k) {
        AxisValues part = k.values().slice(box.start(k.axis()), box.end(k.axis()));
        sliced.add(new Column(c.name(), c.type(), new Coordinate(k.axis(), part), c.hidden()));
      } else {
        sliced.add(c);
      }
    }
    return new Lattice(
        uri, shape, packed, wholeRegions, arrays, sliced, access.slice(this, arraysRead(), box));
  }

  /**
   * Two parts of a box, cut where a chunk of an array that is read ends; none where there is only
   * one chunk, or the box must stay whole for its packed axes.
   */
  List<Box> halves(Box box) {
    for (int number : arraysRead()) {
      StoredArray array = arrays.get(number);
      Box chunks = array.grid().covering(array.part(box));
      for (int i = 0; i < array.axes().length; i++) {
        int axis = array.axes()[i];
        if (chunks.extent(i) > 1 && !packed[axis]) {
          long cut = (chunks.start(i) + chunks.extent(i) / 2) * array.chunk().dim(i);
          long[] start = box.start();
          long[] extent = box.shape().dims();
          extent[axis] = cut - start[axis];
          Box low = Box.of(start, extent);
          start[axis] = cut;
          extent[axis] = box.end(axis) - cut;
          return List.of(low, Box.of(start, extent));
        }
      }
    }
    return List.of();
  }

  /** Rows that a box makes. */
  long rows(Box box) {
    if (box.isEmpty()) {
      return 0;
    }
    long n = 1;
    for (int axis = 0; axis < packed.length; axis++) {
      n = packed[axis] ? n : Math.multiplyExact(n, box.extent(axis));
    }
    return n;
  }
}
