package org.cornerturn.query.calibration;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.query.calibration.CalibrationTables.Rows;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.table.RowRequest;
import org.cornerturn.query.table.Tables;
import org.cornerturn.solution.Staleness;
import org.cornerturn.table.RowJson;
import org.cornerturn.table.RowList;

/** {@code /api/v1/cal} and {@code /api/v1/qa}: sets of gains, their quality, their curves. */
public final class CalibrationRoutes implements Routes {
  private static final String TAG = "calibration";
  private static final String JSON = "application/json";
  private static final Parameter<String> SOLUTIONS =
      Parameter.text("solutions", "Id of a set of solutions").inPath();
  private static final Parameter<String> MEASUREMENT_SET =
      Parameter.text("measurement_set", "Whose gains; those of all where left out");
  private static final Parameter<String> TERM =
      Parameter.text("term", "Term of the chain, as in B_1").required();
  private static final Parameter<String> ANTENNA =
      Parameter.text("antenna", "Name of the antenna").required();
  private static final Parameter<String> TIME =
      Parameter.text("time", "When data were taken, ISO 8601; now where left out");

  private final Tables tables;
  private final Limits limits;
  private final CalibrationTables calibrations;

  public CalibrationRoutes(Tables tables, Limits limits) {
    this.tables = tables;
    this.limits = limits;
    this.calibrations =
        new CalibrationTables(
            tables,
            limits.declare(
                "calibration_values",
                2_000_000,
                "values",
                "values of the tables of calibration that one answer is made of"));
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/cal", "calibrations", TAG, "Sets of solutions, the newest first")
            .described("Columns as in the warehouse's table calibration_sets.")
            .with(RowRequest.parameters())
            .answers(200, "A page", RowRequest.mediaTypes()),
        this::list);
    router.get(
        Operation.at("/api/v1/cal/nearest", "calibrationNearest", TAG, "Which set is for a time")
            .described(
                "Of the active sets that are valid at the time (valid_from to valid_to) the one whose"
                    + " data are nearest to it, the newest of equals; where none is valid the one"
                    + " that is nearest to be so, and valid is false. How old it is then, and"
                    + " whether it is fresh (6 h), aging (12 h), stale (24 h) or critical.")
            .with(TIME)
            .answers(200, "The set, whether it is valid, its age and staleness", JSON)
            .answers(404, "There is no active set"),
        this::nearest);
    router.get(
        Operation.at("/api/v1/cal/{solutions}", "calibration", TAG, "A set of solutions")
            .with(SOLUTIONS)
            .answers(
                200, "Its rows: one for each measurement set, and what it was applied to", JSON)
            .answers(404, "There is no such set"),
        this::one);
    router.get(
        Operation.at(
                "/api/v1/cal/{solutions}/antennas",
                "calibrationAntennas",
                TAG,
                "How well each antenna was solved for")
            .with(SOLUTIONS, MEASUREMENT_SET)
            .answers(200, "Flagged part, median SNR, reference antenna, by term", JSON)
            .answers(404, "There are no gains of it"),
        this::antennas);
    router.get(
        Operation.at(
                "/api/v1/cal/{solutions}/gains", "calibrationGains", TAG, "Gains of an antenna")
            .described(
                "For each receptor: times (seconds since 1970), frequencies (Hz), and by interval and"
                    + " frequency amplitude, phase (rad), snr and flag.")
            .with(SOLUTIONS, MEASUREMENT_SET, TERM, ANTENNA)
            .answers(200, "Its curves", JSON)
            .answers(404, "There are no such gains"),
        this::gains);
    router.get(
        Operation.at("/api/v1/qa/{solutions}", "calibrationQuality", TAG, "Quality of a set")
            .with(SOLUTIONS)
            .answers(200, "Grade, warnings, and the measured numbers", JSON)
            .answers(404, "Nothing was measured of it"),
        this::quality);
  }

  private void list(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    Rows sets =
        calibrations
            .rows(CalibrationTables.SETS, Map.of(), List.of(), exchange.deadline())
            .newestFirst("published");
    new RowRequest(exchange, new RowList(sets.schema(), sets.all()), sets.version(), limits)
        .answer("calibrations", "items");
  }

  private static boolean isKnown(Exchange exchange, Rows... of) {
    StringBuilder versions = new StringBuilder();
    for (Rows r : of) {
      versions.append(r.version()).append(' ');
    }
    return exchange.isAnsweredBy(
        Conditional.etag(versions.toString(), exchange.path(), exchange.query()));
  }

  private Rows of(Exchange exchange, String table) {
    return calibrations.rows(
        table,
        Map.of(CalibrationTables.SOLUTIONS, exchange.value(SOLUTIONS)),
        List.of(),
        exchange.deadline());
  }

  private static void put(ObjectNode node, String member, Rows rows) throws IOException {
    try (TokenBuffer json = new TokenBuffer(Json.mapper(), false)) {
      write(json, rows);
      node.set(member, Json.mapper().readTree(json.asParser()));
    }
  }

  private static void write(JsonGenerator json, Rows rows) throws IOException {
    json.writeStartArray();
    for (Object[] row : rows.all()) {
      RowJson.row(row, rows.schema(), json);
    }
    json.writeEndArray();
  }

  private void one(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    Rows sets = of(exchange, CalibrationTables.SETS);
    if (sets.all().isEmpty()) {
      throw absent(exchange);
    }
    Rows applied =
        calibrations.rows(CalibrationTables.APPLIED, Map.of(), List.of(), exchange.deadline());
    if (isKnown(exchange, sets, applied)) {
      return;
    }
    String id = exchange.value(SOLUTIONS);
    List<Object[]> uses =
        applied.all().stream()
            .filter(r -> applied.list(r, CalibrationTables.SOLUTIONS).contains(id))
            .toList();
    ObjectNode node = Json.object().put(CalibrationTables.SOLUTIONS, id);
    put(node, "sets", sets.newestFirst("published"));
    put(node, "applied", new Rows(applied.schema(), uses, applied.version()));
    exchange.json(node);
  }

  private static Problem absent(Exchange exchange) {
    return Problem.notFound(
        "There is no set of solutions " + exchange.value(SOLUTIONS) + " in the warehouse");
  }

  private Rows gainRows(Exchange exchange, Map<String, String> more, List<String> columns) {
    Map<String, String> equal = new TreeMap<>(more);
    equal.put(CalibrationTables.SOLUTIONS, exchange.value(SOLUTIONS));
    exchange.optional(MEASUREMENT_SET).ifPresent(ms -> equal.put(MEASUREMENT_SET.name(), ms));
    Rows rows = calibrations.rows(CalibrationTables.GAINS, equal, columns, exchange.deadline());
    if (rows.all().isEmpty()) {
      throw Problem.notFound("There are no such gains of " + exchange.value(SOLUTIONS));
    }
    return rows;
  }

  private void antennas(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    Rows gains = gainRows(exchange, Map.of(), AntennaGrid.COLUMNS);
    if (!isKnown(exchange, gains)) {
      ObjectNode node = Json.object().put(CalibrationTables.SOLUTIONS, exchange.value(SOLUTIONS));
      new AntennaGrid(gains).put(node);
      exchange.json(node);
    }
  }

  private void gains(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    String term = exchange.value(TERM);
    String antenna = exchange.value(ANTENNA);
    Rows gains =
        gainRows(exchange, Map.of(TERM.name(), term, ANTENNA.name(), antenna), GainCurves.COLUMNS);
    if (!isKnown(exchange, gains)) {
      ObjectNode node = Json.object().put(CalibrationTables.SOLUTIONS, exchange.value(SOLUTIONS));
      node.put(TERM.name(), term).put(ANTENNA.name(), antenna);
      node.put("refant", gains.text(gains.all().get(0), "refant"));
      GainCurves.put(gains, node);
      exchange.json(node);
    }
  }

  private void quality(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    Rows quality = of(exchange, CalibrationTables.QUALITY);
    if (quality.all().isEmpty()) {
      throw Problem.notFound("Nothing was measured of " + exchange.value(SOLUTIONS));
    }
    if (!isKnown(exchange, quality)) {
      exchange.json(new QualityReport(exchange.value(SOLUTIONS), quality).json());
    }
  }

  private void nearest(Exchange exchange) throws IOException {
    tables.check(exchange.principal());
    long at = ChronoUnit.MICROS.between(Instant.EPOCH, time(exchange));
    Rows sets =
        calibrations
            .rows(
                CalibrationTables.SETS, Map.of("status", "active"), List.of(), exchange.deadline())
            .newestFirst("published");
    Optional<Fit> nearest =
        sets.all().stream()
            .map(row -> Fit.of(sets, row, at))
            .flatMap(Optional::stream)
            .min(Comparator.comparingLong(Fit::outside).thenComparingLong(Fit::age));
    Fit fit = nearest.orElseThrow(() -> Problem.notFound("There is no active set of solutions"));
    ObjectNode node = Json.object();
    put(node, "sets", new Rows(sets.schema(), List.<Object[]>of(fit.row()), sets.version()));
    node.put("valid", fit.outside() == 0);
    node.put("age_hours", fit.age() / 3.6e9);
    node.put("staleness", Staleness.of(fit.age() / 1e6).toString());
    exchange.json(node);
  }

  /**
   * How a set of solutions fits a moment.
   *
   * @param outside microseconds from the moment to the time for which the set is valid; 0 within
   * @param age microseconds from the moment to the data that the set was made of
   */
  private record Fit(Object[] row, long outside, long age) {
    /** Empty for a set without times. */
    static Optional<Fit> of(Rows sets, Object[] row, long at) {
      long started = sets.moment(row, "started");
      long ended = sets.moment(row, "ended");
      long from = sets.moment(row, "valid_from");
      long to = sets.moment(row, "valid_to");
      boolean known = Math.min(Math.min(started, ended), Math.min(from, to)) != Long.MIN_VALUE;
      return known
          ? Optional.of(new Fit(row, away(from, to, at), away(started, ended, at)))
          : Optional.empty();
    }

    private static long away(long from, long to, long at) {
      return Math.max(0, Math.max(from - at, at - to));
    }
  }

  private static Instant time(Exchange exchange) {
    Optional<String> text = exchange.optional(TIME);
    if (text.isEmpty()) {
      return Instant.now();
    }
    try {
      Instant at = OffsetDateTime.parse(zoned(text.get())).toInstant();
      if (Math.abs(at.getEpochSecond()) > 4_000_000_000_000L) {
        throw Problem.invalid(TIME.name(), "no data are that old or young");
      }
      return at;
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
          TIME.name(), "'" + text.get() + "' is no time such as 2025-01-01T00:00:00Z");
    }
  }

  private static String zoned(String text) {
    return text.matches(".*([zZ]|[+-]\\d\\d:\\d\\d)$") ? text : text + "Z";
  }
}
