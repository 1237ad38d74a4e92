package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.BinRun;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does one {@link LineTask}: reads its box once, reduces line by line, writes whole chunks. */
final class LineReduction {
  private final LineTask task;
  private final TaskStores stores;
  private final int last;
  private final int bins;
  private final Box out;
  private final byte[] minMax;
  private final byte[] mean;
  private final long[] nanCount;
  private int line;

  LineReduction(LineTask task, TaskStores stores) {
    this.task = task;
    this.stores = stores;
    this.last = task.box().rank() - 1;
    this.out = task.out();
    this.bins = Math.toIntExact(out.extent(last));
    LineLevel level = task.coarser();
    int n = Math.toIntExact(out.size());
    this.minMax = new byte[Math.multiplyExact(n, 2 * level.minMax().type().itemSize())];
    this.mean =
        level.mean() == null
            ? null
            : new byte[Math.multiplyExact(n, level.mean().type().itemSize())];
    this.nanCount = level.nanCount() == null ? null : new long[n];
  }

  void run() throws IOException {
    if (task.finer() == null) {
      reduceSamples();
    } else {
      reduceBins();
    }
    LineLevel level = task.coarser();
    ObjectStore product = stores.product();
    level.minMax().write(product, out.append(2), minMax);
    if (mean != null) {
      level.mean().write(product, out, mean);
    }
    if (nanCount != null) {
      level.nanCount().write(product, out, Block.toBytes(nanCount));
    }
  }

  private void reduceSamples() throws IOException {
    Primitive type = task.samples().type();
    byte[] samples = task.samples().read(stores.open(task.store()), task.box());
    WaveformPyramid pyramid =
        WaveformPyramid.fromSamples(
            task.levels(), type, new int[] {bins}, task.coarser().kept(), this::accept);
    int length = Math.toIntExact(task.box().extent(last));
    for (line = 0; line < lines(); line++) {
      pyramid.begin(task.box().start(last), task.box().end(last));
      pyramid.samples(samples, line * length * type.itemSize(), length);
      pyramid.finish();
    }
  }

  private void reduceBins() throws IOException {
    LineLevel finer = task.finer();
    // Read behind the recorder's back: what the level below wrote is no output of this task.
    ObjectStore store = stores.open(stores.product().uri());
    byte[] pairs = finer.minMax().read(store, task.box().append(2));
    byte[] means = finer.mean() == null ? null : finer.mean().read(store, task.box());
    long[] nans = finer.nanCount() == null ? null : counts(finer.nanCount(), store);
    WaveformPyramid pyramid =
        WaveformPyramid.fromLevel(
            finer.number(),
            task.levels(),
            task.samples().type(),
            new int[] {bins},
            finer.kept(),
            this::accept);
    int count = Math.toIntExact(task.box().extent(last));
    long width = task.levels().samplesPerBin(finer.number());
    long first = task.box().start(last);
    long stop = Math.min(task.levels().samples(), task.box().end(last) * width);
    for (line = 0; line < lines(); line++) {
      pyramid.begin(first * width, stop);
      pyramid.bins(
          new BinRun(
              finer.number(),
              first,
              count,
              part(pairs, count * 2 * finer.minMax().type().itemSize()),
              means == null ? null : part(means, count * finer.mean().type().itemSize()),
              nans == null ? null : Arrays.copyOfRange(nans, line * count, (line + 1) * count)));
      pyramid.finish();
    }
  }

  private long[] counts(StoredArray array, ObjectStore store) throws IOException {
    Shape shape = task.box().shape();
    return new Block(array.type(), shape, array.read(store, task.box())).longs();
  }

  private byte[] part(byte[] all, int length) {
    return Arrays.copyOfRange(all, line * length, (line + 1) * length);
  }

  private int lines() {
    return Math.toIntExact(out.size() / bins);
  }

  private void accept(BinRun run) {
    if (run.count() != bins) {
      throw new IllegalStateException(task.id() + ": " + run.count() + " bins, not " + bins);
    }
    System.arraycopy(run.minMax(), 0, minMax, line * run.minMax().length, run.minMax().length);
    if (mean != null) {
      System.arraycopy(run.mean(), 0, mean, line * run.mean().length, run.mean().length);
    }
    if (nanCount != null && run.nanCount() != null) {
      System.arraycopy(run.nanCount(), 0, nanCount, line * bins, bins);
    }
  }
}
