package org.cornerturn.jobs.solutions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/**
 * The solutions for one measurement set: of each set of solutions those of the same band, term by
 * term.
 *
 * @param terms in the order of the chain
 * @param solutions ids of the sets of solutions
 * @param without antennas of the data that they have no gains of
 */
public record SolutionChoice(
    List<AppliedTerm> terms, List<String> solutions, List<String> without) {
  public SolutionChoice {
    without = List.copyOf(without);
    terms = List.copyOf(terms);
    solutions = List.copyOf(solutions);
  }

  /**
   * @param roots URIs of sets of solutions, in the order of time
   * @throws UserError when they don't fit the data or each other
   */
  public static SolutionChoice of(List<String> roots, Msv4Reader reader, Map<String, String> hadoop)
      throws IOException {
    double[] hertz = reader.frequenciesHz();
    Set<String> antennas = antennas(reader);
    List<List<AppliedTerm.Source>> chains = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (String root : roots) {
      SolutionSet set = SolutionSet.open(Stores.open(root, S3Settings.completed(hadoop)));
      String name = measurementSet(root, set, reader.name(), hertz[0], hertz[hertz.length - 1]);
      chains.add(set.terms(name).stream().map(t -> new AppliedTerm.Source(root, t)).toList());
      ids.add(set.text("solutions"));
    }
    List<AppliedTerm> terms = new ArrayList<>();
    List<String> gains = chains.get(0).get(0).arrays().antennas();
    List<String> without = antennas.stream().filter(a -> !gains.contains(a)).toList();
    if (without.size() == antennas.size()) {
      throw new UserError(
          roots.get(0),
          "it has gains of other antennas, of none of " + reader.name(),
          "Name solutions of the same array");
    }
    for (int i = 0; i < chains.get(0).size(); i++) {
      List<AppliedTerm.Source> sources = new ArrayList<>();
      for (List<AppliedTerm.Source> chain : chains) {
        requireAlike(chains.get(0), chain);
        sources.add(chain.get(i));
      }
      terms.add(new AppliedTerm(sources));
    }
    return new SolutionChoice(terms, ids, without);
  }

  /** Names of the antennas of a measurement set's baselines. */
  public static Set<String> antennas(Msv4Reader reader) throws IOException {
    Set<String> names = new TreeSet<>(reader.antenna1Names());
    names.addAll(reader.antenna2Names());
    return names;
  }

  /** The group of solutions for a band: that of the same name if it fits, else the first. */
  private static String measurementSet(
      String root, SolutionSet set, String name, double low, double high) throws IOException {
    String found = null;
    for (String candidate : set.measurementSets()) {
      SolutionAxis band = set.terms(candidate).get(0).frequency();
      boolean fits = band.start(0) <= high && band.end(band.count() - 1) >= low;
      if (fits && (found == null || candidate.equals(name))) {
        found = candidate;
      }
    }
    if (found == null) {
      throw new UserError(
          root, "it has no gains in the band of " + name, "Name solutions of the same band");
    }
    return found;
  }

  /** Whether gains of one chain can be interpolated with those of another. */
  static boolean alike(List<TermArrays> first, List<TermArrays> other) {
    boolean alike = first.size() == other.size();
    for (int i = 0; alike && i < first.size(); i++) {
      TermArrays a = first.get(i);
      TermArrays b = other.get(i);
      alike =
          a.label().equals(b.label())
              && a.full() == b.full()
              && a.antennas().equals(b.antennas())
              && a.receptors().equals(b.receptors())
              && a.frequency().equals(b.frequency());
    }
    return alike;
  }

  private static void requireAlike(List<AppliedTerm.Source> first, List<AppliedTerm.Source> other) {
    if (!alike(
        first.stream().map(AppliedTerm.Source::arrays).toList(),
        other.stream().map(AppliedTerm.Source::arrays).toList())) {
      throw new UserError(
          other.get(0).root(),
          "its terms, antennas or frequencies are not those of " + first.get(0).root(),
          "Name solutions of one kind, or one of them alone");
    }
  }

  /** Seconds from a moment to the nearest interval of any term. */
  public double distanceSeconds(double unixSeconds) {
    double nearest = Double.POSITIVE_INFINITY;
    for (AppliedTerm.Source s : terms.get(terms.size() - 1).sources()) {
      SolutionAxis time = s.arrays().time();
      for (int i = 0; i < time.count(); i++) {
        double d = Math.max(0, Math.max(time.start(i) - unixSeconds, unixSeconds - time.end(i)));
        nearest = Math.min(nearest, d);
      }
    }
    return nearest;
  }

  /** Bytes of all gains in memory. */
  public long bytes() {
    long bytes = 0;
    for (AppliedTerm t : terms) {
      for (AppliedTerm.Source s : t.sources()) {
        bytes += GainTable.bytes(s.arrays().shape().size());
      }
    }
    return bytes;
  }

  /** What a set of solutions is now: changes when it is made anew. */
  public static InputVersion version(String root, Map<String, String> hadoop) throws IOException {
    ObjectStore store = Stores.open(root, S3Settings.completed(hadoop));
    ObjectStatus status =
        store
            .status("zarr.json")
            .orElseThrow(
                () ->
                    new UserError(
                        root,
                        "there are no solutions",
                        "Name solutions that cornerturn calibrate has made"));
    return new InputVersion(root, status.version(), status.size());
  }
}
