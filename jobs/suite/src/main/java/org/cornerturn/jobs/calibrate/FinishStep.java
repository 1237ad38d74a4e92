package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.DelaySolution;
import org.cornerturn.calibration.DelaySolver;
import org.cornerturn.calibration.DiagonalSolver;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.JonesSolver;
import org.cornerturn.calibration.JonesSums;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.Normalisation;
import org.cornerturn.calibration.PhaseReferencing;
import org.cornerturn.calibration.ReferenceAntenna;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.calibration.SolverOptions;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Ecef;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link FinishTask}. */
final class FinishStep {
  private final FinishTask task;
  private final TaskStores stores;
  private final SolvedSet set;
  private final Term term;
  private final TermArrays arrays;
  private final ObjectStore product;

  FinishStep(FinishTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.stores = stores;
    this.set = task.set();
    this.term = set.chain().get(task.term());
    this.arrays = set.arrays().get(task.term());
    // Parts are not recorded: they are gone once the product is published.
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    if (task.term() == 0) {
      Verdict.clear(product, set);
      CheckStep.clear(product, set);
    }
    Msv4Reader reader = set.reader(stores);
    int[] good = good();
    GainTable gains = arrays.table();
    if (task.term() == 0) {
      References.putRanking(product, set, ranking(reader, good));
      Closures.gather(product, set, task);
    }
    List<Integer> ranking = References.ranking(product, set);
    double[] delays = null;
    if (term.kind() == Term.Kind.K) {
      delays = delays(reader, gains, ranking);
    } else {
      gather(reader, gains, good.length);
      References.put(product, set, task.term(), PhaseReferencing.refer(gains, ranking));
    }
    if (term.kind() == Term.Kind.B) {
      normalise(gains);
    }
    Verdict.of(arrays.path(), gains).put(product, set, task.term());
    requireAny(gains);
    arrays.write(stores.product(), gains, delays);
  }

  /** How many good samples each antenna had in each integration, by what all tasks have seen. */
  private int[] good() throws IOException {
    int[] good = new int[Math.multiplyExact(set.used().length, set.antennas().size())];
    for (FinishTask.Part p : task.parts()) {
      int[] counts = PartFile.counts(product, set.partKey(task.term(), p.number()), good.length);
      for (int i = 0; i < counts.length; i++) {
        good[i] += counts[i];
      }
    }
    return good;
  }

  /** Takes the gains that tasks have left into a table, and solves where they have left sums. */
  private void gather(Msv4Reader reader, GainTable table, int counts) throws IOException {
    for (FinishTask.Part p : task.parts()) {
      if (!p.sums()) {
        GainTable part = part(table, p);
        PartFile.read(bytes(p), part, counts);
        table.put(part, p.firstInterval(), p.firstFrequency());
      }
    }
    SolverOptions options = SolveStep.options(term, set);
    for (Map.Entry<Integer, List<FinishTask.Part>> e : sumsByInterval().entrySet()) {
      if (arrays.full()) {
        // Of one cell, whatever channels it comes from.
        JonesSums all =
            new JonesSums(
                set.baselines(reader), SolvedSet.polarizations(reader), arrays.receptors(), 1, 1);
        for (FinishTask.Part p : e.getValue()) {
          PartFile.readSums(bytes(p), all, 0, 1, counts);
        }
        new JonesSolver(options).solve(all, table, e.getKey());
      } else {
        NormalSums all = sums(set.baselines(reader), e.getValue(), 1, counts);
        new DiagonalSolver(options).solve(all, table, e.getKey());
      }
    }
  }

  /** Parts that are sums, by interval: those of one are in memory at a time. */
  private Map<Integer, List<FinishTask.Part>> sumsByInterval() {
    Map<Integer, List<FinishTask.Part>> byInterval = new TreeMap<>();
    for (FinishTask.Part p : task.parts()) {
      if (p.sums()) {
        byInterval.computeIfAbsent(p.firstInterval(), i -> new ArrayList<>()).add(p);
      }
    }
    return byInterval;
  }

  private NormalSums sums(
      Baselines baselines, List<FinishTask.Part> parts, int frequencies, int counts)
      throws IOException {
    int receptors = arrays.receptors().size();
    NormalSums all = new NormalSums(baselines, frequencies * receptors);
    for (FinishTask.Part p : parts) {
      int first = p.firstFrequency() * receptors;
      PartFile.readSums(bytes(p), all, first, p.frequencies() * receptors, counts);
    }
    return all;
  }

  private byte[] bytes(FinishTask.Part p) throws IOException {
    return product.get(set.partKey(task.term(), p.number()));
  }

