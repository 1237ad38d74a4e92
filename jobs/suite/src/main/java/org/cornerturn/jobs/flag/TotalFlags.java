package org.cornerturn.jobs.flag;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.flagging.FlagStrategy.Totals;
import org.cornerturn.flagging.SearchCounts;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/**
 * Antennas, channels and times that are flagged altogether.
 *
 * @param antennas by antenna
 * @param channels by channel of the whole band
 * @param times by integration of the whole set
 */
record TotalFlags(boolean[] antennas, boolean[] channels, boolean[] times) {

  /** Decides and keeps it. */
  static void decide(FlagTask.Total task, TaskStores stores) throws IOException {
    FlagSource source = task.source();
    ObjectStore store = stores.product();
    int antennas = source.reader(stores).antennaNames().size();
    Shape shape = source.flags().shape();
    int channels = (int) shape.dim(2);
    int times = (int) shape.dim(0);
    SearchCounts all = new SearchCounts(antennas, channels, times);
    for (int i = 0; i < task.windows().size(); i++) {
      Box window = task.windows().get(i);
      int width = (int) window.extent(2);
      int length = (int) window.extent(0);
      long[] counts = longs(store.get(source.searched(i)));
      all.add(
          SearchCounts.ofLongs(antennas, width, length, counts),
          (int) window.start(2),
          (int) window.start(0));
    }
    Totals rule = task.strategy().totals();
    TotalFlags totals =
        new TotalFlags(
            all.antennasAbove(rule.antenna()),
            all.channelsAbove(rule.channel()),
            all.timesAbove(rule.time()));
    store.put(source.totals(), totals.toBytes());
  }

  static long[] longs(byte[] bytes) {
    return new Block(Primitive.INT64, Shape.of(bytes.length / Long.BYTES), bytes).longs();
  }

  private byte[] toBytes() {
    byte[] bytes = new byte[antennas.length + channels.length + times.length];
    int at = 0;
    for (boolean[] set : new boolean[][] {antennas, channels, times}) {
      for (boolean b : set) {
        bytes[at++] = (byte) (b ? 1 : 0);
      }
    }
    return bytes;
  }

  /**
   * What {@link #decide} has kept.
   *
   * @param antennas how many there are
   */
  static TotalFlags read(FlagSource source, int antennas, ObjectStore store) throws IOException {
    byte[] bytes = store.get(source.totals());
    int channels = (int) source.flags().shape().dim(2);
    int times = (int) source.flags().shape().dim(0);
    boolean[][] sets = {new boolean[antennas], new boolean[channels], new boolean[times]};
    int at = 0;
    for (boolean[] set : sets) {
      for (int i = 0; i < set.length; i++) {
        set[i] = bytes[at++] != 0;
      }
    }
    return new TotalFlags(sets[0], sets[1], sets[2]);
  }
}
