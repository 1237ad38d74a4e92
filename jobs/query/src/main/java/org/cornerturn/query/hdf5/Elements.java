package org.cornerturn.query.hdf5;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Caches;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Problem;

/**
 * Elements of datasets, read by tiles which all requests share once they are decoded. Tiles that a
 * request lacks are fetched and decoded a few batches ahead of it by a fixed number of threads.
 */
public final class Elements {
  private static final double TILES_SHARE = 0.22;
  private static final long BATCH_BYTES = 4 << 20;
  private static final int BATCH_TILES = 4096;
  private static final int THREADS =
      Math.max(4, Math.min(32, 2 * Runtime.getRuntime().availableProcessors()));
  private static final int AHEAD = THREADS;

  /** Takes tiles one after the other, in C order. */
  @FunctionalInterface
  public interface TileTaker {
    void take(Tile tile) throws IOException;
  }

  private record TileKey(FileKey file, String path, View view, long number) {}

  private final Hdf5Files files;
  private final RequestMemory memory;
  private final Limit requestBytes;
  private final Limit scanBytes;
  private final Limit tileBytes;
  private final ByteCache<TileKey, Tile> tiles;
  private final ExecutorService threads;

  public Elements(Hdf5Files files, Caches caches, RequestMemory memory, Limits limits) {
    this.files = files;
    this.memory = memory;
    this.requestBytes = limits.requestBytes();
    this.scanBytes =
        limits.declare(
            "hdf5_scan_bytes",
            4L << 30,
            "bytes",
            "decoded values that one request may pass over to reduce or thin them out");
    this.tileBytes =
        limits.declare(
            "hdf5_chunk_bytes", 128L << 20, "bytes", "one decoded chunk of an HDF5 dataset");
    this.tiles = caches.cache("hdf5_tiles", TILES_SHARE, Tile::bytes);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread t = new Thread(task, "hdf5-tiles-" + number.incrementAndGet());
              t.setDaemon(true);
              return t;
            });
  }

  /**
   * Bytes that a selection takes in memory.
   *
   * @throws Problem 413 when they are more than one request may have
   */
  public long bytes(DataType type, Hyperslab slab) {
    long n = 1;
    for (long c : slab.count()) {
      n = TilePlan.saturated(n, c);
    }
    long bytes = TilePlan.saturated(n, TileSource.elementBytes(type));
    return Math.min(requestBytes.check(bytes), Integer.MAX_VALUE - 64);
  }

  /**
   * Selected elements, dense in C order, of the selection's shape with no axis dropped.
   *
   * @param slab of the dataset's shape in this view
   * @throws Problem 413, 422, 502, 503
   */
  public Block read(
      OpenFile file, Hdf5Dataset dataset, View view, Hyperslab slab, Deadline deadline)
      throws Exception {
    TileSource source = source(file, dataset, view, deadline);
    DataType type = source.type();
    bytes(type, slab);
    int n = Math.toIntExact(slab.size());
    int width = type.isFixedSize() ? type.itemSize() : 1;
    Object target = allocate(type, n);
    Gather gather = new Gather(slab, width, target);
    visit(file, source, dataset.path(), view, slab, deadline, gather::add);
    return new Block(type, slab.shape(), target);
  }

  private static Object allocate(DataType type, int n) {
    if (type.isFixedSize()) {
      return new byte[Math.multiplyExact(n, type.itemSize())];
    }
    return type instanceof DataType.Sequence ? new byte[n][] : new String[n];
  }

  /** The selected elements of a tile, one after the other. */
  public static Block selected(Hyperslab slab, Tile tile) {
    int rank = slab.rank();
    long[] start = new long[rank];
    long[] count = new long[rank];
    for (int i = 0; i < rank; i++) {
      long from = slab.firstAt(i, tile.box().start(i));
      long end = Math.min(slab.count()[i], slab.firstAt(i, tile.box().end(i)));
      start[i] = slab.start()[i] + from * slab.step()[i];
      count[i] = Math.max(0, end - from);
    }
    Hyperslab here = new Hyperslab(start, slab.step(), count);
    DataType type = tile.block().type();
    Object target = allocate(type, Math.toIntExact(here.size()));
    new Gather(here, type.isFixedSize() ? type.itemSize() : 1, target).add(tile);
    return new Block(type, here.shape(), target);
  }

  /** Gives the tiles that hold selected elements, in C order of their places. */
  public void visit(
      OpenFile file,
      Hdf5Dataset dataset,
      View view,
      Hyperslab slab,
      Deadline deadline,
      TileTaker taker)
      throws Exception {
    TileSource source = source(file, dataset, view, deadline);
    visit(file, source, dataset.path(), view, slab, deadline, taker);
  }

  /**
   * Does work that reads a selection, with the memory for it reserved.
   *
   * @param more bytes of results and their encodings
   * @throws Problem 413 where it is too much, 503 where there is none free in time
   */
  public <T> T reserving(
      OpenFile file,
      Hdf5Dataset dataset,
      View view,
      Hyperslab slab,
      long more,
      Deadline deadline,
      Callable<T> work)
      throws Exception {
    long window = 0;
    if (!slab.isEmpty()) {
      TileSource source = source(file, dataset, view, deadline);
      TilePlan plan = checked(source, slab);
      long inFlight = (AHEAD + 1L) * perBatch(source);
      window = Math.min(plan.count(), inFlight) * source.tileBytes();
    }
    RequestMemory.Reservation reservation =
        memory.reserve(Math.min(window, memory.most() / 2) + more, deadline);
    try {
      return work.call();
    } finally {
      reservation.close();
    }
  }

  private TileSource source(OpenFile file, Hdf5Dataset dataset, View view, Deadline deadline)
      throws Exception {
    try {
      DatasetSource source = view == View.STORED ? dataset.storedSource() : dataset.source();
      ChunkManifest manifest = files.manifest(file, dataset, deadline);
      return new TileSource(source, manifest, file.shared().raw());
    } catch (IOException e) {
      throw Faults.problem(file.shared().located(), e);
    }
  }

  private void visit(
      OpenFile file,
      TileSource source,
      String path,
      View view,
      Hyperslab slab,
      Deadline deadline,
      TileTaker taker)
      throws Exception {
    if (slab.isEmpty()) {
      return;
    }
    TilePlan plan = checked(source, slab);
    int perBatch = perBatch(source);
    long batches = (plan.count() + perBatch - 1) / perBatch;
    AtomicBoolean stopped = new AtomicBoolean();
    Deque<Batch> ahead = new ArrayDeque<>();
    try {
      long next = 0;
      for (long b = 0; b < batches; b++) {
        while (next < batches && ahead.size() <= AHEAD) {
          Batch batch = batch(file, source, path, view, plan, next++ * perBatch, perBatch);
          if (batches > 1) {
            batch.start(threads, stopped, deadline);
          }
          ahead.add(batch);
        }
        deadline.check();
        ahead.remove().give(taker, deadline);
      }
    } catch (IOException e) {
      throw Faults.problem(file.shared().located(), e);
    } finally {
      stopped.set(true);
    }
  }

  /** Refuses what is too much before anything is read. */
  private TilePlan checked(TileSource source, Hyperslab slab) {
    tileBytes.check(source.tileBytes());
    TilePlan plan = new TilePlan(source.grid(), slab);
    scanBytes.check(TilePlan.saturated(plan.count(), source.tileBytes()));
    return plan;
  }

  private static int perBatch(TileSource source) {
    return (int) Math.max(1, Math.min(BATCH_TILES, BATCH_BYTES / Math.max(1, source.tileBytes())));
  }

  private Batch batch(
      OpenFile file,
      TileSource source,
      String path,
      View view,
      TilePlan plan,
      long first,
      int most) {
    int n = (int) Math.min(most, plan.count() - first);
    Batch batch = new Batch(file.shared(), source, path, view, n);
    for (int i = 0; i < n; i++) {
      batch.add(source.grid().linear(plan.coordinates(first + i)));
    }
    return batch;
  }

  /** Tiles that are fetched together. */
  private final class Batch {
    private final SharedFile file;
    private final TileSource source;
    private final String path;
    private final View view;
    private final long[] numbers;
    private final Map<Long, Tile> found = new HashMap<>();
    private final long[] missing;
    private int count;
    private int missingCount;
    private CompletableFuture<Map<Long, Tile>> loading;

    Batch(SharedFile file, TileSource source, String path, View view, int n) {
      this.file = file;
      this.source = source;
      this.path = path;
      this.view = view;
      this.numbers = new long[n];
      this.missing = new long[n];
    }

    void add(long number) {
      numbers[count++] = number;
      if (!source.isWritten(number)) {
        return;
      }
      Tile tile = tiles.peek(key(number));
      if (tile != null) {
        found.put(number, tile);
      } else {
        missing[missingCount++] = number;
      }
    }

    private TileKey key(long number) {
      return new TileKey(file.key(), path, view, number);
    }

    /** Lets a thread load what is missing; the file stays open until it is done. */
    void start(ExecutorService pool, AtomicBoolean stopped, Deadline deadline) {
      if (missingCount == 0 || !file.retain()) {
        return;
      }
      loading = new CompletableFuture<>();
      pool.execute(
          () -> {
            try {
              loading.complete(load(() -> goOn(stopped, deadline)));
            } catch (Throwable e) {
              loading.completeExceptionally(e);
            } finally {
              file.release();
            }
          });
    }

    private Map<Long, Tile> load(Runnable checkpoint) throws IOException {
      checkpoint.run();
      return source.read(java.util.Arrays.copyOf(missing, missingCount), checkpoint);
    }

    /** Ends a loading for a request that has ended, whose time is over, or whose client is gone. */
    private static void goOn(AtomicBoolean stopped, Deadline deadline) {
      if (stopped.get()) {
        throw new IllegalStateException("the request has ended");
      }
      deadline.check();
    }

    void give(TileTaker taker, Deadline deadline) throws Exception {
      if (missingCount > 0) {
        Map<Long, Tile> loaded = loading == null ? load(deadline::check) : await(deadline);
        for (Map.Entry<Long, Tile> e : loaded.entrySet()) {
          tiles.get(key(e.getKey()), deadline, e::getValue);
        }
        found.putAll(loaded);
      }
      for (long number : numbers) {
        Tile tile = found.remove(number);
        taker.take(tile == null ? source.unwritten(number) : tile);
      }
    }

    private Map<Long, Tile> await(Deadline deadline) throws Exception {
      while (true) {
        deadline.check();
        try {
          return loading.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          continue; // Look at the deadline again.
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Exception x) {
            throw x;
          }
          throw e;
        }
      }
    }
  }
}
