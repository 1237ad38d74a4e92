package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;

/**
 * Does the tasks of a conversion.
 *
 * @param empty what becomes of chunks of nothing but the fill value
 */
record ConvertKernel(EmptyChunks empty) implements Kernel<ConvertTask> {

  @Override
  public Outcome run(ConvertTask task, TaskStores stores) throws IOException {
    try {
      if (task instanceof CopyTask copy) {
        return copy(copy, stores);
      }
      if (task instanceof WaveTask wave) {
        return new WaveConversion(wave, stores, empty).run();
      }
      if (task instanceof WaveMergeTask merge) {
        return new WaveMerge(merge, stores, empty).run();
      }
      return visibilities(task, new VisibilityConversion(stores, empty));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Outcome visibilities(ConvertTask task, VisibilityConversion conversion)
      throws IOException {
    if (task instanceof VisibilityTask block) {
      return conversion.run(block);
    }
    if (task instanceof RowTask rows) {
      return conversion.run(rows);
    }
    if (task instanceof HeaderTask header) {
      return conversion.run(header);
    }
    return conversion.run((CoordinateTask) task);
  }

  private Outcome copy(CopyTask task, TaskStores stores) throws IOException {
    try (ObjectChannel input = task.source().open(stores)) {
      DatasetReader reader = null;
      ObjectWriter writer = null;
      CopyTask.Part before = null;
      for (CopyTask.Part part : task.parts()) {
        // Parts of one array follow each other; its buffers serve them all.
        boolean same = before != null && before.array().equals(part.array());
        if (!same) {
          writer = new ObjectWriter(stores.product(), part.array(), part.metadata(), empty);
        }
        if (!same || before.manifest() != part.manifest()) {
          reader = new DatasetReader(part.dataset(), part.manifest(), input);
        }
        copy(part, reader, writer);
        before = part;
      }
      return Outcome.done(task.id(), stores.written(), input.bytesRead());
    }
  }

  private static void copy(CopyTask.Part part, DatasetReader reader, ObjectWriter writer)
      throws IOException {
    Block block = reader.read(part.region());
    ArrayMetadata metadata = part.metadata();
    ChunkGrid grid = metadata.objectGrid();
    Box cover = grid.covering(part.region());
    ChunkGrid walk = new ChunkGrid(cover.shape(), unit(cover.rank()));
    for (long i = 0; i < walk.count(); i++) {
      long[] at = walk.coordinates(i);
      for (int axis = 0; axis < at.length; axis++) {
        at[axis] += cover.start(axis);
      }
      Box box = grid.box(at);
      writer.put(at, box.equals(part.region()) ? block : cut(block, part.region(), box));
    }
  }

  private static Shape unit(int rank) {
    long[] one = new long[rank];
    java.util.Arrays.fill(one, 1);
    return Shape.of(one);
  }

  /** The part of a block that a box takes. */
  private static Block cut(Block block, Box region, Box box) {
    DataType type = block.type();
    int n = Math.toIntExact(box.size());
    if (type instanceof DataType.Text) {
      String[] texts = new String[n];
      BoxCopy.copy(block.data(), region, texts, box, 1);
      return new Block(type, box.shape(), texts);
    }
    if (type instanceof DataType.Sequence) {
      byte[][] sequences = new byte[n][];
      BoxCopy.copy(block.data(), region, sequences, box, 1);
      return new Block(type, box.shape(), sequences);
    }
    byte[] bytes = new byte[Math.multiplyExact(n, type.itemSize())];
    BoxCopy.copy(block.data(), region, bytes, box, type.itemSize());
    return new Block(type, box.shape(), bytes);
  }
}
