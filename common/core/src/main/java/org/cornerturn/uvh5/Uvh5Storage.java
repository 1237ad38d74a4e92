package org.cornerturn.uvh5;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.WriteFilter;

/** How a file in the making keeps its visibilities, flags and sample counts. */
public record Uvh5Storage(Stored visibilities, Stored flags, Stored samples)
    implements Serializable {
  private static final long CHUNK_BYTES = 1 << 20;
  private static final List<WriteFilter> LZF = List.of(WriteFilter.LZF);

  /**
   * One dataset.
   *
   * @param shape (row, frequency, polarization), or with an axis of windows before the frequencies
   */
  public record Stored(Hdf5Type type, Shape shape, Shape chunk, List<WriteFilter> filters)
      implements Serializable {
    public Stored {
      filters = List.copyOf(filters);
    }

    public ChunkGrid grid() {
      return new ChunkGrid(shape, chunk);
    }

    /** Bytes of a chunk before its filters. */
    public int chunkBytes() {
      return Math.toIntExact(chunk.size() * type.size());
    }

    /**
     * A chunk as it is stored.
     *
     * @param raw a whole chunk, also where it reaches past the edge; elements as in the file
     */
    public WriteFilter.Encoded encode(byte[] raw) {
      return WriteFilter.encode(filters, raw, type.size());
    }
  }

  /**
   * Storage in pyuvdata's manner: visibilities bare, flags and sample counts through LZF. All three
   * have the same chunks: whole rows, about 1 MiB of visibilities.
   *
   * @param visibilities COMPLEX64 or COMPLEX128
   * @param shape of all three datasets
   */
  public static Uvh5Storage standard(Primitive visibilities, Shape shape) {
    return of(
        Hdf5Type.of(visibilities),
        Hdf5Type.of(Primitive.BOOL),
        Hdf5Type.of(Primitive.FLOAT32),
        shape,
        List.of());
  }

  /** Storage of the types that a record has. */
  public static Uvh5Storage of(HeaderRecord record) {
    HeaderRecord.Item vis = record.find(Uvh5File.VISDATA).orElseThrow();
    return of(
        vis.type(),
        record.find(Uvh5File.FLAGS).orElseThrow().type(),
        record.find(Uvh5File.NSAMPLES).orElseThrow().type(),
        vis.shape().orElseThrow(),
        List.of());
  }

  private static Uvh5Storage of(
      Hdf5Type vis, Hdf5Type flags, Hdf5Type samples, Shape shape, List<WriteFilter> filters) {
    Shape chunk = chunk(shape, vis.size());
    return new Uvh5Storage(
        new Stored(vis, shape, chunk, filters),
        new Stored(flags, shape, chunk, LZF),
        new Stored(samples, shape, chunk, LZF));
  }

  private static Shape chunk(Shape shape, int itemSize) {
    long[] dims = shape.dims();
    long row = itemSize;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = Math.max(1, dims[i]);
      row = Math.multiplyExact(row, dims[i]);
    }
    dims[0] = Math.max(1, Math.min(dims[0], CHUNK_BYTES / row));
    return Shape.of(dims);
  }

  /**
   * The same with other chunks and filters of the visibilities.
   *
   * @param chunk of the rank of the datasets; of all three
   */
  public Uvh5Storage with(Shape chunk, List<WriteFilter> filters) {
    return new Uvh5Storage(
        new Stored(visibilities.type, visibilities.shape, chunk, filters),
        new Stored(flags.type, flags.shape, chunk, flags.filters),
        new Stored(samples.type, samples.shape, chunk, samples.filters));
  }

  /** Whether every chunk holds whole rows, so that tasks can make it from a run of rows. */
  public boolean holdsWholeRows() {
    for (int axis = 1; axis < visibilities.shape.rank(); axis++) {
      if (visibilities.chunk.dim(axis) < visibilities.shape.dim(axis)) {
        return false;
      }
    }
    return true;
  }
}
