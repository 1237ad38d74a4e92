package org.cornerturn.jobs.solutions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.table.DeltaTable;

/** The registry of solutions, asked which of them fit some data. */
public final class CalibrationSets {
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
    boolean fits(double at, double low, double high) {
      return status.equals("active")
          && validFrom <= at
          && at <= validTo
          && lowHz <= high
          && highHz >= low;
    }
  }

  /**
   * The solutions for some data: those whose middle is the last before the data's and the first
   * after it; one of them where there is no other, in the order of time.
   *
   * @param at middle of the data, UTC seconds since 1970
   * @param lowHz lowest frequency of the data
   * @param highHz highest frequency of the data
   * @throws UserError when there is none
   */
  public static List<Entry> around(
      String warehouse, Map<String, String> hadoop, double at, double lowHz, double highHz)
      throws IOException {
    if (warehouse == null) {
      throw new UserError(
          "--from auto", "there is no warehouse to look in", "Name one with --warehouse");
    }
    Entry before = null;
    Entry after = null;
    for (Entry e : latest(warehouse, hadoop)) {
      if (!e.fits(at, lowHz, highHz)) {
        continue;
      }
      if (e.middle() <= at && (before == null || !(e.middle() < before.middle()))) {
        before = e;
      }
      if (e.middle() > at && (after == null || !(e.middle() > after.middle()))) {
        after = e;
      }
    }
    List<Entry> found = new ArrayList<>();
    if (before != null) {
      found.add(before);
    }
    if (after != null) {
      found.add(after);
    }
    if (found.isEmpty()) {
      throw new UserError(
          "--from auto",
          "no solutions in " + warehouse + " are valid for the time and band of the data",
          "Solve for some with `cornerturn calibrate`, or name them with --from SOLUTIONS");
    }
    return found;
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
