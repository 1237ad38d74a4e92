package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.stream.LongStream;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.flagging.FlagCounts;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.flagging.WindowBits;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.SampleReader;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.BoxReader;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrArray;

/** Writes one object of flags and counts what is in it. */
final class FlagWriter {
  private static final int TOTALS = WindowBits.widen(WindowBits.TOTALS);

  /** Whatever is found by searching. */
  private static final int FOUND =
      TOTALS | WindowBits.widen(WindowBits.RFI) | WindowBits.widen(WindowBits.RFI_EXTENSION);

  private final FlagTask.Write task;
  private final ObjectStore store;
  private final Msv4Reader reader;
  private final MaskRules rules;

  FlagWriter(FlagTask.Write task, TaskStores stores) throws IOException {
    this.task = task;
    this.store = stores.product();
    this.reader = task.source().reader(stores);
    // For the antennas of baselines alone.
    this.rules = new MaskRules(reader, new Masks(false, false, 0, 0, -90), Selection.NONE);
  }

  void run() throws IOException {
    FlagSource source = task.source();
    ArrayMetadata flags = source.flags();
    Box object = task.object();
    BoxReader found =
        task.found() == null ? null : ZarrArray.of(store, source.found(), task.found()).boxes();
    SampleReader input = new SampleReader(reader);
    TotalFlags totals = task.totals() ? TotalFlags.read(source, rules.antennaCount(), store) : null;
    FlagCounts counts =
        new FlagCounts(
            rules.antennaCount(),
            (int) object.extent(2),
            (int) object.extent(0),
            (int) object.extent(3));
    try (ObjectAssembly out =
        new ObjectAssembly(store, source.target(), flags, object, EmptyChunks.OMIT)) {
      for (Box piece : ObjectAssembly.pieces(flags, object)) {
        short[] bits = input.flagBits(piece);
        merge(bits, found == null ? null : found.read(piece));
        if (totals != null) {
          add(totals, piece, bits);
        }
        counts.count(
            bits,
            FlagSource.ints(piece.shape().dims()),
            new int[] {
              (int) (piece.start(0) - object.start(0)),
              (int) piece.start(1),
              (int) (piece.start(2) - object.start(2)),
              0
            },
            rules.antenna1(),
            rules.antenna2());
        out.add(piece, bits);
      }
      out.finish();
    }
    store.put(source.counted(task.number()), Block.toBytes(counts.toLongs()));
  }

  private void merge(short[] bits, byte[] found) {
    int kept = ~task.cleared();
    for (int i = 0; i < bits.length; i++) {
      int own = found == null ? 0 : WindowBits.widen(found[i]);
      bits[i] = (short) (bits[i] & kept | own);
    }
  }

  /** Flags whatever was searched of antennas, channels and times that go altogether. */
  private void add(TotalFlags totals, Box slab, short[] bits) {
    int polarizations = (int) slab.extent(3);
    int row = (int) slab.extent(2) * polarizations;
    int[] channels =
        LongStream.range(slab.start(2), slab.end(2))
            .filter(c -> totals.channels()[(int) c])
            .mapToInt(c -> (int) (c - slab.start(2)))
            .toArray();
    int at = 0;
    for (long t = slab.start(0); t < slab.end(0); t++) {
      for (long b = slab.start(1); b < slab.end(1); b++, at += row) {
        if (totals.times()[(int) t]
            || totals.antennas()[rules.antenna1()[(int) b]]
            || totals.antennas()[rules.antenna2()[(int) b]]) {
          add(bits, at, at + row);
        } else {
          for (int c : channels) {
            add(bits, at + c * polarizations, at + (c + 1) * polarizations);
          }
        }
      }
    }
  }

  private static void add(short[] bits, int from, int end) {
    for (int i = from; i < end; i++) {
      if ((bits[i] & ~FOUND) == 0) {
        bits[i] |= (short) TOTALS;
      }
    }
  }
}
