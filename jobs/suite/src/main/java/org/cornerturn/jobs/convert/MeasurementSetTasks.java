package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.SharedValues;
import org.cornerturn.measurementset.BlockLayout;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.SmallArray;
import org.cornerturn.measurementset.SourceHeader;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.storage.InputFile;
import org.cornerturn.uvh5.RowMap;
import org.cornerturn.uvh5.Uvh5Source;
import org.cornerturn.uvh5.VisibilityWindow;
import org.cornerturn.zarr.ArrayMetadata;

/** Makes the tasks of one measurement set. */
final class MeasurementSetTasks {
  /** Rows and chunks that are read before they are turned, stored and decoded. */
  private static final long READING_BYTES = 32L << 20;

  private static final long HEADER_BYTES = 16L << 20;

  private final Msv4Layout layout;
  private final FrequencyAxis axis;
  private final int group;
  private final Uvh5Scan reference;
  private final PhaseCentres centres;
  private final SharedValues shared;
  private final Map<Uvh5Scan, TimeMatch> matches = new HashMap<>();

  MeasurementSetTasks(
      Msv4Layout layout,
      FrequencyAxis axis,
      int group,
      Uvh5Scan reference,
      PhaseCentres centres,
      SharedValues shared) {
    this.layout = layout;
    this.axis = axis;
    this.group = group;
    this.reference = reference;
    this.centres = centres;
    this.shared = shared;
  }

  static ConvertTask.Source source(Uvh5Scan scan) {
    InputFile f = scan.input();
    return new ConvertTask.Source(f.folder(), f.key(), f.version());
  }

  /** Tasks that keep the headers of all files. */
  static void headers(ObservationInput input, List<ConvertTask> tasks) {
    for (int i = 0; i < input.files().size(); i++) {
      Uvh5Scan scan = input.files().get(i).scan();
      tasks.add(
          new HeaderTask(SourceHeader.key(i), source(scan), i, scan.bytesRead(), HEADER_BYTES));
    }
  }

  void addTo(List<ConvertTask> tasks) throws IOException {
    coordinates(tasks);
    rows(tasks);
    visibilities(tasks);
  }

  private void coordinates(List<ConvertTask> tasks) {
    List<SmallArray> arrays = new ArrayList<>();
    long bytes = 0;
    for (SmallArray a : layout.coordinates()) {
      arrays.add(new SmallArray(a.path(), VisibilityArrays.bare(a.metadata()), a.data()));
      bytes += 64 * Math.max(1, a.metadata().shape().size());
    }
    ArrayMetadata first = arrays.get(0).metadata();
    String id = ObjectWriter.key(arrays.get(0).path(), first, new long[first.shape().rank()]);
    tasks.add(new CoordinateTask(id, arrays, 2 * bytes));
  }

  private void rows(List<ConvertTask> tasks) {
    ArrayMetadata uvw = VisibilityArrays.bare(layout.uvw());
    ArrayMetadata seconds =
        layout.integrationVaries() ? VisibilityArrays.bare(layout.effectiveIntegration()) : null;
    long baselines = uvw.shape().dim(1);
    long step = uvw.chunk().dim(0); // The same of both arrays.
    for (long t = 0; t < uvw.shape().dim(0); t += step) {
      long n = Math.min(step, uvw.shape().dim(0) - t);
      Box times = Box.of(new long[] {t, 0}, new long[] {n, baselines});
      String path = layout.path(Msv4Layout.UVW);
      String id = ObjectWriter.key(path, uvw, t / step, 0, 0);
      RowMap rows =
          reference.layout().rectangle((int) t, (int) n, 0, (int) baselines).sharing(shared);
      long bytes = 4 * Double.BYTES * n * baselines;
      tasks.add(
          new RowTask(
              id,
              new RowSource(source(reference)),
              layout.set().name(),
              uvw,
              seconds,
              times,
              rows,
              centres.phasing() == null
                  ? null
                  : centres.phasing().part((int) t, (int) n, 0, (int) baselines),
              bytes,
              8 * bytes));
    }
  }

  private void visibilities(List<ConvertTask> tasks) throws IOException {
    VisibilityArrays arrays = VisibilityArrays.of(layout);
    BlockLayout blocks = layout.blocks();
    ChunkGrid grid = blocks.blocks();
    if (blocks.shape().size() == 0) {
      return;
    }
    SpectralWindow window = axis.window();
    for (long i = 0; i < grid.count(); i++) {
      Box region = grid.box(grid.coordinates(i));
      List<VisibilityTask.Part> parts = parts(region);
      double[] width = new double[(int) region.extent(2)];
      for (int c = 0; c < width.length; c++) {
        width[c] = window.widthHz((int) region.start(2) + c);
      }
      long bytes = region.size() * arrays.visibility().type().itemSize();
      boolean rotates = centres.turnsVisibilities();
      // The block, its encoded form while that grows, one more if it is turned, and the reading.
      long peak = (rotates ? 5 : 3) * bytes + READING_BYTES;
      String path = arrays.path(Msv4Layout.VISIBILITY);
      long[] first = arrays.visibility().objectGrid().covering(region).start();
      Phasing phasing =
          rotates
              ? centres
                  .phasing()
                  .part(
                      (int) region.start(0),
                      (int) region.extent(0),
                      (int) region.start(1),
                      (int) region.extent(1))
              : null;
      tasks.add(
          new VisibilityTask(
              ObjectWriter.key(path, arrays.visibility(), first),
              arrays,
              region,
              parts,
              width,
              reference.seconds(),
              layout.set().weightScale().perHertzSecond(),
              phasing,
              parts.stream().mapToLong(MeasurementSetTasks::inputBytes).sum(),
              peak));
    }
  }

  private List<VisibilityTask.Part> parts(Box region) {
    List<VisibilityTask.Part> parts = new ArrayList<>();
    for (FrequencyAxis.Slot slot : axis.slots()) {
      int from = (int) Math.max(region.start(2), slot.first());
      int to = (int) Math.min(region.end(2), slot.first() + slot.channels());
      if (slot.file() == null || from >= to) {
        continue;
      }
      TimeMatch match = matches.computeIfAbsent(slot.file(), f -> TimeMatch.of(f, reference));
      RowMap rows =
          match.rows(
              (int) region.start(0),
              (int) region.extent(0),
              (int) region.start(1),
              (int) region.extent(1));
      int which = slot.number() < 0 ? group : 0;
      VisibilityWindow window =
          new VisibilityWindow(
              slot.file().header().groups().get(which),
              rows.sharing(shared),
              from - slot.first(),
              to - from);
      parts.add(
          new VisibilityTask.Part(
              source(slot.file()),
              slot.file().data().part(window),
              window,
              from - (int) region.start(2)));
    }
    return parts;
  }

  private static long inputBytes(VisibilityTask.Part part) {
    long bytes = 0;
    for (Uvh5Source.Stored s :
        List.of(part.uvh5().visibilities(), part.uvh5().flags(), part.uvh5().samples())) {
      bytes +=
          s.dataset().chunk() == null
              ? part.window().size() * Math.max(1, s.dataset().dataType().itemSize())
              : s.manifest().storedBytes();
    }
    return bytes;
  }
}
