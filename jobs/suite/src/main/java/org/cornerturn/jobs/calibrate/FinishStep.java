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
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Polarization;
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
    Msv4Reader reader = set.reader(stores);
    int[] good = new int[Math.multiplyExact(set.used().length, set.antennas().size())];
    Baselines baselines = set.baselines(reader);
    GainTable gains = arrays.table();
    Map<Integer, NormalSums> sums = new TreeMap<>();
    Map<Integer, JonesSums> matrices = new TreeMap<>();
    gather(reader, baselines, gains, sums, matrices, good);
    if (task.term() == 0) {
      References.putRanking(product, set, ranking(reader, good));
      Closures.gather(product, set, task);
    }
    List<Integer> ranking = References.ranking(product, set);
    double[] delays = null;
    if (term.kind() == Term.Kind.K) {
      delays = delays(reader.frequenciesHz(), sums, gains, ranking);
    } else {
      DiagonalSolver solver = new DiagonalSolver(SolveStep.options(term, set));
      sums.forEach((interval, s) -> solver.solve(s, gains, interval));
      if (!matrices.isEmpty()) {
        JonesSolver full = new JonesSolver(SolveStep.options(term, set));
        matrices.forEach((interval, s) -> full.solve(s, gains, interval));
      }
      References.put(product, set, task.term(), PhaseReferencing.refer(gains, ranking));
    }
    if (term.kind() == Term.Kind.B) {
      normalise(gains);
    }
    requireAny(gains);
    arrays.write(stores.product(), gains, delays);
  }

  /** Takes the gains that tasks have left into a table, and adds up the sums, by interval. */
  private void gather(
      Msv4Reader reader,
      Baselines baselines,
      GainTable table,
      Map<Integer, NormalSums> sums,
      Map<Integer, JonesSums> matrices,
      int[] good)
      throws IOException {
    int receptors = arrays.receptors().size();
    int cells = (term.kind() == Term.Kind.K ? (int) reader.shape().dim(2) : 1) * receptors;
    List<Polarization> hands = SolvedSet.polarizations(reader);
    for (FinishTask.Part p : task.parts()) {
      byte[] bytes = product.get(set.partKey(task.term(), p.number()));
      int[] counts;
      if (!p.sums()) {
        GainTable part = part(table, p);
        counts = PartFile.read(bytes, part, good.length);
        table.put(part, p.firstInterval(), p.firstFrequency());
      } else if (arrays.full()) {
        // Of one cell, whatever channels it comes from.
        JonesSums all =
            matrices.computeIfAbsent(
                p.firstInterval(), i -> new JonesSums(baselines, hands, arrays.receptors(), 1, 1));
        counts = PartFile.readSums(bytes, all.length(), all::addFrom, good.length);
      } else {
        NormalSums part = new NormalSums(baselines, p.frequencies() * receptors);
        counts = PartFile.readSums(bytes, part.length(), part::addFrom, good.length);
        sums.computeIfAbsent(p.firstInterval(), i -> new NormalSums(baselines, cells))
            .add(part, p.firstFrequency() * receptors);
      }
      for (int i = 0; i < counts.length; i++) {
        good[i] += counts[i];
      }
    }
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
  private double[] delays(
      double[] hertz, Map<Integer, NormalSums> sums, GainTable gains, List<Integer> ranking)
      throws IOException {
    if (hertz.length < 2) {
      throw new UserError(
          set.measurementSet() + ", term " + term,
          "a delay needs two channels",
          "Leave out the term");
    }
    DelaySolver solver = new DelaySolver(hertz, SolveStep.options(term, set));
    int receptors = arrays.receptors().size();
    double[] delays = new double[gains.flags().length];
    int reference = -1;
    for (Map.Entry<Integer, NormalSums> e : sums.entrySet()) {
      for (int r = 0; r < receptors; r++) {
        DelaySolution found = solver.solve(e.getValue(), receptors, r, ranking);
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
