package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Unreadable;
import org.cornerturn.storage.ObjectChannel;

/** A header's items out of a file. */
final class FileSource implements HeaderSource {
  private static final long CACHED_BYTES = 256 << 10;

  private final Hdf5File file;
  private final ObjectChannel raw;
  private final Map<String, DatasetReader> readers = new HashMap<>();

  FileSource(Hdf5File file, ObjectChannel raw) {
    this.file = file;
    this.raw = raw;
  }

  static boolean isReal(DataType type) {
    return type instanceof Primitive p && !p.isComplex();
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public boolean isGroup(String path) throws IOException {
    return file.find(path).filter(o -> o instanceof Hdf5Group).isPresent();
  }

  @Override
  public List<String> members(String group) throws IOException {
    String prefix = group + "/";
    List<String> names = new ArrayList<>();
    for (Hdf5Object o : file.walk()) {
      if (o.path().startsWith(prefix) && o.path().indexOf('/', prefix.length()) < 0) {
        names.add(o.path().substring(prefix.length()));
      }
    }
    names.sort(null);
    return names;
  }

  private Optional<Hdf5Dataset> dataset(String path) throws IOException {
    Hdf5Object o = file.find(path).orElse(null);
    if (o instanceof Hdf5Unreadable) {
      return Optional.of(file.dataset(path));
    }
    return o instanceof Hdf5Dataset d ? Optional.of(d) : Optional.empty();
  }

  @Override
  public Optional<Shape> shape(String path) throws IOException {
    return dataset(path).map(Hdf5Dataset::shape);
  }

  @Override
  public Optional<Block> read(String path) throws IOException {
    Hdf5Dataset d = dataset(path).orElse(null);
    if (d == null || d.isEmpty()) {
      return Optional.empty();
    }
    long bytes = d.shape().size() * Math.max(16, d.type().size());
    return Optional.of(
        bytes <= CACHED_BYTES
            ? file.read(d.source(), d.manifest())
            : new DatasetReader(d.source(), d.manifest(), raw).readAll());
  }

  @Override
  public Block read(String path, long first, long count) throws IOException {
    DatasetReader reader = readers.get(path);
    if (reader == null) {
      Hdf5Dataset d = file.dataset(path);
      reader = new DatasetReader(d.source(), d.manifest(), raw);
      readers.put(path, reader);
    }
    Shape shape = reader.source().shape();
    long[] start = new long[shape.rank()];
    long[] extent = shape.dims();
    start[0] = first;
    extent[0] = count;
    return reader.read(Box.of(start, extent));
  }
}
