package org.cornerturn.query.calibration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.query.calibration.CalibrationTables.Rows;
import org.cornerturn.query.http.Json;

/** The gains of one antenna in one term: for each receptor (interval, channel block) arrays. */
final class GainCurves {
  /** Columns of the table of gains that it reads. */
  static final List<String> COLUMNS =
      List.of(
          "receptor",
          "time",
          "time_start",
          "time_end",
          "frequency",
          "amplitude",
          "phase",
          "delay",
          "snr",
          "flag",
          "refant");

  private static final List<String> LISTS = List.of("amplitude", "phase", "snr", "flag");

  private GainCurves() {}

  /**
   * @param gains rows of one antenna and term
   */
  static void put(Rows gains, ObjectNode node) {
    Map<String, Map<Long, Object[]>> byReceptor = new TreeMap<>();
    for (Object[] row : gains.all()) {
      String receptor = gains.text(row, "receptor");
      byReceptor
          .computeIfAbsent(receptor == null ? "" : receptor, r -> new TreeMap<>())
          .put(gains.moment(row, "time"), row);
    }
    ArrayNode receptors = node.putArray("receptors");
    byReceptor.forEach((name, rows) -> receptors.add(receptor(gains, name, rows)));
  }

  private static ObjectNode receptor(Rows gains, String name, Map<Long, Object[]> byTime) {
    ObjectNode node = Json.object().put("receptor", name);
    List<Object[]> rows = List.copyOf(byTime.values());
    for (String moment : List.of("time", "time_start", "time_end")) {
      ArrayNode seconds = node.putArray(moment);
      for (Object[] row : rows) {
        long micros = gains.moment(row, moment);
        seconds.add(Json.node(micros == Long.MIN_VALUE ? Double.NaN : micros / 1e6));
      }
    }
    node.set("frequency", Json.node(gains.list(rows.get(0), "frequency")));
    ArrayNode delays = node.putArray("delay");
    rows.forEach(row -> delays.add(Json.node(gains.number(row, "delay"))));
    for (String column : LISTS) {
      ArrayNode intervals = node.putArray(column);
      rows.forEach(row -> intervals.add(Json.node(gains.list(row, column))));
    }
    return node;
  }
}
