package org.cornerturn.query.calibration;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/** Tables of calibration as the command of that name writes them, of a small array. */
public final class CalibrationData {
  /** Microseconds of 2025-01-01T12:00:00Z. */
  static final long NOON = 1_735_732_800_000_000L;

  static final long MINUTE = 60_000_000L;
  static final int ANTENNAS = 12;
  static final int CHANNELS = 48;

  /** The antenna of which nothing could be solved. */
  static final int DEAD = 7;

  private CalibrationData() {}

  private static TableDefinition reals(TableDefinition of, String... columns) {
    StructType schema = of.schema();
    for (String c : columns) {
      schema = schema.add(c, new ArrayType(DoubleType.DOUBLE, false));
    }
    return new TableDefinition(of.name(), of.description(), schema);
  }

  /** Two sets, an older one that failed and a newer one, in a warehouse. */
  public static void write(Path warehouse) throws IOException {
    append(
        warehouse,
        sets(),
        List.of(set("night-old", "failed", "poor", -600), set("night-1f0a", "active", "good", 0)));
    quality(warehouse);
    gains(warehouse);
    applied(warehouse);
  }

  /** The registry. */
  static TableDefinition sets() {
    return TableDefinition.named("calibration_sets", "sets of solutions, and when they are valid")
        .text("solutions", "id of the set of solutions")
        .text("name", "name of the set")
        .text("root", "where the set lies")
        .text("measurement_set", "whose gains they are")
        .texts("terms", "the chain")
        .text("model", "model of the sky")
        .text("field", "field in the middle of the data")
        .text("refant", "antenna that phases are referred to")
        .count("antennas", null, "number of antennas")
        .moment("started", "beginning of the data")
        .moment("ended", "end of the data")
        .moment("valid_from", "may be applied from here")
        .moment("valid_to", "may be applied up to here")
        .text("status", "active or failed")
        .text("quality", "excellent, good, marginal or poor")
        .real("flagged", null, "part of the gains that is flagged")
        .real("median_snr", null, "median signal over noise")
        .moment("published", "when it became visible");
  }

  private static void applied(Path warehouse) throws IOException {
    append(
        warehouse,
        TableDefinition.named("calibrations_applied", "what was calibrated with which solutions")
            .text("root", "measurement set that has it")
            .text("data_group", "data group that was corrected")
            .texts("solutions", "ids of the sets of solutions, by time")
            .moment("applied", "when it became visible"),
        List.of(
            new Object[] {"/data/t.ps.zarr/ms", "corrected", List.of("night-1f0a"), NOON},
            new Object[] {"/data/u.ps.zarr/ms", "corrected", List.of("night-old"), NOON}));
  }

  /** Of five minutes, so many minutes after noon, valid for twelve hours more on each side. */
  private static Object[] set(String id, String status, String quality, long minutes) {
    long from = NOON + minutes * MINUTE;
    long to = from + 5 * MINUTE;
    return set(id, status, quality, from, to, from - 720 * MINUTE, to + 720 * MINUTE);
  }

  /** A row of the registry; times in microseconds since 1970. */
  static Object[] set(
      String id, String status, String quality, long from, long to, long validFrom, long validTo) {
    return new Object[] {
      id,
      id,
      "/data/" + id + ".cal.zarr",
      "ms",
      List.of("K_0", "B_1", "G_2"),
      "3C286",
      "3C286",
      "DSA-3",
      (long) ANTENNAS,
      from,
      to,
      validFrom,
      validTo,
      status,
      quality,
      0.09,
      31.5,
      to + MINUTE
    };
  }

  private static void quality(Path warehouse) throws IOException {
    append(
        warehouse,
        TableDefinition.named("calibration_qa", "measured quality: a row for each number")
            .text("solutions", "id of the set of solutions")
            .text("measurement_set", "whose gains they are")
            .text("term", "kind and place in the chain")
            .text("antenna", "antenna; null for all of them")
            .text("metric", "what was measured")
            .real("value", null, "the number")
            .text("unit", "its unit")
            .text("finding", "what is wrong with it, after warn: or fail:; else null"),
        List.of(
            new Object[] {"night-1f0a", "ms", null, null, "closure_phase", 0.012, "rad", null},
            new Object[] {
              "night-1f0a", "ms", "B_1", null, "flagged", 0.22, null, "warn: above 0.2"
            },
            new Object[] {"night-1f0a", "ms", "B_1", null, "snr_median", 31.5, null, null},
            new Object[] {
              "night-old", "ms", "B_1", null, "snr_median", 2.5, null, "fail: below 5"
            }));
  }

  private static void gains(Path warehouse) throws IOException {
    TableDefinition gains =
        reals(
                TableDefinition.named("gain_solutions", "gains of antennas")
                    .text("solutions", "id of the set of solutions")
                    .text("measurement_set", "whose gains they are")
                    .text("term", "kind and place in the chain")
                    .text("antenna", "name of the antenna")
                    .text("receptor", "receptor")
                    .moment("time", "middle of the interval")
                    .moment("time_start", "beginning of the interval")
                    .moment("time_end", "end of the interval"),
                "frequency",
                "amplitude",
                "phase",
                "snr")
            .real("delay", "s", "delay")
            .counts("flag", null, "why there is no gain")
            .count("flagged", null, "number of flagged gains")
            .text("refant", "antenna that phases are referred to");
    List<Object[]> rows = new ArrayList<>();
    for (int a = 0; a < ANTENNAS; a++) {
      for (String receptor : List.of("X", "Y")) {
        rows.add(row("B_1", a, receptor, NOON + 2 * MINUTE, CHANNELS));
        for (int t = 0; t < 5; t++) {
          rows.add(row("G_2", a, receptor, NOON + t * MINUTE + MINUTE / 2, 1));
        }
      }
    }
    append(warehouse, gains, rows);
  }

  private static Object[] row(String term, int antenna, String receptor, long time, int channels) {
    double[] frequency = new double[channels];
    double[] amplitude = new double[channels];
    double[] phase = new double[channels];
    double[] snr = new double[channels];
    Long[] flag = new Long[channels];
    int flagged = 0;
    for (int c = 0; c < channels; c++) {
      boolean bad = antenna == DEAD || channels > 1 && (c == 10 || c == 11);
      flagged += bad ? 1 : 0;
      frequency[c] = 1.311e9 + c * 4e6;
      amplitude[c] = bad ? Double.NaN : 1 + 0.02 * antenna + 0.1 * Math.sin(c / 9.0);
      phase[c] =
          bad ? Double.NaN : antenna == 2 ? 0 : 0.4 * Math.sin(antenna + c / 20.0 + time / 3e8);
      snr[c] = bad ? Double.NaN : 20 + antenna;
      flag[c] = bad ? 3L : 0L;
    }
    return new Object[] {
      "night-1f0a",
      "ms",
      term,
      "DSA-" + (antenna + 1),
      receptor,
      time,
      time - MINUTE / 2,
      time + MINUTE / 2,
      list(frequency),
      list(amplitude),
      list(phase),
      list(snr),
      null,
      Arrays.asList(flag),
      (long) flagged,
      "DSA-3"
    };
  }

  private static List<Double> list(double[] values) {
    List<Double> all = new ArrayList<>(Collections.nCopies(values.length, 0.0));
    for (int i = 0; i < values.length; i++) {
      all.set(i, values[i]);
    }
    return all;
  }

  static void append(Path warehouse, TableDefinition table, List<Object[]> rows)
      throws IOException {
    new DeltaTable(new LocalStore(warehouse.resolve(table.name())), table).append(rows, "t", 0);
  }
}
