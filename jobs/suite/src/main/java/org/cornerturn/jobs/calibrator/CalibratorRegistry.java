package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.RegisteredCalibrators;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/**
 * The calibrators of a warehouse. A source is in it once, under one name: rows are told apart by
 * place as well as by name. Those that travel with the program are there before the table is.
 */
public final class CalibratorRegistry {
  private static final String STATE = "_cornerturn/calibrators";
  private static final long HELD_BYTES = 32 << 20;
  private static final long ROW_BYTES = 2_000;

  private final String warehouse;
  private final Map<String, String> hadoop;

  CalibratorRegistry(GlobalOptions global) {
    this(global.warehouse(), global.hadoop());
  }

  private CalibratorRegistry(String warehouse, Map<String, String> hadoop) {
    this.warehouse = warehouse;
    this.hadoop = hadoop;
  }

  /**
   * The calibrators that may be used, the registered ones first.
   *
   * @param warehouse null for none: those that travel with the program
   */
  public static List<Calibrator> active(String warehouse, Map<String, String> hadoop)
      throws IOException {
    if (warehouse == null) {
      return RegisteredCalibrators.all();
    }
    return new CalibratorRegistry(warehouse.replaceAll("/+$", ""), S3Settings.completed(hadoop))
        .all().values().stream().filter(r -> !r.retired()).map(CalibratorRow::calibrator).toList();
  }

  String warehouse() {
    return warehouse;
  }

  /** What a change of the registry does. */
  @FunctionalInterface
  interface Change {
    /**
     * @param known rows by name, those that travel with the program among them
     * @return rows that come in the place of those of the same names
     */
    Collection<CalibratorRow> of(Map<String, CalibratorRow> known);
  }

  /** Every calibrator, by name: in the order of right ascension, the registered ones first. */
  Map<String, CalibratorRow> all() throws IOException {
    List<CalibratorRow> rows = new ArrayList<>();
    read(CalibratorTables.CALIBRATORS, CalibratorRow.COLUMNS, v -> rows.add(CalibratorRow.of(v)));
    if (rows.isEmpty()) {
      RegisteredCalibrators.all().forEach(c -> rows.add(CalibratorRow.of(c)));
    }
    rows.sort(
        Comparator.comparing((CalibratorRow r) -> !r.calibrator().isRegistered())
            .thenComparing(r -> r.calibrator().direction().raRad()));
    Map<String, CalibratorRow> byName = new LinkedHashMap<>();
    rows.forEach(r -> byName.put(r.calibrator().name(), r));
    return byName;
  }

  /** The calibrator of a name or alias. */
  static Optional<CalibratorRow> find(Map<String, CalibratorRow> all, String name) {
    CalibratorRow exact = all.get(name);
    return exact != null
        ? Optional.of(exact)
        : all.values().stream().filter(r -> r.calibrator().isCalled(name)).findFirst();
  }

  /**
   * The calibrator of a name or alias.
   *
   * @throws UserError where there is none
   */
  static CalibratorRow wanted(Map<String, CalibratorRow> all, String name) {
    return find(all, name)
        .orElseThrow(
            () ->
                new UserError(
                    "the calibrator " + name,
                    "there is none of this name or alias among " + all.size(),
                    "See cornerturn calibrator list, import a list, or add it"));
  }

  /** Reads rows of a table of the warehouse; none where there is no table. */
  void read(TableDefinition of, List<String> columns, DeltaTable.RowReader reader)
      throws IOException {
    try (ObjectStore store = store(of.name())) {
      DeltaTable table = new DeltaTable(store, of);
      if (table.exists()) {
        table.read(columns, reader);
      }
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  /** Changes the registry in one commit, one process at a time; the rows that came. */
  Collection<CalibratorRow> change(Change change) throws IOException {
    try (ObjectStore state = store(STATE);
        Lease lease = Lease.take(state, "calibrator")) {
      Map<String, CalibratorRow> known = all();
      Collection<CalibratorRow> changed = change.of(known);
      if (changed.isEmpty()) {
        return changed;
      }
      Map<String, CalibratorRow> written = new LinkedHashMap<>();
      if (!exists()) {
        written.putAll(known);
      }
      changed.forEach(r -> written.put(r.calibrator().name(), r));
      long now = micros();
      List<Object[]> rows = written.values().stream().map(r -> r.values(now)).toList();
      lease.check();
      replace(CalibratorTables.CALIBRATORS, CalibratorTables.NAME, written.keySet(), rows);
      return changed;
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  /** Puts predicted transits in the place of earlier predictions of the same ones. */
  void predicted(List<Object[]> rows) throws IOException {
    try (ObjectStore state = store(STATE);
        Lease lease = Lease.take(state, "calibrator")) {
      Set<String> keys = rows.stream().map(r -> (String) r[0]).collect(Collectors.toSet());
      lease.check();
      replace(CalibratorTables.TRANSITS, CalibratorTables.TRANSIT, keys, rows);
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  private boolean exists() throws IOException {
    try (ObjectStore store = store(CalibratorTables.CALIBRATORS.name())) {
      return new DeltaTable(store, CalibratorTables.CALIBRATORS).exists();
    }
  }

  private void replace(TableDefinition table, String key, Set<String> gone, List<Object[]> rows)
      throws IOException {
    try (ObjectStore store = store(table.name())) {
      TableWriter writer = new TableWriter(store, table, HELD_BYTES);
      for (Object[] row : rows) {
        writer.add(row, ROW_BYTES);
      }
      String change = "calibrator " + UUID.randomUUID();
      new DeltaTable(store, table).replace(key, gone, writer.finish(), change, 1);
    }
  }

  private ObjectStore store(String folder) throws IOException {
    return Stores.open(warehouse + "/" + folder, hadoop);
  }

  static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** The row in a registry that is the same source by its place, if any. */
  static Optional<CalibratorRow> sameAs(Collection<CalibratorRow> rows, Calibrator c) {
    return rows.stream().filter(r -> r.calibrator().isSameAs(c)).findFirst();
  }
}
