package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.DiagonalSolver;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.JonesSolver;
import org.cornerturn.calibration.JonesSums;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.Reweighting;
import org.cornerturn.calibration.RobustSolver;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionCells;
import org.cornerturn.calibration.SolverOptions;
import org.cornerturn.jobs.solutions.GainChain;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link SolveTask}. */
final class SolveStep {
  private final SolveTask task;
  private final TaskStores stores;
  private final SolvedSet set;

  // Of all integrations: (integration, antenna), good samples.
  private int[] good;
  private Closures closures = Closures.NONE;

  SolveStep(SolveTask task, TaskStores stores) {
    this.task = task;
    this.stores = stores;
    this.set = task.set();
  }

  void run() throws IOException {
    Msv4Reader reader = set.reader(stores);
    if (task.takesSums()) {
      solveSums(reader);
      return;
    }
    SolveData data = new SolveData(set, reader, task.firstChannel(), task.channels());
    good = new int[Math.multiplyExact(set.used().length, data.baselines().antennas())];
    Term term = set.chain().get(task.term());
    int bin = set.channelsEach(task.term(), reader.shape());
    GainChain earlier = EarlierTerms.of(set, task.term(), data, reader, stores);
    List<Polarization> hands = SolvedSet.polarizations(reader);
    int each = Math.min(bin, task.channels());
    GainTable gains = task.leavesSums() ? null : table(bin, data.frequencyHz());
    byte[] part;
    if (set.arrays().get(task.term()).full()) {
      JonesSums sums = new JonesSums(data.baselines(), hands, receptors(), task.channels(), each);
      matrices(data, earlier, sums, gains, term);
      part = gains == null ? PartFile.ofSums(sums, good) : null;
    } else {
      SolutionCells cells = SolutionCells.blocks(hands, task.channels(), each);
      NormalSums sums = new NormalSums(data.baselines(), cells.count());
      if (gains != null && set.solving().robust()) {
        robust(data, earlier, cells, gains, term);
      } else {
        sum(data, earlier, cells, sums, gains, term);
      }
      part = gains == null ? PartFile.ofSums(sums, good) : null;
    }
    if (gains != null) {
      part = PartFile.of(gains, good);
    }
    // Not recorded: parts are gone once the product is published.
    ObjectStore product = stores.open(stores.product().uri());
    if (task.term() == 0) {
      closures.put(product, set, task.number());
    }
    product.put(task.id(), part);
  }

  /** Solves from what the term before has summed up, its gains applied. */
  private void solveSums(Msv4Reader reader) throws IOException {
    ObjectStore product = stores.open(stores.product().uri());
    String key = set.partKey(task.term() - 1, task.number());
    int counts = Math.multiplyExact(set.used().length, set.antennas().size());
    Baselines baselines = set.baselines(reader);
    double[] hertz =
        Arrays.copyOfRange(
            reader.frequenciesHz(), task.firstChannel(), task.firstChannel() + task.channels());
    NormalSums sums = new NormalSums(baselines, task.channels() * receptors().size());
    PartFile.readSums(product.get(key), sums, 0, sums.cells(), counts);
    int before = task.term() - 1;
    EarlierTerms.of(set, before, task.term(), baselines, hertz, reader, stores)
        .apply(task.intervals().axis().centre(0), sums);
    GainTable gains = table(1, hertz);
    new DiagonalSolver(options(set.chain().get(task.term()), set)).solve(sums, gains, 0);
    product.put(task.id(), PartFile.of(gains, PartFile.counts(product, key, counts)));
  }

  /** Sums up the samples of each interval, so that none need be kept. */
  private void sum(
      SolveData data,
      GainChain earlier,
      SolutionCells cells,
      NormalSums sums,
      GainTable gains,
      Term term)
      throws IOException {
    DiagonalSolver solver = new DiagonalSolver(options(term, set));
    for (int i = 0; i < task.intervals().count(); i++) {
      sums.clear();
      data.read(
          task.intervals().each().get(i),
          (time, seconds, visibilities, weights, flags, at, model) -> {
            count(data.baselines(), flags, at, data.row(), time);
            earlier.apply(seconds, visibilities, weights, flags, at);
            sums.add(cells, visibilities, weights, flags, at, model, 0);
          });
      if (task.term() == 0) {
        closures = closures.and(sums);
      }
      if (gains != null) {
        solver.solve(sums, gains, i);
      }
    }
  }

