package org.cornerturn.jobs.flag;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.flagging.SampleMasks;
import org.cornerturn.flagging.SearchCounts;
import org.cornerturn.flagging.VisibilityWindow;
import org.cornerturn.flagging.WindowFlagger;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.SampleReader;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.zarr.EmptyChunks;

/** Searches one window of visibilities. */
final class WindowSearch {
  private final FlagTask.Search task;
  private final TaskStores stores;
  private final Msv4Reader reader;
  private final Box window;

  WindowSearch(FlagTask.Search task, TaskStores stores) throws IOException {
    this.task = task;
    this.stores = stores;
    this.reader = task.source().reader(stores);
    this.window = task.window();
  }

  void run() throws IOException {
    MaskRules rules = new MaskRules(reader, task.strategy().masks(), task.selection());
    VisibilityWindow samples = read(rules.of(window));
    new WindowFlagger(samples.times(), samples.channels(), task.strategy()).flag(samples);
    try (ObjectAssembly out =
        new ObjectAssembly(
            stores.product(), task.source().found(), task.found(), window, EmptyChunks.OMIT)) {
      for (Box piece : ObjectAssembly.pieces(task.found(), window)) {
        out.add(piece, samples.bits(inside(piece)));
      }
      out.finish();
    }
    if (task.strategy().totals().ofWholeSet()) {
      long[] counts =
          SearchCounts.of(samples, rules.antenna1(), rules.antenna2(), rules.antennaCount())
              .toLongs();
      stores.product().put(task.source().searched(task.number()), Block.toBytes(counts));
    }
  }

  /** Amplitudes of the window, read chunk by chunk. */
  private VisibilityWindow read(SampleMasks masks) throws IOException {
    VisibilityWindow samples =
        new VisibilityWindow(
            (int) window.extent(0),
            (int) window.extent(1),
            (int) window.extent(2),
            (int) window.extent(3));
    SampleReader reading = new SampleReader(reader);
    for (Box piece : ObjectAssembly.pieces(reader.visibilityMetadata(), window)) {
      samples.put(inside(piece), reading.visibilities(piece), reading.flagBits(piece), masks);
    }
    return samples;
  }

  /** A box counted from the window's first sample. */
  private Box inside(Box box) {
    long[] start = box.start();
    for (int i = 0; i < start.length; i++) {
      start[i] -= window.start(i);
    }
    return Box.of(start, box.shape().dims());
  }
}
