package org.cornerturn.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.CodecException;
import org.cornerturn.codec.FilterChain;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.ObjectChannel;

/**
 * Reads a dataset's elements. Keeps buffers from one read to the next, so it serves one thread; a
 * task makes its own from a {@link DatasetSource}.
 */
public final class DatasetReader {
  private static final long CHUNK_GAP = 1 << 20;
  private static final int CHUNK_REQUEST = 16 << 20;
  private static final int HEAP_BLOCKS = 16;

  private final DatasetSource source;
  private final ChunkManifest manifest;
  private final ObjectChannel raw;
  private final FilterChain filters;
  private final ElementDecoder decoder;
  private final int storedSize;
  private final RangeBatch batch = new RangeBatch(CHUNK_GAP, CHUNK_REQUEST);
  private byte[] storedChunk = new byte[0];
  private Object decodedChunk;

  /**
   * @param manifest the dataset's manifest, or the slice that covers what will be read
   * @param raw the file; the caller closes it
   */
  public DatasetReader(DatasetSource source, ChunkManifest manifest, ObjectChannel raw)
      throws IOException {
    this.source = source;
    this.manifest = manifest;
    this.raw = raw;
    this.filters = FilterPipeline.chain(source.filters(), source.addressing().limits());
    this.storedSize = source.form().stored().size();
    DatasetSource.Addressing a = source.addressing();
    ObjectChannel cached = new CachedChannel(raw, CachedChannel.BLOCK, HEAP_BLOCKS);
    GlobalHeap heap =
        new GlobalHeap(
            new MetadataReader(cached, raw, a.base(), a.offsetSize(), a.lengthSize(), a.limits()));
    ReferenceTexts references = new ReferenceTexts(heap, source.paths(), a.offsetSize());
    ElementValues values =
        new ElementValues(heap, references, a.offsetSize(), a.limits().chunkBytes());
    this.decoder = new ElementDecoder(source.form(), values);
  }

  public DatasetSource source() {
    return source;
  }

  /**
   * The elements of a region, unwritten ones as the fill value.
   *
   * @throws Hdf5Exception where the file is broken
   * @throws IllegalArgumentException for a region that isn't within the dataset
   */
  public Block read(Box region) throws IOException {
    if (region.rank() != source.shape().rank() || !Box.all(source.shape()).contains(region)) {
      throw new IllegalArgumentException(
          "region " + region + " is not within " + source.path() + " " + source.shape());
    }
    try {
      Object target = decoder.allocate(region.size());
      if (!region.isEmpty()) {
        fillIn(region, target);
      }
      return new Block(source.dataType(), region.shape(), target);
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(source.file(), source.path(), e);
    }
  }

  /** The whole dataset. */
  public Block readAll() throws IOException {
    return read(Box.all(source.shape()));
  }

  /**
   * One whole chunk of a chunked dataset of fixed-size elements, little-endian, past the dataset's
   * edge where the chunk reaches there.
   *
   * @param coordinates the chunk's place in the chunk grid
   * @throws Hdf5Exception where the file is broken
   */
  public byte[] readChunk(long... coordinates) throws IOException {
    if (source.chunk() == null || !source.dataType().isFixedSize()) {
      throw new IllegalStateException(source.path() + " has no chunks of fixed-size elements");
    }
    try {
      ChunkGrid grid = new ChunkGrid(source.shape(), source.chunk());
      Box box = grid.fullBox(coordinates);
      int at = manifest.find(grid.linear(coordinates));
      if (at >= 0) {
        filters.check(manifest.storedSize(at), mask(at, box), storedBytes(box));
      }
      byte[] target = (byte[]) decoder.allocate(source.chunk().size());
      if (at < 0) {
        unwritten(target);
        return target;
      }
      byte[] stored = new byte[manifest.storedSize(at)];
      raw.readFully(manifest.address(at), stored, 0, stored.length);
      chunk(box, at, stored, 0, stored.length, box, target);
      return target;
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(source.file(), source.path(), e);
    }
  }

  /** Takes a decoded chunk, of the full chunk shape even where that reaches past the edge. */
  @FunctionalInterface
  public interface ChunkTaker {
    void take(long number, Block chunk) throws IOException;
  }

  /**
   * Whole chunks of a chunked dataset, in the order in which they lie in the file, neighbours with
   * one request. What was never written is not given.
   *
   * @param numbers C-order numbers in the chunk grid
   * @throws Hdf5Exception where the file is broken
   */
  public void readChunks(long[] numbers, ChunkTaker taker) throws IOException {
    if (source.chunk() == null) {
      throw new IllegalStateException(source.path() + " has no chunks");
    }
    try {
      ChunkGrid grid = new ChunkGrid(source.shape(), source.chunk());
      int[] found = new int[numbers.length];
      int count = 0;
      for (long number : numbers) {
        int at = manifest.find(number);
        if (at >= 0) {
          Box box = grid.fullBox(grid.coordinates(number));
          filters.check(manifest.storedSize(at), mask(at, box), storedBytes(box));
          found[count++] = at;
        }
      }
      readFound(
          found,
          count,
          (i, bytes, offset, length) -> {
            long number = manifest.number(found[i]);
            Box box = grid.fullBox(grid.coordinates(number));
            Object target = decoder.allocate(box.size());
            chunk(box, found[i], bytes, offset, length, box, target);
            taker.take(number, new Block(source.dataType(), source.chunk(), target));
          });
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(source.file(), source.path(), e);
    }
  }

