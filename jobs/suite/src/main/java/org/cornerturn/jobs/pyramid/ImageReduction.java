package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.ImagePyramid;
import org.cornerturn.pyramid.ImageTile;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does one {@link ImageTask}: reads its box once, reduces image by image, writes whole chunks. */
final class ImageReduction {
  private final ImageTask task;
  private final TaskStores stores;
  private final Box box;
  private final Box out;
  private final int height;
  private final int width;

  ImageReduction(ImageTask task, TaskStores stores) {
    this.task = task;
    this.stores = stores;
    this.box = task.box();
    this.out = task.out();
    int y = box.rank() - 2;
    this.height = Math.toIntExact(box.extent(y));
    this.width = Math.toIntExact(box.extent(y + 1));
  }

  void run() throws IOException {
    Input input = task.finer() == null ? pixels() : level();
    int images = Math.toIntExact(box.size() / ((long) height * width));
    ImageLevel level = task.coarser();
    byte[] mean = buffer(level.mean());
    byte[] min = buffer(level.min());
    byte[] max = buffer(level.max());
    byte[] nans = level.nanCount() == null ? null : buffer(level.nanCount());
    for (int i = 0; i < images; i++) {
      ImageTile tile = ImagePyramid.reduce(task.levels(), task.pixels().type(), input.tile(i));
      put(tile.mean(), mean, i);
      put(tile.min(), min, i);
      put(tile.max(), max, i);
      if (nans != null && tile.nanCount() != null) {
        put(Block.toBytes(tile.nanCount()), nans, i);
      }
    }
    ObjectStore product = stores.product();
    level.mean().write(product, out, mean);
    level.min().write(product, out, min);
    level.max().write(product, out, max);
    if (nans != null) {
      level.nanCount().write(product, out, nans);
    }
  }

  private byte[] buffer(StoredArray array) {
    return new byte[Math.multiplyExact(Math.toIntExact(out.size()), array.type().itemSize())];
  }

  private static void put(byte[] image, byte[] all, int i) {
    System.arraycopy(image, 0, all, i * image.length, image.length);
  }

  private Input pixels() throws IOException {
    byte[] pixels = task.pixels().read(stores.open(task.store()), box);
    return i -> ImageTile.ofImage(y(), x(), height, width, part(pixels, i, task.pixels()));
  }

  private Input level() throws IOException {
    ImageLevel finer = task.finer();
    // Read behind the recorder's back: what the level below wrote is no output of this task.
    ObjectStore store = stores.open(stores.product().uri());
    byte[] mean = finer.mean().read(store, box);
    byte[] min = finer.min().read(store, box);
    byte[] max = finer.max().read(store, box);
    byte[] nans = finer.nanCount() == null ? null : finer.nanCount().read(store, box);
    return i ->
        new ImageTile(
            finer.number(),
            y(),
            x(),
            height,
            width,
            part(min, i, finer.min()),
            part(max, i, finer.max()),
            part(mean, i, finer.mean()),
            nans == null ? null : counts(part(nans, i, finer.nanCount())));
  }

  private int[] counts(byte[] nans) {
    Shape shape = Shape.of(height, width);
    return new Block(task.finer().nanCount().type(), shape, nans).ints();
  }

  private byte[] part(byte[] all, int i, StoredArray array) {
    int length = height * width * array.type().itemSize();
    return length == all.length ? all : Arrays.copyOfRange(all, i * length, (i + 1) * length);
  }

  private long y() {
    return box.start(box.rank() - 2);
  }

  private long x() {
    return box.start(box.rank() - 1);
  }

  /** The i-th image of the box. */
  @FunctionalInterface
  private interface Input {
    ImageTile tile(int i);
  }
}
