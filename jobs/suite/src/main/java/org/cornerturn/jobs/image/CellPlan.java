package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.measurementset.Msv4Reader;

/**
 * Cuts the visibilities of measurement sets into the cells of the output: as many integrations and
 * channels in each as can be, over all sets.
 */
final class CellPlan {
  /** Samples whose weights one task sums up, about. */
  private static final long SMALL = 1L << 23;

  /** Samples, times polarizations, that a task grids at most. */
  private static final long MOST = 1L << 26;

  private final List<Msv4Reader> readers;
  private final ImageParameters parameters;
  private final int polarizations;
  private final List<double[]> times = new ArrayList<>();
  private final List<double[]> hertz = new ArrayList<>();
  private final double[] allTimes;
  private final double[] allHertz;

  CellPlan(List<Msv4Reader> readers, ImageParameters parameters, int polarizations)
      throws IOException {
    this.readers = readers;
    this.parameters = parameters;
    this.polarizations = polarizations;
    TreeSet<Double> distinctTimes = new TreeSet<>();
    TreeSet<Double> distinctHertz = new TreeSet<>();
    for (Msv4Reader reader : readers) {
      times.add(reader.unixSeconds());
      hertz.add(reader.frequenciesHz());
      Arrays.stream(reader.unixSeconds()).forEach(distinctTimes::add);
      Arrays.stream(reader.frequenciesHz()).forEach(distinctHertz::add);
    }
    allTimes = distinctTimes.stream().mapToDouble(Double::doubleValue).toArray();
    allHertz = distinctHertz.stream().mapToDouble(Double::doubleValue).toArray();
    check("--intervals-out", parameters.axes().intervals(), allTimes.length, "integrations");
    check("--channels-out", parameters.axes().channels(), allHertz.length, "channels");
  }

  private static void check(String option, int wanted, int there, String what) {
    if (wanted > there) {
      throw new UserError(
          option + " " + wanted,
          "the data have " + there + " " + what,
          "Use " + there + " or fewer");
    }
  }

  double lowestHz() {
    return allHertz[0];
  }

  double highestHz() {
    return allHertz[allHertz.length - 1];
  }

  /** Cells, time slowest. */
  List<Cell> cells() throws IOException {
    List<Cell> cells = new ArrayList<>();
    int intervals = parameters.axes().intervals();
    int channels = parameters.axes().channels();
    for (int t = 0; t < intervals; t++) {
      for (int c = 0; c < channels; c++) {
        cells.add(
            cell(cells.size(), t, c, part(allTimes, t, intervals), part(allHertz, c, channels)));
      }
    }
    return cells;
  }

  /** The values of one of so many nearly equal parts. */
  private static double[] part(double[] all, int number, int parts) {
    int from = (int) ((long) all.length * number / parts);
    int to = (int) ((long) all.length * (number + 1) / parts);
    return Arrays.copyOfRange(all, from, to);
  }

  private Cell cell(int number, int interval, int channel, double[] seconds, double[] band)
      throws IOException {
    List<Cell.Block> whole = new ArrayList<>();
    long samples = 0;
    double integration = 0;
    double width = 0;
    for (int s = 0; s < readers.size(); s++) {
      int[] t = range(times.get(s), seconds);
      int[] c = range(hertz.get(s), band);
      if (t[1] > t[0] && c[1] > c[0]) {
        whole.add(new Cell.Block(s, t[0], t[1] - t[0], c[0], c[1] - c[0]));
        samples += samples(whole.get(whole.size() - 1));
        integration = Math.max(integration, readers.get(s).integrationSeconds());
        double w = readers.get(s).channelWidthHz();
        width = Math.max(width, Double.isNaN(w) ? 0 : w);
      }
    }
    List<Cell.Block> blocks = new ArrayList<>();
    for (Cell.Block b : whole) {
      cut(b, parts(samples) * (double) samples(b) / samples, blocks);
    }
    return new Cell(
        number,
        interval,
        channel,
        band[0] - width / 2,
        band[band.length - 1] + width / 2,
        seconds[0] - integration / 2,
        seconds[seconds.length - 1] + integration / 2,
        integration * seconds.length,
        blocks);
  }

  /** Indices of the first value of a range and after the last. */
  private static int[] range(double[] values, double[] wanted) {
    int from = Arrays.binarySearch(values, wanted[0]);
    int to = Arrays.binarySearch(values, wanted[wanted.length - 1]);
    return new int[] {from < 0 ? -1 - from : from, to < 0 ? -1 - to : to + 1};
  }

  long samples(Cell.Block block) throws IOException {
    return (long) Samples.crosses(readers.get(block.set())).length
        * block.times()
        * block.channels();
  }

  /** How many tasks grid a cell: as the data ask, whatever they run on. */
  private long parts(long samples) {
    if (parameters.gridding().parts() > 0) {
      return parameters.gridding().parts();
    }
    return (samples * polarizations + MOST - 1) / MOST;
  }

  /** A block as weights are summed up: on one core, so a large one is cut. */
  List<Cell.Block> forWeights(Cell.Block block) throws IOException {
    List<Cell.Block> blocks = new ArrayList<>();
    cut(block, (double) (samples(block) / SMALL), blocks);
    return blocks;
  }

  /** Cuts along time, or where there are too few integrations along frequency. */
  private static void cut(Cell.Block block, double parts, List<Cell.Block> into) {
    int wanted = (int) Math.max(1, Math.round(parts));
    boolean alongTime = block.times() >= wanted;
    int length = alongTime ? block.times() : block.channels();
    int pieces = Math.min(wanted, length);
    for (int i = 0; i < pieces; i++) {
      int from = (int) ((long) length * i / pieces);
      int count = (int) ((long) length * (i + 1) / pieces) - from;
      into.add(
          alongTime
              ? new Cell.Block(
                  block.set(),
                  block.firstTime() + from,
                  count,
                  block.firstChannel(),
                  block.channels())
              : new Cell.Block(
                  block.set(),
                  block.firstTime(),
                  block.times(),
                  block.firstChannel() + from,
                  count));
    }
  }
}