  private void readFound(int[] found, int count, RangeBatch.Taker taker) throws IOException {
    long[] positions = new long[count];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = manifest.address(found[i]);
      lengths[i] = manifest.storedSize(found[i]);
    }
    batch.read(raw, positions, lengths, taker);
  }

  /** A block of one element that was never written: the fill value. */
  public Block fill() throws IOException {
    try {
      Object one = decoder.allocate(1);
      unwritten(one);
      return new Block(source.dataType(), Shape.of(1), one);
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(source.file(), source.path(), e);
    }
  }

  private void fillIn(Box region, Object target) throws IOException {
    switch (source.storage()) {
      case CHUNKED -> chunks(region, target);
      case CONTIGUOUS -> {
        if (source.address() == ByteCursor.UNDEFINED) {
          unwritten(target);
        } else {
          rows(raw, source.address(), region, target);
        }
      }
      case COMPACT -> rows(new BytesChannel(source.file(), source.compact()), 0, region, target);
      default -> throw FormatFault.unsupported(source.storage() + " storage");
    }
  }

  private void rows(ObjectChannel channel, long position, Box region, Object target)
      throws IOException {
    RowReader rows = new RowReader(channel, position, source.shape(), storedSize);
    if (isIdentity()) {
      rows.read(region, (byte[]) target);
      return;
    }
    long n = region.size();
    byte[] stored = new byte[Math.toIntExact(Math.multiplyExact(n, (long) storedSize))];
    rows.read(region, stored);
    decoder.decode(stored, 0, target, 0, (int) n);
  }

  private boolean isIdentity() {
    ElementForm form = source.form();
    return form.kind() == ElementForm.Kind.FIXED && form.fixed().isIdentity();
  }

  private void chunks(Box region, Object target) throws IOException {
    ChunkGrid grid = new ChunkGrid(source.shape(), source.chunk());
    Box cover = grid.covering(region);
    int n = Math.toIntExact(cover.size());
    int[] found = new int[Math.min(n, manifest.size())];
    int count = 0;
    for (int i = 0; i < n && manifest.size() > 0; i++) {
      int at = manifest.find(grid.linear(coordinates(cover, i)));
      if (at >= 0) {
        found[count++] = at;
      }
    }
    if (count < n) {
      unwritten(target);
    }
    readFound(
        found,
        count,
        (i, bytes, offset, length) -> {
          Box box = grid.fullBox(grid.coordinates(manifest.number(found[i])));
          chunk(box, found[i], bytes, offset, length, region, target);
        });
  }

  private static long[] coordinates(Box cover, int number) {
    long[] c = cover.start();
    long rest = number;
    for (int k = c.length - 1; k >= 0; k--) {
      c[k] += rest % cover.extent(k);
      rest /= cover.extent(k);
    }
    return c;
  }

  private int storedBytes(Box chunk) {
    return Math.toIntExact(Math.multiplyExact(chunk.size(), (long) storedSize));
  }

  /** The filters that a chunk was stored without, a bit for each. */
  private int mask(int at, Box chunk) {
    boolean bare = source.wholeEdges() && !Box.all(source.shape()).contains(chunk);
    return bare ? -1 : manifest.filterMask(at);
  }

  /** Decodes a stored chunk and copies what it shares with the region. */
  private void chunk(
      Box box, int at, byte[] bytes, int offset, int length, Box region, Object target)
      throws IOException {
    int n = Math.toIntExact(box.size());
    int size = storedBytes(box);
    int mask = mask(at, box);
    filters.check(length, mask, size);
    boolean direct = box.equals(region);
    if (isIdentity()) {
      if (direct) {
        filters.decode(bytes, offset, length, mask, (byte[]) target, 0, size);
        return;
      }
      ensureStored(size);
      filters.decode(bytes, offset, length, mask, storedChunk, 0, size);
      BoxCopy.copy(storedChunk, box, target, region, storedSize);
      return;
    }
    ensureStored(size);
    filters.decode(bytes, offset, length, mask, storedChunk, 0, size);
    if (direct) {
      decoder.decode(storedChunk, 0, target, 0, n);
      return;
    }
    if (decodedChunk == null) {
      decodedChunk = decoder.allocate(n);
    }
    decoder.decode(storedChunk, 0, decodedChunk, 0, n);
    BoxCopy.copy(decodedChunk, box, target, region, decoder.width());
  }

  private void ensureStored(int size) {
    if (storedChunk.length < size) {
      storedChunk = new byte[size];
    }
  }

  private void unwritten(Object target) throws IOException {
    Object one = decoder.allocate(1);
    decoder.decode(source.storedFill(), 0, one, 0, 1);
    if (target instanceof byte[] out && one instanceof byte[] fill) {
      repeat(fill, out);
    } else {
      Arrays.fill((Object[]) target, ((Object[]) one)[0]);
    }
  }

  private static void repeat(byte[] fill, byte[] out) {
    boolean zero = true;
    for (byte b : fill) {
      zero &= b == 0;
    }
    if (zero || out.length == 0) {
      Arrays.fill(out, (byte) 0);
      return;
    }
    System.arraycopy(fill, 0, out, 0, fill.length);
    for (int n = fill.length; n < out.length; n *= 2) {
      System.arraycopy(out, 0, out, n, Math.min(n, out.length - n));
      if (n > out.length / 2) {
        return;
      }
    }
  }
}
