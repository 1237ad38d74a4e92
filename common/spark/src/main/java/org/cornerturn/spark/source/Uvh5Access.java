package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.uvh5.Uvh5Source.Stored;
import org.cornerturn.uvh5.VisibilityReader;

/**
 * Visibilities, flags, sample counts and uvw of a file, in this order.
 *
 * @param complex type in which visibilities are given
 */
record Uvh5Access(
    String uri,
    org.cornerturn.uvh5.Uvh5Source source,
    Primitive complex,
    DatasetSource uvw,
    ChunkManifest uvwManifest)
    implements ArrayAccess {
  private static final int VISIBILITIES = 0;
  private static final int FLAGS = 1;
  private static final int SAMPLES = 2;
  private static final int UVW = 3;

  @Override
  public ArrayAccess slice(Lattice lattice, List<Integer> arrays, Box box) {
    Box uvwBox = Box.of(new long[] {box.start(0)}, new long[] {box.extent(0)}).append(3);
    boolean someUvw = arrays.contains(UVW) && uvw.chunk() != null;
    return new Uvh5Access(
        uri,
        new org.cornerturn.uvh5.Uvh5Source(
            source.rank(),
            source.channels(),
            part(source.visibilities(), arrays.contains(VISIBILITIES), box),
            part(source.flags(), arrays.contains(FLAGS), box),
            part(source.samples(), arrays.contains(SAMPLES), box)),
        complex,
        uvw,
        someUvw
            ? uvwManifest.slice(new ChunkGrid(uvw.shape(), uvw.chunk()), uvwBox)
            : ChunkManifest.none());
  }

  private static Stored part(Stored stored, boolean needed, Box box) {
    DatasetSource d = stored.dataset();
    if (d.chunk() == null) {
      return stored;
    }
    if (!needed) {
      return new Stored(d, ChunkManifest.none());
    }
    long pols = d.shape().dim(d.shape().rank() - 1);
    Box own;
    if (d.shape().rank() == 3) {
      own =
          Box.of(
              new long[] {box.start(0), box.start(1), 0},
              new long[] {box.extent(0), box.extent(1), pols});
    } else {
      long each = d.shape().dim(2);
      long first = box.start(1) / each;
      long last = (box.end(1) - 1) / each;
      boolean one = first == last;
      own =
          Box.of(
              new long[] {box.start(0), first, one ? box.start(1) % each : 0, 0},
              new long[] {box.extent(0), last - first + 1, one ? box.extent(1) : each, pols});
    }
    return new Stored(d, stored.manifest().slice(new ChunkGrid(d.shape(), d.chunk()), own));
  }

  @Override
  public ArrayReader open(Map<String, String> hadoop) throws IOException {
    return new Reader(this, Hdf5Access.channel(uri, hadoop));
  }

  private static final class Reader implements ArrayReader {
    private final Uvh5Access access;
    private final ObjectChannel channel;
    private final VisibilityReader reader;
    private DatasetReader uvw;

    Reader(Uvh5Access access, ObjectChannel channel) {
      this.access = access;
      this.channel = channel;
      this.reader = new VisibilityReader(access.source, channel);
    }

    @Override
    public Block read(int array, Box box) throws IOException {
      if (array == UVW) {
        return uvw(box);
      }
      long window = access.source.rank() == 4 ? access.source.channels() : Math.max(1, box.end(1));
      Block whole = null;
      byte[] parts = null;
      DataType type = null;
      // Rank 4: a piece for each spectral window that the box touches.
      for (long at = box.start(1); at < box.end(1); ) {
        long end = Math.min(box.end(1), (at / window + 1) * window);
        Block piece = piece(array, box, (int) at, (int) (end - at));
        type = piece.type();
        long pols = access.source.polarizations();
        if (end - at == box.extent(1) && pols == box.extent(2)) {
          whole = piece;
        } else {
          int width = type.itemSize();
          parts = parts == null ? new byte[Math.toIntExact(box.size() * width)] : parts;
          Box from =
              Box.of(new long[] {box.start(0), at, 0}, new long[] {box.extent(0), end - at, pols});
          BoxCopy.copy(piece.bytes(), from, parts, box, width);
        }
        at = end;
      }
      return whole != null ? whole : new Block(type, box.shape(), parts);
    }

    private Block piece(int array, Box box, int channel, int channels) throws IOException {
      int rows = (int) box.extent(0);
      return switch (array) {
        case VISIBILITIES ->
            reader.visibilities(box.start(0), rows, channel, channels, access.complex);
        case FLAGS -> reader.flags(box.start(0), rows, channel, channels);
        default -> samples(reader.samples(box.start(0), rows, channel, channels));
      };
    }

    /** Sample counts in the table's precision, whatever the file's. */
    private Block samples(Block counts) {
      Primitive wanted =
          access.complex == Primitive.COMPLEX64 ? Primitive.FLOAT32 : Primitive.FLOAT64;
      if (counts.type() == wanted) {
        return counts;
      }
      double[] values = counts.toDoubles();
      if (wanted == Primitive.FLOAT64) {
        return new Block(wanted, counts.shape(), Block.toBytes(values));
      }
      float[] rounded = new float[values.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) values[i];
      }
      return new Block(wanted, counts.shape(), Block.toBytes(rounded));
    }

    private Block uvw(Box rows) throws IOException {
      if (uvw == null) {
        uvw = new DatasetReader(access.uvw, access.uvwManifest, channel);
      }
      Block metres = uvw.read(rows.append(3));
      byte[] bytes =
          metres.type() == Primitive.FLOAT64 ? metres.bytes() : Block.toBytes(metres.toDoubles());
      return new Block(Uvh5Lattices.UVW_TYPE, Shape.of(rows.extent(0)), bytes);
    }

    @Override
    public long requests() {
      return channel.requests();
    }

    @Override
    public long bytesRead() {
      return channel.bytesRead();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
