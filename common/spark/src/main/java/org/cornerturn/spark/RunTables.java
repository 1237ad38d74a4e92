package org.cornerturn.spark;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.WarehouseTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The warehouse's tables of runs and products, shared by all drivers. */
final class RunTables {
  private static final Logger LOG = LoggerFactory.getLogger(RunTables.class);

  private final RunRequest<?> request;
  private final String run;
  private final DeltaTable runs;
  private final DeltaTable products;
  private final long started = now();
  private long publications;

  RunTables(RunRequest<?> request, String run, Map<String, String> hadoop) throws IOException {
    this.request = request;
    this.run = run;
    this.runs = table(request.warehouse(), WarehouseTables.RUNS, hadoop);
    this.products = table(request.warehouse(), WarehouseTables.PRODUCTS, hadoop);
  }

  private static DeltaTable table(String warehouse, TableDefinition of, Map<String, String> hadoop)
      throws IOException {
    return new DeltaTable(
        Stores.open(warehouse.replaceAll("/+$", "") + "/" + of.name(), hadoop), of);
  }

  private static long now() {
    return TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
  }

  private static String version() {
    String v = RunTables.class.getPackage().getImplementationVersion();
    return v == null ? "development" : v;
  }

  void started() throws IOException {
    put(0, "running", null, null, null, 0, 0, null);
  }

  void ended(RunReport r) {
    String state = r.exit().name().toLowerCase(Locale.ROOT);
    orWarn(
        () ->
            put(
                1,
                state,
                (long) r.exit().code(),
                now(),
                r.seconds(),
                r.bytesIn(),
                r.bytesOut(),
                r.message()));
  }

  void failed(double seconds, String why) {
    orWarn(() -> put(1, "failed", 1L, now(), seconds, 0, 0, why));
  }

  private interface Recording {
    void record() throws IOException;
  }

  /** Once there are products, they are whole without a row here. */
  private void orWarn(Recording r) {
    try {
      r.record();
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "the tables in {} lack rows of run {}: {}",
          request.warehouse(),
          run,
          StoreFaults.explain(e, request.warehouse())
              .map(UserError::getMessage)
              .orElse(e.toString()));
    }
  }

  private void put(
      long commit,
      String state,
      Long exit,
      Long ended,
      Double seconds,
      long in,
      long out,
      String message)
      throws IOException {
    boolean timed = seconds != null && seconds > 0;
    Object[] row = {
      run,
      request.verb(),
      request.arguments(),
      System.getProperty("user.name"),
      Holder.hostName(),
      version(),
      state,
      exit,
      started,
      ended,
      seconds,
      in,
      out,
      timed ? in / seconds : null,
      timed ? out / seconds : null,
      request.products().stream().map(ProductPlan::id).toList(),
      message
    };
    runs.append(List.<Object[]>of(row), "run-" + run, commit);
  }

  /** Records products that have become visible; each making once, even after a crash. */
  <T extends ChunkTask> void published(List<ProductRun<T>> visible) {
    orWarn(() -> append(visible));
  }

  private <T extends ChunkTask> void append(List<ProductRun<T>> visible) throws IOException {
    Set<String> known = new HashSet<>();
    if (visible.stream().anyMatch(p -> p.begun)) {
      // An earlier driver may have died between this row and the product's own record.
      products.read(List.of("creation"), v -> known.add((String) v[0]));
    }
    long at = now();
    List<Object[]> rows = new ArrayList<>();
    for (ProductRun<T> p : visible) {
      if (!known.contains(p.record.creation())) {
        rows.add(
            new Object[] {
              p.plan.id(),
              p.record.creation(),
              p.plan.root(),
              p.plan.fingerprint(),
              p.plan.verb(),
              run,
              "published",
              version(),
              p.bytes(),
              (long) p.plan.chunks().tasks().size(),
              at
            });
      }
    }
    if (!rows.isEmpty()) {
      products.append(rows, "products-" + run, publications++);
    }
  }
}
