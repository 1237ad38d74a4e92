package org.cornerturn.jobs.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.array.Shape;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.JonesSums;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.calibrate.Intervals.Interval;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.zarr.ArrayMetadata;

/** Cuts the work on a measurement set's chain into tasks. */
final class ChainPlan {
  /** Data that a task reads, before compression. */
  private static final long TASK_BYTES = 128L << 20;

  /** Sums that a task holds. */
  static final long SUMS_BYTES = 16L << 20;

  /** Samples that a task keeps at once. */
  private static final long RESIDENT_BYTES = 1L << 30;

  /** Blocks of channels that are compared with the model in the end. */
  private static final int CHECK_BLOCKS = 8;

  /** Data that are compared of each, before compression. */
  private static final long CHECK_BYTES = 4L << 20;

  private final SolvedSet set;
  private final ArrayMetadata data;
  private final List<Intervals> intervals;
  private final int receptors;
  private final long mostSums;

  /**
   * @param data metadata of the visibilities
   * @param intervals of each term
   * @param mostSums bytes of the sums that a task may hold
   */
  ChainPlan(SolvedSet set, ArrayMetadata data, List<Intervals> intervals, long mostSums) {
    this.mostSums = mostSums;
    this.set = set;
    this.data = data;
    this.intervals = intervals;
    this.receptors = set.arrays().get(0).receptors().size();
  }

  List<CalibrateTask> tasks() {
    List<CalibrateTask> tasks = new ArrayList<>();
    for (int term = 0; term < set.chain().size(); term++) {
      List<SolveTask> solves = solves(term);
      check(term, solves);
      tasks.addAll(solves);
      tasks.add(finish(term, solves));
    }
    tasks.addAll(checks());
    return tasks;
  }

  /**
   * What looks at the outcome: some blocks of channels, evenly over the band, and of each some of
   * the integrations that were used, evenly over time.
   */
  private List<CheckTask> checks() {
    int band = (int) data.shape().dim(2);
    int chunk = (int) Math.min(band, data.chunk().dim(2));
    int blocks = (band + chunk - 1) / chunk;
    int[] used = IntStream.range(0, set.used().length).filter(t -> set.used()[t]).toArray();
    List<CheckTask> tasks = new ArrayList<>();
    for (int i = 0; i < Math.min(blocks, CHECK_BLOCKS); i++) {
      int first = (int) ((long) i * blocks / Math.min(blocks, CHECK_BLOCKS)) * chunk;
      int channels = Math.min(chunk, band - first);
      long each = data.shape().dim(1) * channels * data.shape().dim(3) * sampleBytes();
      int n = (int) Math.max(1, Math.min(used.length, CHECK_BYTES / Math.max(1, each)));
      int[] some = new int[n];
      for (int k = 0; k < n; k++) {
        some[k] = used[(int) ((long) k * used.length / n)];
      }
      long gains = 0;
      for (TermArrays t : set.arrays()) {
        gains += GainTable.bytes(t.shape().size());
      }
      tasks.add(
          new CheckTask(
              CheckStep.key(set, i),
              set,
              some,
              first,
              channels,
              n * each,
              4 * each + 2 * gains + (4L << 20)));
    }
    return tasks;
  }

  private long sampleBytes() {
    // Visibilities, weights, flags.
    return data.type().itemSize() + Float.BYTES + Short.BYTES;
  }

  /**
   * Whether a term's sums are those of the delays before it, turned: of the same samples, channel
   * by channel, with one delay for all of them. The data need not be read again then.
   */
  private boolean takesSums(int term) {
    List<Term> chain = set.chain();
    return term > 0
        && chain.get(term - 1).kind() == Term.Kind.K
        && chain.get(term).kind() != Term.Kind.K
        && !set.solving().robust()
        && !set.arrays().get(term).full()
        && set.channelsEach(term - 1, data.shape()) == 1
        && set.channelsEach(term, data.shape()) == 1
        && intervals.get(term).count() == 1
        && intervals.get(term).equals(intervals.get(term - 1));
  }

  private List<SolveTask> solvesOfSums(int term) {
    List<SolveTask> tasks = new ArrayList<>();
    for (SolveTask t : solves(term - 1)) {
      long sums = sumsBytes(term, t.channels());
      tasks.add(
          new SolveTask(
              set.partKey(term, t.number()),
              set,
              term,
              t.number(),
              t.intervals(),
              0,
              t.firstChannel(),
              t.channels(),
              false,
              true,
              sums,
              // As bytes and as numbers.
              2 * sums + peakBytes(term, t.intervals(), t.channels(), 1)));
    }
    return tasks;
  }

  private List<SolveTask> solves(int term) {
    if (takesSums(term)) {
      return solvesOfSums(term);
    }
    Intervals all = intervals.get(term);
    Shape shape = data.shape();
    int band = (int) shape.dim(2);
    int bin = set.channelsEach(term, shape);
    int step = channelStep(term, all, bin, band);
    boolean delays = set.chain().get(term).kind() == Term.Kind.K;
    boolean sums = delays || bin >= band && step < band;
    if (resident(term)) {
      requireRoom(term, all, step);
    }
    List<SolveTask> tasks = new ArrayList<>();
    for (int channel = 0; channel < band; channel += step) {
      int channels = Math.min(step, band - channel);
      for (int from = 0; from < all.count(); ) {
        int to = from + 1;
        while (!sums && to < all.count() && bytes(all.part(from, to + 1), channels) <= TASK_BYTES) {
          to++;
        }
        Intervals some = all.part(from, to);
        int number = tasks.size();
        tasks.add(
            new SolveTask(
                set.partKey(term, number),
                set,
                term,
                number,
                some,
                from,
                channel,
                channels,
                sums,
                false,
                bytes(some, channels),
                peakBytes(term, some, channels, bin)));
        from = to;
      }
    }
    return tasks;
  }

