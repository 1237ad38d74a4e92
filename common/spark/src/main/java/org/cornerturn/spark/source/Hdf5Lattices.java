package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.spark.source.LatticeBuilder.ValueType;
import org.cornerturn.storage.ObjectChannel;

/** Datasets of HDF5 files as lattices: an axis for each dimension, coordinates from its scale. */
record Hdf5Lattices(SourceOptions options, List<String> uris) implements LatticeSource {
  /** What netCDF-4 calls a scale that has no values. */
  private static final String NO_VALUES = "This is a netCDF dimension but not a netCDF variable";

  /** Longest axis whose coordinates travel with the plan; longer ones are read with the data. */
  static final long KNOWN_COORDINATES = 1 << 21;

  private static final int NAMED = 20;

  @Override
  public Lattice open(String uri, Set<String> needed) throws IOException {
    try (ObjectChannel channel = Hdf5Access.channel(uri, options.hadoop());
        Hdf5File file = Hdf5File.open(channel)) {
      return lattice(uri, file, channel, dataset(file), needed);
    }
  }

  private Hdf5Dataset dataset(Hdf5File file) throws IOException {
    Optional<String> named = options.text("dataset");
    if (named.isPresent()) {
      String path = named.get().startsWith("/") ? named.get() : "/" + named.get();
      return file.dataset(path);
    }
    List<Hdf5Dataset> all = new ArrayList<>();
    for (Hdf5Object o : file.walk()) {
      if (o instanceof Hdf5Dataset d) {
        all.add(d);
      }
    }
    if (all.size() == 1) {
      return all.get(0);
    }
    String some = String.join(", ", all.stream().limit(NAMED).map(Hdf5Dataset::path).toList());
    throw new Hdf5Exception(
        file.name(),
        "/",
        all.isEmpty()
            ? "it has no dataset"
            : "it has "
                + all.size()
                + " datasets"
                + (all.size() > NAMED ? ", among them " : ": ")
                + some,
        "Name one with the option dataset",
        null);
  }

  private Lattice lattice(
      String uri, Hdf5File file, ObjectChannel channel, Hdf5Dataset dataset, Set<String> needed)
      throws IOException {
    DatasetSource source = dataset.source();
    Shape shape = source.shape();
    boolean chunks = options.choice("rows", "element", "chunk").equals("chunk");
    boolean[] packed = new boolean[shape.rank()];
    Arrays.fill(packed, chunks);
    LatticeBuilder lattice = new LatticeBuilder(uri, shape, packed, chunks, needed);
    boolean table = source.dataType() instanceof Struct && shape.rank() == 1;
    lattice.indexes(table);
    List<DatasetSource> sources = new ArrayList<>(List.of(source));
    List<ChunkManifest> manifests = new ArrayList<>(List.of(dataset.manifest()));
    int[] axes = new int[shape.rank()];
    Arrays.setAll(axes, i -> i);
    int values =
        lattice.array(
            StoredArray.of(dataset.path(), axes, source.dataType(), shape, source.chunk()));
    List<List<String>> scales = dataset.dimensionScales();
    for (int axis = 0; axis < scales.size(); axis++) {
      Optional<Hdf5Dataset> scale = scale(file, scales.get(axis), shape.dim(axis));
      if (scale.isPresent()) {
        coordinate(lattice, axis, scale.get(), channel, sources, manifests);
      }
    }
    boolean names = options.choice("enums", "names", "numbers").equals("names");
    Map<Long, String> enumNames = new HashMap<>();
    if (names && source.dataType() instanceof Primitive p && p.isInteger()) {
      dataset.enumNames().forEach((name, value) -> enumNames.putIfAbsent(value, name));
    }
    lattice.elements("value", values, enumNames);
    return lattice.build(new Hdf5Access(uri, sources, manifests));
  }

  /** The first scale of an axis that gives it values. */
  private static Optional<Hdf5Dataset> scale(Hdf5File file, List<String> paths, long length)
      throws IOException {
    for (String path : paths) {
      Hdf5Object o = file.find(path).orElse(null);
      if (o instanceof Hdf5Dataset d
          && d.unsupported().isEmpty()
          && d.shape().rank() == 1
          && d.shape().dim(0) == length
          && !d.scaleName().orElse("").startsWith(NO_VALUES)
          && isCoordinate(d.dataType())) {
        return Optional.of(d);
      }
    }
    return Optional.empty();
  }

  static boolean isCoordinate(DataType type) {
    return type instanceof Primitive p && !p.isComplex()
        || type instanceof FixedText
        || type instanceof Text;
  }

  private static void coordinate(
      LatticeBuilder lattice,
      int axis,
      Hdf5Dataset scale,
      ObjectChannel channel,
      List<DatasetSource> sources,
      List<ChunkManifest> manifests)
      throws IOException {
    String name = scale.path().substring(scale.path().lastIndexOf('/') + 1);
    DatasetSource source = scale.source();
    ChunkManifest manifest = scale.manifest();
    Shape shape = source.shape();
    if (shape.dim(0) <= KNOWN_COORDINATES) {
      lattice.coordinate(
          name,
          axis,
          ValueType.of(source.dataType()),
          () -> AxisValues.of(new DatasetReader(source, manifest, channel).readAll()));
      return;
    }
    sources.add(source);
    manifests.add(manifest);
    int array =
        lattice.array(
            StoredArray.of(
                scale.path(), new int[] {axis}, source.dataType(), shape, source.chunk()));
    lattice.elements(name, array, Map.of());
  }
}
