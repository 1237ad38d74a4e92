package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.cornerturn.InputFault;
import org.cornerturn.array.Box;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the regions of a task one after the other, and gives their rows in batches. */
final class LatticeReader implements PartitionReader<ColumnarBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(LatticeReader.class);

  /** Rows of a batch: its maps of positions stay in the processor's cache. */
  private static final int BATCH_ROWS = 16_384;

  private final LatticeReaders readers;
  private final Deque<String> files = new ArrayDeque<>();

  /** Parts of a region that could not be read as a whole. */
  private final Deque<Box> parts = new ArrayDeque<>();

  private LatticePartition.Regions work;
  private long nextRegion;
  private ArrayReader arrays;
  private RegionBatches region;
  private ColumnarBatch batch;
  private long requests;
  private long bytesRead;
  private long chunksRead;
  private long chunksPruned;
  private long leftOut;

  LatticeReader(LatticeReaders readers, LatticePartition partition) {
    this.readers = readers;
    if (partition instanceof LatticePartition.Regions r) {
      begin(r);
    } else {
      files.addAll(((LatticePartition.Files) partition).uris());
    }
  }

  private void begin(LatticePartition.Regions regions) {
    work = regions;
    nextRegion = regions.from();
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      if (region != null && region.hasNext()) {
        batch = region.next(BATCH_ROWS);
        return true;
      }
      if (!parts.isEmpty()) {
        read(parts.remove());
      } else if (work != null && nextRegion < work.to()) {
        read(work.grid().region(nextRegion++));
      } else if (files.isEmpty()) {
        return false;
      } else {
        closeArrays();
        plan(files.remove());
      }
    }
  }

  private void plan(String uri) throws IOException {
    work = null;
    try {
      Set<String> needed = Set.of(readers.expected().fieldNames());
      Lattice lattice = readers.source().open(uri, needed);
      SameColumns.check(readers.expected(), lattice);
      FilePlan plan = FilePlan.of(lattice, readers.columns(), readers.conditions());
      chunksPruned += plan.chunksPruned();
      begin(new LatticePartition.Regions(plan.lattice(), plan.grid(), 0, plan.grid().count()));
    } catch (IOException e) {
      leaveOut(e);
    }
  }

  private void read(Box box) throws IOException {
    try {
      if (arrays == null && !work.lattice().arraysRead().isEmpty()) {
        arrays = work.lattice().access().open(readers.source().options().hadoop());
      }
      RegionBatches fresh = new RegionBatches(work.lattice(), box);
      chunksRead += fresh.read(arrays, region);
      region = fresh;
    } catch (IOException e) {
      region = null;
      List<Box> halves = isForgiven(e) ? work.lattice().halves(box) : List.of();
      if (halves.isEmpty()) {
        leaveOut(e);
      } else {
        parts.addFirst(halves.get(1));
        parts.addFirst(halves.get(0));
      }
    }
  }

  /** In the permissive mode an input's own fault costs the rows of a chunk or file. */
  private boolean isForgiven(IOException e) {
    return e instanceof InputFault && readers.source().options().permissive();
  }

  private void leaveOut(IOException e) throws IOException {
    if (!isForgiven(e)) {
      throw e;
    }
    leftOut++;
    LOG.warn("left out: {}", e.getMessage());
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    long openRequests = arrays == null ? 0 : arrays.requests();
    long openBytes = arrays == null ? 0 : arrays.bytesRead();
    return List.of(
            new ScanMetrics.Value(ScanMetrics.BytesRead.NAME, bytesRead + openBytes),
            new ScanMetrics.Value(ScanMetrics.Requests.NAME, requests + openRequests),
            new ScanMetrics.Value(ScanMetrics.ChunksRead.NAME, chunksRead),
            new ScanMetrics.Value(ScanMetrics.ChunksPruned.NAME, chunksPruned),
            new ScanMetrics.Value(ScanMetrics.LeftOut.NAME, leftOut))
        .toArray(CustomTaskMetric[]::new);
  }

  private void closeArrays() throws IOException {
    if (arrays != null) {
      requests += arrays.requests();
      bytesRead += arrays.bytesRead();
      arrays.close();
      arrays = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeArrays();
  }
}
