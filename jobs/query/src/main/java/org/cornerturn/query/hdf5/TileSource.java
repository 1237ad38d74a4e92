package org.cornerturn.query.hdf5;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.StorageKind;
import org.cornerturn.storage.ObjectChannel;

/**
 * A dataset cut into tiles: its chunks, or where it has none runs of about 1 MiB. Safe for use by
 * several threads.
 */
final class TileSource {
  private static final long RUN_BYTES = 1 << 20;

  /** What an element of no fixed size is taken to need. */
  private static final int LOOSE_BYTES = 64;

  private final DatasetSource source;
  private final ChunkManifest manifest;
  private final ObjectChannel raw;
  private final ChunkGrid grid;
  private Block fill;

  TileSource(DatasetSource source, ChunkManifest manifest, ObjectChannel raw) {
    this.source = source;
    this.manifest = manifest;
    this.raw = raw;
    Shape shape = source.shape();
    Shape tile = isChunked() ? source.chunk() : runs(shape, elementBytes(source.dataType()));
    this.grid = new ChunkGrid(shape, tile);
  }

  /** Bytes that an element takes in memory, about, where its size varies. */
  static int elementBytes(DataType type) {
    return type.isFixedSize() ? Math.max(1, type.itemSize()) : LOOSE_BYTES;
  }

  private static Shape runs(Shape shape, int elementBytes) {
    long[] tile = new long[shape.rank()];
    long bytes = elementBytes;
    for (int i = tile.length - 1; i >= 0; i--) {
      tile[i] = Math.max(1, Math.min(shape.dim(i), RUN_BYTES / bytes));
      bytes = TilePlan.saturated(bytes, tile[i]);
    }
    return Shape.of(tile);
  }

  private boolean isChunked() {
    return source.storage() == StorageKind.CHUNKED;
  }

  DataType type() {
    return source.dataType();
  }

  ChunkGrid grid() {
    return grid;
  }

  /** Memory of a tile. */
  long tileBytes() {
    return TilePlan.saturated(grid.chunk().size(), elementBytes(type()));
  }

  /** Whether a tile was ever written; if not its elements are the fill value. */
  boolean isWritten(long number) {
    return isChunked() ? manifest.find(number) >= 0 : !source.isUnwritten();
  }

  /** A tile of nothing but the fill value. */
  Tile unwritten(long number) throws IOException {
    Box box = grid.fullBox(grid.coordinates(number));
    return new Tile(box, filled());
  }

  private synchronized Block filled() throws IOException {
    if (fill == null) {
      Block one = new DatasetReader(source, manifest, raw).fill();
      int n = Math.toIntExact(grid.chunk().size());
      int width = one.data() instanceof byte[] b ? b.length : 1;
      Object data =
          java.lang.reflect.Array.newInstance(
              one.data().getClass().getComponentType(), Math.multiplyExact(n, width));
      for (int i = 0; i < n; i++) {
        System.arraycopy(one.data(), 0, data, i * width, width);
      }
      fill = new Block(type(), grid.chunk(), data);
    }
    return fill;
  }

  /**
   * Reads tiles that were written; by number.
   *
   * @param checkpoint called between tiles; what it throws ends the reading
   */
  Map<Long, Tile> read(long[] numbers, Runnable checkpoint) throws IOException {
    DatasetReader reader = new DatasetReader(source, manifest, raw);
    Map<Long, Tile> tiles = new HashMap<>();
    if (isChunked()) {
      reader.readChunks(
          numbers,
          (number, block) -> {
            tiles.put(number, new Tile(grid.fullBox(grid.coordinates(number)), block));
            checkpoint.run();
          });
    } else {
      for (long number : numbers) {
        checkpoint.run();
        Box box = grid.box(grid.coordinates(number));
        tiles.put(number, new Tile(box, reader.read(box)));
      }
    }
    return tiles;
  }
}
