package org.cornerturn.jobs.solutions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cornerturn.UserError;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.zarr.ZarrException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry of solutions, asked which of them fit some data. */
public final class CalibrationSets {
  private static final Logger LOG = LoggerFactory.getLogger(CalibrationSets.class);

  private static final List<String> COLUMNS =
      List.of(
          "solutions",
          "root",
          "measurement_set",
          "frequency_low",
          "frequency_high",
          "started",
          "ended",
          "valid_from",
          "valid_to",
          "status",
          "published");

  private CalibrationSets() {}

  /**
   * Solutions of one measurement set.
   *
   * @param middle of the data that they were made of, UTC seconds since 1970
   */
  public record Entry(
      String solutions,
      String root,
      String measurementSet,
      double lowHz,
      double highHz,
      double middle,
      double validFrom,
      double validTo,
      String status,
      long published) {
    /** Why these are not for some data; null where nothing is against them. */
    private String against(Data data) {
      if (!status.equals("active")) {
        return "failed";
      }
      if (!(validFrom <= data.at() && data.at() <= validTo)) {
        return "not valid then";
      }
      return lowHz <= data.highHz() && highHz >= data.lowHz() ? null : "of another band";
    }
  }

  /**
   * What solutions are looked for.
   *
   * @param at middle of the data, UTC seconds since 1970
   * @param lowHz lowest frequency of the data
   * @param highHz highest frequency of the data
   * @param antennas names of the antennas of its baselines
   */
  public record Data(double at, double lowHz, double highHz, Set<String> antennas) {
    public Data {
      antennas = Set.copyOf(antennas);
    }
  }

  /**
   * Solutions for some data.
   *
   * @param entries in the order of time
   * @param why these, and what was passed over
   */
  public record Chosen(List<Entry> entries, String why) {
    public Chosen {
      entries = List.copyOf(entries);
    }
  }

  /** An entry whose solutions were looked at. */
  private record Candidate(Entry entry, List<TermArrays> terms, int shared) {}

  /**
   * The solutions for some data: of those that are valid for it, and have gains of at least half of
   * its antennas, the last before the data's middle and the first after it; the nearer one alone
   * where these are of other terms, antennas or frequencies than each other.
   *
   * @throws UserError when there is none
   */
  public static Chosen around(String warehouse, Map<String, String> hadoop, Data data)
      throws IOException {
    if (warehouse == null) {
      throw new UserError(
          "--from auto", "there is no warehouse to look in", "Name one with --warehouse");
    }
    Map<String, Integer> passed = new TreeMap<>();
    // The nearest first; of several of one time the latest that was made.
    List<Entry> before = new ArrayList<>();
    List<Entry> after = new ArrayList<>();
    for (Entry e : latest(warehouse, hadoop)) {
      String against = e.against(data);
      if (against != null) {
        passed.merge(against, 1, Integer::sum);
      } else if (e.middle() <= data.at()) {
        before.add(0, e);
      } else {
        after.add(e);
      }
    }
    after.sort(
        Comparator.comparingDouble(Entry::middle)
            .thenComparing(Comparator.comparingLong(Entry::published).reversed()));
    List<Candidate> found = new ArrayList<>();
    first(before, data, hadoop, passed).ifPresent(found::add);
    first(after, data, hadoop, passed).ifPresent(found::add);
    if (found.isEmpty()) {
      throw new UserError(
          "--from auto",
          "no solutions in "
              + warehouse
              + " are valid for the time, band and antennas of the data"
              + (passed.isEmpty() ? ": there are none" : ": " + inWords(passed)),
          "Solve for some with `cornerturn calibrate`, or name them with --from SOLUTIONS");
    }
    if (found.size() == 2 && !SolutionChoice.alike(found.get(0).terms(), found.get(1).terms())) {
      double first = Math.abs(found.get(0).entry().middle() - data.at());
      double second = Math.abs(found.get(1).entry().middle() - data.at());
      found.remove(first <= second ? 1 : 0);
      passed.merge("of other terms, antennas or frequencies than the nearer ones", 1, Integer::sum);
    }
    String why =
        found.stream().map(c -> inWords(c, data)).collect(Collectors.joining(" and "))
            + (passed.isEmpty() ? "" : "; passed over: " + inWords(passed));
    return new Chosen(found.stream().map(Candidate::entry).toList(), why);
  }

  private static String inWords(Map<String, Integer> passed) {
    return passed.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String inWords(Candidate c, Data data) {
    double hours = (c.entry().middle() - data.at()) / 3600;
    return String.format(
        Locale.ROOT,
        "%s (%.1f h %s, gains of %d of %d antennas)",
        c.entry().root(),
        Math.abs(hours),
        hours <= 0 ? "before" : "after",
        c.shared(),
        data.antennas().size());
  }

  /** The first whose solutions are there and have gains of enough of the data's antennas. */
  private static Optional<Candidate> first(
      List<Entry> entries, Data data, Map<String, String> hadoop, Map<String, Integer> passed)
      throws IOException {
    for (Entry e : entries) {
      List<TermArrays> terms;
      try {
        terms =
            SolutionSet.open(Stores.open(e.root(), S3Settings.completed(hadoop)))
                .terms(e.measurementSet());
      } catch (UserError | ZarrException gone) {
        LOG.info("{} is in the registry, but can't be read", e.root(), gone);
        passed.merge("gone", 1, Integer::sum);
        continue;
      }
      int shared = (int) terms.get(0).antennas().stream().filter(data.antennas()::contains).count();
      if (2 * shared >= data.antennas().size()) {
        return Optional.of(new Candidate(e, terms, shared));
      }
      passed.merge("of other antennas", 1, Integer::sum);
    }
    return Optional.empty();
  }

  /** The registry, of each place the latest making, by time. */
  private static List<Entry> latest(String warehouse, Map<String, String> hadoop)
      throws IOException {
    DeltaTable table = SolutionTables.open(warehouse, SolutionTables.CALIBRATION_SETS, hadoop);
    Map<String, Entry> byPlace = new LinkedHashMap<>();
    table.read(
        COLUMNS,
        v -> {
          double started = (Long) v[5] / 1e6;
          double ended = (Long) v[6] / 1e6;
          Entry e =
              new Entry(
                  (String) v[0],
                  (String) v[1],
                  (String) v[2],
                  (Double) v[3],
                  (Double) v[4],
                  (started + ended) / 2,
                  (Long) v[7] / 1e6,
                  (Long) v[8] / 1e6,
                  (String) v[9],
                  (Long) v[10]);
          byPlace.merge(
              e.root() + "#" + e.measurementSet(),
              e,
              (a, b) -> a.published() >= b.published() ? a : b);
        });
    List<Entry> all = new ArrayList<>(byPlace.values());
    // Of several of one time the latest that was made is taken: it comes last.
    all.sort(
        Comparator.comparingDouble(Entry::middle)
            .thenComparing(Entry::published)
            .thenComparing(Entry::root));
    return all;
  }
}
