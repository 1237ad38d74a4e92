package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Shape;
import org.cornerturn.deconvolution.Deconvolution;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.skyimage.SkyImageLayout;

/** The tasks of an image, and what they take. */
final class TaskPlan {
  /** Planes of the image that a finishing task holds, of 4 bytes a pixel. */
  private static final int OUTPUT_PLANES = 5;

  /** Where it restores: transforms for many components, too. */
  private static final int RESTORING_PLANES = 8;

  /** Of a report: a few pictures as they are, as text, and as the page's bytes. */
  private static final long REPORT_BYTES = 128L << 20;

  private final Imaging imaging;
  private final List<Facet> facets;
  private final List<Cell> cells;
  private final List<Msv4Reader> readers;
  private final CellPlan cut;
  private final List<ImageTask> tasks = new ArrayList<>();
  private final long plane;

  /**
   * @param cells with their blocks
   */
  TaskPlan(Imaging imaging, List<Cell> cells, List<Msv4Reader> readers, CellPlan cut) {
    this.imaging = imaging;
    this.facets = imaging.facets();
    this.cells = cells;
    this.readers = readers;
    this.cut = cut;
    this.plane = Float.BYTES * imaging.geometry().pixels();
  }

  List<ImageTask> tasks() throws IOException {
    if (imaging.isWeighed()) {
      for (int t = 0; t < imaging.intervals(); t++) {
        weights(t);
      }
    }
    int last = imaging.parameters().cleans() ? imaging.parameters().majorCycles() : 0;
    for (int cycle = 0; cycle <= last; cycle++) {
      for (Cell cell : cells) {
        for (int b = 0; b < cell.blocks().size(); b++) {
          tasks.add(grid(cell, b, cycle));
        }
      }
      List<Integer> groups = cells.stream().map(imaging::group).distinct().toList();
      for (int group : groups) {
        for (int p = 0; p < imaging.polarizations().size(); p++) {
          tasks.add(clean(group, p, cycle, cycle == last));
        }
      }
    }
    int wave = GridTask.wave(last) + 2;
    for (Cell cell : cells) {
      output(cell.number(), wave);
    }
    if (imaging.parameters().axes().joined() && imaging.channels() > 1) {
      for (int t = 0; t < imaging.intervals(); t++) {
        output(-1 - t, wave);
      }
    }
    tasks.add(new CoordinateTask(SkyImageLayout.FIRST_KEY, imaging, wave, 0, 1 << 20));
    tasks.add(new ReportTask(ReportTask.KEY, imaging, wave + 1, 0, REPORT_BYTES));
    return tasks;
  }

  private void weights(int interval) throws IOException {
    List<Cell.Block> blocks = new ArrayList<>();
    for (Cell cell : cells) {
      for (Cell.Block block : cell.interval() == interval ? cell.blocks() : List.<Cell.Block>of()) {
        blocks.addAll(cut.forWeights(block));
      }
    }
    long density = imaging.weights().densityBytes(imaging.geometry());
    int polarizations = imaging.polarizations().size();
    for (int part = 0; part < blocks.size(); part++) {
      Cell.Block block = blocks.get(part);
      tasks.add(
          new WeighTask(
              String.format("%s/weights/%04d/part-%04d", Imaging.PARTS, interval, part),
              imaging,
              interval,
              part,
              blocks.size(),
              block,
              stored(block, 5),
              density + cut.samples(block) * Float.BYTES * polarizations + slab(block)));
    }
    for (int p = 0; blocks.size() > 1 && p < polarizations; p++) {
      tasks.add(
          new JoinTask(
              Imaging.density(interval, p, -1),
              imaging,
              interval,
              p,
              blocks.size(),
              density * blocks.size(),
              density));
    }
  }

  /** Bytes of a block in the input: of weights and flags, or of visibilities, too. */
  private long stored(Cell.Block block, int each) throws IOException {
    return cut.samples(block) * readers.get(block.set()).shape().dim(3) * each;
  }

  /** Bytes of the integrations that are decoded together. */
  private long slab(Cell.Block block) throws IOException {
    Msv4Reader reader = readers.get(block.set());
    Shape shape = reader.shape();
    long thick = Math.min(block.times(), reader.visibilityMetadata().chunk().dim(0));
    // Visibilities, as decoded and as numbers, weights, flags.
    return thick * shape.dim(1) * block.channels() * shape.dim(3) * (2 * 8 + 2 * 4 + 2 * 2);
  }

  private GridTask grid(Cell cell, int number, int cycle) throws IOException {
    Cell.Block block = cell.blocks().get(number);
    long samples = cut.samples(block);
    int polarizations = imaging.polarizations().size();
    boolean psf = cycle == 0 && imaging.parameters().hasPsf();
    int images = psf ? 2 * polarizations : polarizations;
    long held = samples * polarizations * Samples.BYTES + 24 * samples / block.channels();
    long weighing = imaging.weights().densityBytes(imaging.geometry()) + samples * Float.BYTES;
    long gridding =
        facets.stream().mapToLong(f -> f.gridBytes(images, cycle > 0, samples)).max().orElseThrow();
    // What the model is seen as.
    long predicting = cycle == 0 ? 0 : samples * polarizations * 2 * Float.BYTES;
    // Slabs of samples are read by all threads at once.
    int threads = imaging.parameters().gridding().mostThreads();
    long peak = held + Math.max(threads * slab(block), Math.max(weighing, gridding + predicting));
    return new GridTask(
        Imaging.gridded(cell.number(), cycle) + String.format("/%04d", number),
        imaging,
        cell,
        number,
        block,
        cycle,
        cells.stream().mapToInt(c -> c.blocks().size()).sum(),
        // Later cycles may have nothing to do: progress goes by what is read for sure.
        cycle == 0 ? stored(block, 13) : 0,
        peak);
  }

  private CleanTask clean(int group, int polarization, int cycle, boolean last) {
    int[] blocks =
        cells.stream()
            .filter(c -> imaging.group(c) == group)
            .mapToInt(c -> c.blocks().size())
            .toArray();
    long making =
        facets.stream()
            .mapToLong(
                f ->
                    3 * f.plan().geometry().pixels() * f.plan().precision().bytes()
                        + f.resampling().memoryBytes()
                        + (facets.size() > 1 ? Float.BYTES * f.geometry().pixels() : 0))
            .max()
            .orElseThrow();
    // Of each cell residual, model and point spread function; the last image to be made is one.
    long planes = last ? 2 * plane : 3L * blocks.length * plane;
    long cleaning =
        last
            ? 0
            : Deconvolution.bytes(
                imaging.geometry().width(),
                imaging.geometry().height(),
                blocks.length,
                imaging.parameters().clean());
    long peak = planes + Math.max(making, cleaning);
    return new CleanTask(
        Imaging.state(group, polarization, cycle),
        imaging,
        group,
        polarization,
        cycle,
        blocks,
        last,
        (int) cells.stream().map(imaging::group).distinct().count()
            * imaging.polarizations().size(),
        0,
        peak);
  }

  private void output(int cell, int wave) {
    for (int p = 0; p < imaging.polarizations().size(); p++) {
      for (Role role : Role.of(imaging)) {
        boolean restores = role == Role.IMAGE || role == Role.IMAGE_PB;
        tasks.add(
            new OutputTask(
                OutputStep.key(imaging, cell, p, role),
                imaging,
                cell,
                p,
                role,
                wave,
                cells.size() * imaging.polarizations().size() * Role.of(imaging).size(),
                0,
                plane * (restores ? RESTORING_PLANES : OUTPUT_PLANES)));
      }
    }
  }
}