  private List<String> receptors() {
    return set.arrays().get(task.term()).receptors();
  }

  /** As {@link #sum}, of full Jones matrices. */
  private void matrices(
      SolveData data, GainChain earlier, JonesSums sums, GainTable gains, Term term)
      throws IOException {
    JonesSolver solver = new JonesSolver(options(term, set));
    for (int i = 0; i < task.intervals().count(); i++) {
      sums.clear();
      data.read(
          task.intervals().each().get(i),
          (time, seconds, visibilities, weights, flags, at, model) -> {
            count(data.baselines(), flags, at, data.row(), time);
            earlier.apply(seconds, visibilities, weights, flags, at);
            sums.add(data.frequencyHz().length, visibilities, weights, flags, at, model, 0);
          });
      if (gains != null) {
        solver.solve(sums, gains, i);
      }
    }
  }

  /** Keeps the samples of an interval, whose weights change from round to round. */
  private void robust(
      SolveData data, GainChain earlier, SolutionCells cells, GainTable gains, Term term)
      throws IOException {
    RobustSolver solver =
        new RobustSolver(options(term, set), Reweighting.student(), data.baselines(), cells);
    for (int i = 0; i < task.intervals().count(); i++) {
      solver.clear();
      data.read(
          task.intervals().each().get(i),
          (time, seconds, visibilities, weights, flags, at, model) -> {
            count(data.baselines(), flags, at, data.row(), time);
            earlier.apply(seconds, visibilities, weights, flags, at);
            // What was passed is used again for the next.
            int end = at + data.baselines().count() * data.row();
            solver.add(
                Arrays.copyOfRange(visibilities, 2 * at, 2 * end),
                Arrays.copyOfRange(weights, at, end),
                Arrays.copyOfRange(flags, at, end),
                0,
                model.clone(),
                0);
          });
      solver.solve(gains, i);
    }
  }

  static SolverOptions options(Term term, SolvedSet set) {
    SolverOptions usual =
        SolverOptions.USUAL
            .withMinBaselines(set.solving().minBaselines())
            .with(
                term.phaseOnly() && term.kind() != Term.Kind.K
                    ? SolverOptions.Freedom.PHASE
                    : SolverOptions.Freedom.AMPLITUDE_AND_PHASE);
    return usual.withMinSnr(set.solving().minSnr());
  }

  private GainTable table(int bin, double[] hertz) {
    SolutionAxis time = task.intervals().axis();
    SolutionAxis frequency = blocks(hertz, bin);
    return set.arrays().get(task.term()).full()
        ? GainTable.full(time, frequency, set.antennas(), receptors())
        : GainTable.diagonal(time, frequency, set.antennas(), receptors());
  }

  /** The middles of blocks of channels. */
  static SolutionAxis blocks(double[] hertz, int bin) {
    double[] centre = new double[(hertz.length + bin - 1) / bin];
    double[] start = new double[centre.length];
    double[] end = new double[centre.length];
    for (int i = 0; i < centre.length; i++) {
      start[i] = hertz[i * bin];
      end[i] = hertz[Math.min(hertz.length, (i + 1) * bin) - 1];
      centre[i] = (start[i] + end[i]) / 2;
    }
    return new SolutionAxis(centre, start, end);
  }

  private void count(Baselines baselines, short[] flags, int at, int row, int time) {
    for (int b = 0; b < baselines.count(); b++) {
      if (!baselines.isCross(b)) {
        continue;
      }
      int n = 0;
      for (int i = at + b * row; i < at + (b + 1) * row; i++) {
        n += flags[i] == 0 ? 1 : 0;
      }
      good[time * baselines.antennas() + baselines.first(b)] += n;
      good[time * baselines.antennas() + baselines.second(b)] += n;
    }
  }
}
