package org.cornerturn.spark.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.LatticeBuilder.ValueType;
import org.cornerturn.spark.source.ZarrVariables.Variable;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;
import org.cornerturn.zarr.ZarrNode;

/**
 * Zarr arrays, and groups of arrays that share dimensions, as lattices: an axis for each dimension,
 * coordinates from arrays of one dimension.
 */
record ZarrLattices(SourceOptions options, List<String> uris) implements LatticeSource {
  @Override
  public Lattice open(String uri, Set<String> needed) throws IOException {
    try (ObjectStore store = Stores.open(uri, options.hadoop())) {
      ZarrNode node =
          ZarrNode.at(store, "")
              .orElseThrow(() -> new ZarrException(uri, "no Zarr array or group is here"));
      Optional<String> named = options.text("array").map(ZarrLattices::trimmed);
      String group = trimmed(options.text("group").orElse(""));
      if (node.isArray()) {
        if (named.isPresent() || !group.isEmpty()) {
          throw new ZarrException(uri, "it is an array itself; leave out array and group");
        }
        return array(uri, ZarrArray.open(store, ""), List.of(), needed);
      }
      ZarrGroup root = ZarrGroup.open(store, "");
      if (named.isEmpty()) {
        return group(uri, group.isEmpty() ? root : root.group(group), needed);
      }
      String path = group.isEmpty() ? named.get() : group + "/" + named.get();
      int slash = path.lastIndexOf('/');
      ZarrGroup parent = slash < 0 ? root : root.group(path.substring(0, slash));
      ZarrArray array = root.array(path);
      return array(uri, array, coordinates(parent, array), needed);
    }
  }

  private static String trimmed(String path) {
    return path.replaceAll("^/+|/+$", "");
  }

  private boolean inChunks() {
    return options.choice("rows", "element", "chunk").equals("chunk");
  }

  /** The arrays beside an array that have the name of one of its dimensions. */
  private static List<Variable> coordinates(ZarrGroup group, ZarrArray array) throws IOException {
    List<String> dimensions = array.metadata().dimensionNames();
    List<Variable> found = new ArrayList<>();
    if (dimensions == null) {
      return found;
    }
    Set<String> names = group.arrayNames();
    for (int axis = 0; axis < dimensions.size(); axis++) {
      String name = dimensions.get(axis);
      if (name != null && names.contains(name)) {
        ZarrArray beside = group.array(name);
        Shape shape = beside.metadata().shape();
        if (shape.rank() == 1
            && shape.dim(0) == array.metadata().shape().dim(axis)
            && !beside.path().equals(array.path())) {
          found.add(new Variable(name, beside, new int[] {axis}));
        }
      }
    }
    return found;
  }

  private Lattice array(String uri, ZarrArray array, List<Variable> coordinates, Set<String> needed)
      throws IOException {
    Shape shape = array.metadata().shape();
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    List<Variable> values = List.of(new Variable("value", array, axes));
    return lattice(uri, shape, shape.rank(), coordinates, values, needed);
  }

  private Lattice group(String uri, ZarrGroup group, Set<String> needed) throws IOException {
    ZarrVariables v = ZarrVariables.of(uri, group, options.list("variables"));
    return lattice(uri, v.shape(), v.rowAxes(), v.coordinates(), v.values(), needed);
  }

  /**
   * @param rowAxes axes that make rows; those behind them are always packed
   */
  private Lattice lattice(
      String uri,
      Shape shape,
      int rowAxes,
      List<Variable> coordinates,
      List<Variable> values,
      Set<String> needed)
      throws IOException {
    boolean chunks = inChunks();
    boolean[] packed = new boolean[shape.rank()];
    Arrays.fill(packed, chunks ? 0 : rowAxes, packed.length, true);
    LatticeBuilder lattice = new LatticeBuilder(uri, shape, packed, chunks, needed);
    lattice.indexes(false);
    List<String> paths = new ArrayList<>();
    List<ArrayMetadata> metadata = new ArrayList<>();
    for (Variable c : coordinates) {
      ArrayMetadata m = c.array().metadata();
      if (m.shape().dim(0) <= Hdf5Lattices.KNOWN_COORDINATES
          && Hdf5Lattices.isCoordinate(m.type())) {
        lattice.coordinate(
            c.name(),
            c.axes()[0],
            ValueType.of(m.type()),
            () -> AxisValues.of(c.array().read(Box.all(m.shape()))));
      } else {
        whole(lattice, c, stored(c, lattice, paths, metadata));
      }
    }
    boolean one = values.size() == 1 && values.get(0).name().equals("value");
    for (Variable v : values) {
      int number = stored(v, lattice, paths, metadata);
      if (one) {
        lattice.elements("value", number, Map.of());
      } else {
        whole(lattice, v, number);
      }
    }
    return lattice.build(new ZarrAccess(uri, paths, metadata));
  }

  /** One column, of structs where the elements are records. */
  private static void whole(LatticeBuilder lattice, Variable v, int number) {
    Field field = new Field(v.name(), v.array().metadata().type(), Shape.of());
    lattice.element(v.name(), number, 0, field, Map.of());
  }

  private static int stored(
      Variable v, LatticeBuilder lattice, List<String> paths, List<ArrayMetadata> metadata) {
    ArrayMetadata m = v.array().metadata();
    paths.add(v.array().path());
    // Attributes may be long, and no task reads them.
    metadata.add(m.withAttributes(JsonNodeFactory.instance.objectNode()));
    return lattice.array(
        StoredArray.of(v.array().path(), v.axes(), m.type(), m.shape(), m.chunk()));
  }
}
