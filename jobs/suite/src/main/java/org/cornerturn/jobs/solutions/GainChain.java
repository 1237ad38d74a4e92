package org.cornerturn.jobs.solutions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.GainApplier;
import org.cornerturn.calibration.GainGrid;
import org.cornerturn.calibration.GainInterpolator;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.Interpolation;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.radio.Polarization;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.storage.ObjectStore;

/**
 * The terms of a chain, multiplied, applied to data integration by integration. A gain of a
 * frequency for which there is none is not made up from its neighbours; in time there is always the
 * nearest. For one thread.
 */
public final class GainChain {
  private static final double INFINITELY = Double.POSITIVE_INFINITY;

  private final List<Factor> factors = new ArrayList<>();
  private final boolean full;
  private final List<String> receptors;
  private final int antennas;
  private final int channels;
  private final GainApplier applier;
  private final GainApplier.Part everything;
  private double last = Double.NaN;

  /** What the terms' gains are applied to. */
  public record Data(
      List<String> antennas,
      Baselines baselines,
      List<Polarization> polarizations,
      double[] frequencyHz) {}

  /** Finds the store of a set of solutions. */
  @FunctionalInterface
  public interface Opener {
    ObjectStore open(String root) throws IOException;
  }

  /** One term; of one time, its gains are the same for all data. */
  private static final class Factor {
    private final GainInterpolator gains;
    private final GainGrid constant;

    Factor(GainTable table, Interpolation time, double[] frequencyHz) {
      Interpolation frequency = Interpolation.linear().within(0);
      GainInterpolator all = new GainInterpolator(table, time, frequency, frequencyHz);
      boolean once = table.time().count() == 1;
      gains = once ? null : all;
      constant = once ? all.at(table.time().centre(0)) : null;
    }

    GainGrid at(double seconds) {
      return constant != null ? constant : gains.at(seconds);
    }
  }

  /**
   * Reads the gains of some terms.
   *
   * @param terms in the order of the chain; may be none
   * @param linear whether gains are interpolated between times
   */
  public GainChain(List<AppliedTerm> terms, boolean linear, Data data, Opener opener)
      throws IOException {
    Interpolation time =
        (linear ? Interpolation.linear() : Interpolation.nearest()).within(INFINITELY);
    antennas = data.antennas().size();
    channels = data.frequencyHz().length;
    everything = new GainApplier.Part(0, data.baselines().count(), 0, channels);
    receptors = terms.isEmpty() ? List.of() : terms.get(0).first().receptors();
    full = terms.stream().anyMatch(t -> t.first().full());
    for (AppliedTerm term : terms) {
      factors.add(new Factor(table(term, data, opener), time, data.frequencyHz()));
    }
    applier =
        terms.isEmpty()
            ? null
            : new GainApplier(data.baselines(), data.polarizations(), receptors, channels);
  }

  /** The gains of all sources, of the data's antennas; delays as gains of the data's channels. */
  private static GainTable table(AppliedTerm term, Data data, Opener opener) throws IOException {
    TermArrays first = term.first();
    int times = 0;
    for (AppliedTerm.Source s : term.sources()) {
      times += s.arrays().time().count();
    }
    double[] centre = new double[times];
    double[] start = new double[times];
    double[] end = new double[times];
    int t = 0;
    for (AppliedTerm.Source s : term.sources()) {
      SolutionAxis axis = s.arrays().time();
      for (int i = 0; i < axis.count(); i++, t++) {
        centre[t] = axis.centre(i);
        start[t] = axis.start(i);
        end[t] = axis.end(i);
      }
    }
    SolutionAxis time = new SolutionAxis(centre, start, end);
    SolutionAxis frequency =
        first.hasDelays() ? SolutionAxis.of(data.frequencyHz(), 0) : first.frequency();
    GainTable all =
        first.full()
            ? GainTable.full(time, frequency, data.antennas(), first.receptors())
            : GainTable.diagonal(time, frequency, data.antennas(), first.receptors());
    int from = 0;
    for (AppliedTerm.Source s : term.sources()) {
      ObjectStore store = opener.open(s.root());
      GainTable gains = SolutionSet.gains(store, s.arrays());
      double[] delays = first.hasDelays() ? SolutionSet.delays(store, s.arrays()) : null;
      copy(gains, delays, all, from, data.frequencyHz());
      from += s.arrays().time().count();
    }
    return all;
  }

  private static void copy(
      GainTable gains, double[] delays, GainTable all, int firstTime, double[] frequencyHz) {
    for (int a = 0; a < all.antennas().size(); a++) {
      int source = gains.antennas().indexOf(all.antennas().get(a));
      if (source < 0) {
        continue; // Another array's antenna: it has no gains.
      }
      for (int t = 0; t < gains.time().count(); t++) {
        for (int f = 0; f < all.frequency().count(); f++) {
          for (int e = 0; e < all.elements(); e++) {
            int to = all.index(firstTime + t, a, f, e);
            int at = gains.index(t, source, delays == null ? f : 0, e);
            if (!gains.isGood(at)) {
              all.flag(to, SolutionFlag.of(gains.flags()[at]));
            } else if (delays == null) {
              all.set(to, gains.gains()[2 * at], gains.gains()[2 * at + 1]);
            } else {
              double hertz = frequencyHz[f] - gains.frequency().centre(0);
              double phase = 2 * Math.PI * delays[at] * hertz;
              all.set(to, Math.cos(phase), Math.sin(phase));
            }
          }
        }
      }
    }
  }

  /**
   * Corrects an integration in place; what has no gain is flagged CALIBRATION. All arrays are
   * (baseline, channel, polarization) from an offset.
   *
   * @return how many samples had no gain
   */
  public long apply(
      double unixSeconds, float[] visibilities, float[] weights, short[] flags, int at) {
    return apply(unixSeconds, visibilities, weights, flags, at, everything);
  }

  /** As above, of some of the baselines and channels. */
  public long apply(
      double unixSeconds,
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      GainApplier.Part part) {
    if (applier == null) {
      return 0;
    }
    if (unixSeconds != last) {
      applier.gains(product(unixSeconds));
      last = unixSeconds;
    }
    return applier.apply(visibilities, weights, flags, at, part, FlagBit.CALIBRATION.mask());
  }

  /**
   * Corrects what was summed up of samples, where all of the gains are the same for all of them.
   *
   * @param sums whose cells are (channel, receptor) of the data
   */
  public void apply(double unixSeconds, NormalSums sums) {
    sums.correct(product(unixSeconds));
  }

  private GainGrid product(double unixSeconds) {
    GainGrid product =
        full
            ? GainGrid.full(antennas, channels, receptors)
            : GainGrid.diagonal(antennas, channels, receptors);
    for (Factor f : factors) {
      product.multiply(f.at(unixSeconds));
    }
    return product;
  }
}
