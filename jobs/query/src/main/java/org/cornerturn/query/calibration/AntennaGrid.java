package org.cornerturn.query.calibration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.query.calibration.CalibrationTables.Rows;
import org.cornerturn.query.http.Json;

/** How well each antenna was solved for: the part of its gains that is flagged, and its SNR. */
final class AntennaGrid {
  /** Columns of the table of gains that it reads. */
  static final List<String> COLUMNS =
      List.of("antenna", "term", "refant", "flagged", "snr", "flag");

  /** Counts of one antenna, in one term or in all. */
  private static final class Tally {
    private long gains;
    private long flagged;
    private double[] snr = new double[16];
    private int snrs;

    void add(List<?> flags, long flaggedOfThem, List<?> ratios) {
      gains += flags.size();
      flagged += flaggedOfThem;
      for (Object r : ratios) {
        double v = ((Number) r).doubleValue();
        if (Double.isFinite(v)) {
          if (snrs == snr.length) {
            snr = Arrays.copyOf(snr, 2 * snrs);
          }
          snr[snrs++] = v;
        }
      }
    }

    private double median() {
      if (snrs == 0) {
        return Double.NaN;
      }
      double[] sorted = Arrays.copyOf(snr, snrs);
      Arrays.sort(sorted);
      int half = snrs / 2;
      return snrs % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    void put(ObjectNode node) {
      node.put("gains", gains).put("flagged", flagged);
      node.set("flagged_fraction", Json.node(gains == 0 ? Double.NaN : (double) flagged / gains));
      node.set("snr", Json.node(median()));
    }
  }

  private record Antenna(Tally all, Map<String, Tally> terms) {
    Antenna() {
      this(new Tally(), new TreeMap<>());
    }
  }

  private final Map<String, Antenna> antennas = new LinkedHashMap<>();
  private final Map<String, Boolean> references = new TreeMap<>();

  AntennaGrid(Rows gains) {
    for (Object[] row : gains.all()) {
      String refant = gains.text(row, "refant");
      if (refant != null) {
        references.put(refant, true);
      }
      String name = gains.text(row, "antenna");
      Antenna a = antennas.computeIfAbsent(name, n -> new Antenna());
      List<?> flags = gains.list(row, "flag");
      double counted = gains.number(row, "flagged");
      long flagged =
          Double.isNaN(counted)
              ? flags.stream().filter(f -> ((Number) f).longValue() != 0).count()
              : (long) counted;
      a.all().add(flags, flagged, gains.list(row, "snr"));
      a.terms()
          .computeIfAbsent(gains.text(row, "term"), t -> new Tally())
          .add(flags, flagged, gains.list(row, "snr"));
    }
  }

  boolean isEmpty() {
    return antennas.isEmpty();
  }

  /** Antennas in the order of the table. */
  void put(ObjectNode node) {
    ArrayNode all = node.putArray("antennas");
    antennas.forEach(
        (name, antenna) -> {
          ObjectNode a = Json.object().put("name", name);
          a.put("is_refant", references.containsKey(name));
          antenna.all().put(a);
          ObjectNode terms = a.putObject("terms");
          antenna.terms().forEach((term, tally) -> tally.put(terms.putObject(term)));
          all.add(a);
        });
  }
}