  /**
   * Channels of a task: whole chunks and whole solutions, as many as keep data and sums of one
   * interval small; less than a solution only where one has more data than a task should read.
   */
  private int channelStep(int term, Intervals all, int bin, int band) {
    int chunk = (int) data.chunk().dim(2);
    int longest = 0;
    for (int i = 0; i < all.count(); i++) {
      longest =
          bytes(all.part(i, i + 1), 1) > bytes(all.part(longest, longest + 1), 1) ? i : longest;
    }
    Intervals worst = all.part(longest, longest + 1);
    int unit = bin >= band ? chunk : leastCommonMultiple(chunk, bin);
    long perUnit = Math.max(1, bytes(worst, Math.min(unit, band)));
    long sums = Math.max(1, sumsBytes(term, Math.max(1, unit / bin)));
    long units = Math.max(1, Math.min(TASK_BYTES / perUnit, mostSums / sums));
    boolean whole = resident(term) && bin >= band;
    return whole ? band : (int) Math.min(band, unit * units);
  }

  /** Whether a task keeps all samples of an interval, rather than their sums. */
  private boolean resident(int term) {
    return set.solving().robust()
        && set.chain().get(term).kind() != Term.Kind.K
        && !set.arrays().get(term).full();
  }

  private void requireRoom(int term, Intervals all, int channels) {
    for (int i = 0; i < all.count(); i++) {
      if (bytes(all.part(i, i + 1), channels) > RESIDENT_BYTES) {
        throw new UserError(
            "--robust with " + set.chain().get(term),
            "all samples of a solution are kept, and these don't fit into "
                + ByteSize.inWords(RESIDENT_BYTES),
            "Use shorter intervals or fewer channels for each solution, or leave out --robust");
      }
    }
  }

  private static int leastCommonMultiple(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, (long) a / x * b);
  }

  private long sumsBytes(int term, int frequencies) {
    if (set.arrays().get(term).full()) {
      return JonesSums.bytes(set.antennas().size(), (int) data.shape().dim(1), frequencies);
    }
    return NormalSums.bytes(
        set.antennas().size(), (int) data.shape().dim(1), frequencies * receptors);
  }

  private long bytes(Intervals some, int channels) {
    long times = 0;
    for (Interval i : some.each()) {
      times += i.end() - i.first();
    }
    return times * data.shape().dim(1) * channels * data.shape().dim(3) * sampleBytes();
  }

  private long peakBytes(int term, Intervals some, int channels, int bin) {
    int frequencies = Math.max(1, channels / bin);
    long slab = data.chunk().dim(0) * data.shape().dim(1) * channels * data.shape().dim(3);
    long solutions = (long) some.count() * set.antennas().size() * frequencies * receptors;
    long earlier = 0;
    for (TermArrays t : set.arrays().subList(0, term)) {
      earlier += GainTable.bytes(t.shape().size());
    }
    long kept = 0;
    for (int i = 0; resident(term) && i < some.count(); i++) {
      // With their model.
      kept =
          Math.max(
              kept, bytes(some.part(i, i + 1), channels) / sampleBytes() * (sampleBytes() + 8));
    }
    // Decoded and as numbers, and the model of one integration.
    return slab * (2 * sampleBytes() + 2L * Float.BYTES)
        + kept
        + sumsBytes(term, frequencies)
        + 2 * GainTable.bytes(solutions)
        + 2 * earlier
        + (4L << 20);
  }

  /** A solution must not lie in two tasks, unless they leave sums. */
  private void check(int term, List<SolveTask> tasks) {
    int band = (int) data.shape().dim(2);
    int bin = set.channelsEach(term, data.shape());
    for (SolveTask t : tasks) {
      boolean whole =
          t.firstChannel() % bin == 0
              && ((t.firstChannel() + t.channels()) % bin == 0
                  || t.firstChannel() + t.channels() == band);
      if (!whole && !t.leavesSums()) {
        throw new IllegalStateException("a solution of term " + term + " straddles " + t.id());
      }
    }
  }

  private FinishTask finish(int term, List<SolveTask> solves) {
    int bin = set.channelsEach(term, data.shape());
    List<FinishTask.Part> parts = new ArrayList<>();
    long read = 0;
    for (SolveTask t : solves) {
      int first = t.firstChannel() / bin;
      int end = (t.firstChannel() + t.channels() + bin - 1) / bin;
      parts.add(
          new FinishTask.Part(
              t.number(),
              t.firstInterval(),
              t.intervals().count(),
              first,
              end - first,
              t.leavesSums()));
      read += t.leavesSums() ? sumsBytes(term, end - first) : 0;
    }
    TermArrays arrays = set.arrays().get(term);
    long table = GainTable.bytes(arrays.shape().size());
    // Delays need the sums of the whole band at once, and as spectra of one receptor; parts come
    // one at a time, as bytes.
    boolean delays = set.chain().get(term).kind() == Term.Kind.K;
    int band = (int) data.shape().dim(2);
    long sums = delays ? 2 * sumsBytes(term, (band + bin - 1) / bin) : sumsBytes(term, 1);
    long part = 0;
    for (FinishTask.Part p : parts) {
      part = Math.max(part, p.sums() ? sumsBytes(term, p.frequencies()) : 0);
    }
    sums += part;
    return new FinishTask(arrays.firstKey(), set, term, parts, read + table, 4 * table + sums);
  }
}
