package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.pyramid.BinRun;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;

/** Writers of every level's arrays. */
final class LevelArrayWriters {
  private final List<LevelWriter> minMax = new ArrayList<>();
  private final List<LevelWriter> mean = new ArrayList<>();
  private final List<LevelWriter> nanCount = new ArrayList<>();

  LevelArrayWriters(WaveformArrays arrays, ObjectStore product, EmptyChunks empty) {
    for (WaveformArrays.Level level : arrays.levels()) {
      minMax.add(new LevelWriter(product, level.minMaxPath(), level.minMax(), empty));
      mean.add(
          level.mean() == null
              ? null
              : new LevelWriter(product, level.meanPath(), level.mean(), empty));
      nanCount.add(
          level.nanCount() == null
              ? null
              : new LevelWriter(product, level.nanCountPath(), level.nanCount(), empty));
    }
  }

  void put(long channel, long trc, long segment, BinRun run) throws IOException {
    int i = run.level() - 1;
    minMax.get(i).put(channel, trc, segment, run.firstBin(), run.count(), run.minMax());
    if (mean.get(i) != null) {
      mean.get(i).put(channel, trc, segment, run.firstBin(), run.count(), run.mean());
    }
    if (nanCount.get(i) != null) {
      long[] counts = run.nanCount() == null ? new long[run.count()] : run.nanCount();
      nanCount
          .get(i)
          .put(channel, trc, segment, run.firstBin(), run.count(), Block.toBytes(counts));
    }
  }
}