  private static GainTable part(GainTable whole, FinishTask.Part p) {
    double[] centre = new double[p.frequencies()];
    double[] start = new double[centre.length];
    double[] end = new double[centre.length];
    for (int i = 0; i < centre.length; i++) {
      centre[i] = whole.frequency().centre(p.firstFrequency() + i);
      start[i] = whole.frequency().start(p.firstFrequency() + i);
      end[i] = whole.frequency().end(p.firstFrequency() + i);
    }
    double[] times = new double[p.intervals()];
    double[] from = new double[times.length];
    double[] to = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = whole.time().centre(p.firstInterval() + i);
      from[i] = whole.time().start(p.firstInterval() + i);
      to[i] = whole.time().end(p.firstInterval() + i);
    }
    SolutionAxis time = new SolutionAxis(times, from, to);
    SolutionAxis frequency = new SolutionAxis(centre, start, end);
    return whole.isFull()
        ? GainTable.full(time, frequency, whole.antennas(), whole.receptors())
        : GainTable.diagonal(time, frequency, whole.antennas(), whole.receptors());
  }

  /** Antennas that phases may be referred to, the best first. */
  private List<Integer> ranking(Msv4Reader reader, int[] good) throws IOException {
    int antennas = set.antennas().size();
    List<String> names = reader.antennaNames();
    List<Ecef> places = reader.antennaPositions();
    List<Ecef> positions = set.antennas().stream().map(a -> places.get(names.indexOf(a))).toList();
    long[] all = new long[antennas];
    Baselines baselines = set.baselines(reader);
    long samples = reader.shape().dim(2) * reader.shape().dim(3);
    for (int b = 0; b < baselines.count(); b++) {
      if (baselines.isCross(b)) {
        all[baselines.first(b)] += samples;
        all[baselines.second(b)] += samples;
      }
    }
    List<Double> flagged = new ArrayList<>();
    for (int t = 0; t < set.used().length; t++) {
      for (int a = 0; set.used()[t] && a < antennas; a++) {
        flagged.add(all[a] == 0 ? 1 : 1 - (double) good[t * antennas + a] / all[a]);
      }
    }
    List<Integer> ranking =
        new ArrayList<>(
            ReferenceAntenna.rank(
                flagged.stream().mapToDouble(Double::doubleValue).toArray(), positions));
    if (set.refant() != null) {
      Integer wanted = set.antennas().indexOf(set.refant());
      if (!ranking.remove(wanted)) {
        throw new UserError(
            "--refant " + set.refant(),
            "all data of this antenna are flagged",
            "Use auto, or an antenna with data");
      }
      ranking.add(0, wanted);
    }
    return ranking;
  }

  /** Delays of all intervals and receptors, as the table's gains: (time, antenna, 1, receptor). */
  private double[] delays(Msv4Reader reader, GainTable gains, List<Integer> ranking)
      throws IOException {
    int each = set.channelsEach(task.term(), reader.shape());
    double[] hertz = SolveStep.blocks(reader.frequenciesHz(), each).centres();
    if (hertz.length < 2) {
      throw new UserError(
          set.measurementSet() + ", term " + term,
          "a delay needs two channels",
          "Leave out the term");
    }
    DelaySolver solver = new DelaySolver(hertz, SolveStep.options(term, set));
    Baselines baselines = set.baselines(reader);
    int counts = Math.multiplyExact(set.used().length, set.antennas().size());
    int receptors = arrays.receptors().size();
    double[] delays = new double[gains.flags().length];
    int reference = -1;
    for (Map.Entry<Integer, List<FinishTask.Part>> e : sumsByInterval().entrySet()) {
      NormalSums sums = sums(baselines, e.getValue(), hertz.length, counts);
      for (int r = 0; r < receptors; r++) {
        DelaySolution found = solver.solve(sums, receptors, r, ranking);
        found.write(gains, e.getKey(), r, gains.frequency().centre(0));
        for (int a = 0; a < set.antennas().size(); a++) {
          delays[gains.index(e.getKey(), a, 0, r)] = found.seconds()[a];
        }
        reference = reference < 0 ? found.reference() : reference;
      }
    }
    References.put(product, set, task.term(), new PhaseReferencing.Outcome(reference, List.of()));
    return delays;
  }

  /** Takes out of a bandpass what a later term of gains finds again. */
  private void normalise(GainTable gains) {
    List<Term> later = set.chain().subList(task.term() + 1, set.chain().size());
    if (later.stream().anyMatch(t -> t.kind() == Term.Kind.G)) {
      Normalisation.phases(gains);
    }
    if (later.stream().anyMatch(t -> t.kind() == Term.Kind.G && !t.phaseOnly())) {
      Normalisation.amplitudes(gains);
    }
  }

  /** Refuses a term without any solution, and says why there is none. */
  private void requireAny(GainTable gains) {
    int[] reasons = new int[SolutionFlag.values().length];
    for (byte f : gains.flags()) {
      reasons[f]++;
    }
    if (reasons[0] > 0) {
      return;
    }
    int most = 0;
    for (int i = 0; i < reasons.length; i++) {
      most = reasons[i] > reasons[most] ? i : most;
    }
    throw new UserError(
        set.measurementSet() + ", term " + term,
        String.format(
            Locale.ROOT,
            "there is no solution: %s in %d of %d",
            SolutionFlag.of(most).name().toLowerCase(Locale.ROOT),
            reasons[most],
            gains.flags().length),
        "See to the flags of the data, the model, --min-snr and --min-baselines");
  }
}
