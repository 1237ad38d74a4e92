package org.cornerturn.jobs.flag;

import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.zarr.ArrayMetadata;

/** A step on the way from visibilities to flags. */
sealed interface FlagTask extends ChunkTask {
  /** The measurement set. */
  FlagSource source();

  /**
   * Searches a window, and keeps what it finds and how much.
   *
   * @param number of the window
   * @param window (time, baseline, channel, polarization), all baselines and polarizations
   * @param found metadata of the array of what is found
   */
  record Search(
      FlagSource source,
      int number,
      Box window,
      ArrayMetadata found,
      FlagStrategy strategy,
      Selection selection,
      long inputBytes,
      long peakBytes)
      implements FlagTask {
    @Override
    public String id() {
      return source.searched(number);
    }
  }

  /**
   * Decides from the counts of all windows what is flagged altogether.
   *
   * @param windows in the order of their numbers
   */
  record Total(FlagSource source, List<Box> windows, FlagStrategy strategy) implements FlagTask {
    public Total {
      windows = List.copyOf(windows);
    }

    @Override
    public String id() {
      return source.totals();
    }

    @Override
    public long inputBytes() {
      return 0;
    }

    @Override
    public long peakBytes() {
      return 1 << 20;
    }

    @Override
    public int wave() {
      return 1;
    }
  }

  /**
   * Writes one stored object of flags: those of the input, and what was found.
   *
   * @param id key of the object
   * @param number of the object
   * @param object its box
   * @param found metadata of the array of what was found; null where nothing was searched
   * @param totals whether there are decisions of {@link Total}
   * @param cleared bits of the input that are taken back
   */
  record Write(
      FlagSource source,
      String id,
      int number,
      Box object,
      ArrayMetadata found,
      boolean totals,
      int cleared,
      long inputBytes,
      long peakBytes)
      implements FlagTask {
    @Override
    public int wave() {
      return 2;
    }
  }
}
