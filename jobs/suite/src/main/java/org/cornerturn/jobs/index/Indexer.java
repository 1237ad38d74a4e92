package org.cornerturn.jobs.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.index.ScannedFile.State;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.observation.LeftOut;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.Survey;
import org.cornerturn.spark.s3.LogStoreProbe;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/**
 * Keeps a warehouse's index of HDF5 files up to date: reads the headers of new and changed files,
 * groups UVH5 files, and commits each table once. {@code hdf5_files} comes last and says what is
 * done, so that a run that was stopped is repeated, never believed.
 */
public final class Indexer {
  private static final String STATE = "_cornerturn/index";
  private static final String OPEN_COMMIT = "commit-open";
  private static final int MANY_DATA_FILES = 64;
  private static final long HELD_BYTES = 16L << 20;
  private static final int TOLD = 1000;

  private final String warehouse;
  private final Map<String, String> hadoop;
  private final GroupingRule rule;
  private final DeltaTable files;
  private final DeltaTable objects;
  private final DeltaTable uvh5;

  /**
   * @param warehouse URI of the folder of tables
   */
  public Indexer(String warehouse, Map<String, String> hadoop, GroupingRule rule)
      throws IOException {
    this.warehouse = warehouse.replaceAll("/+$", "");
    this.hadoop = Map.copyOf(hadoop);
    this.rule = rule;
    this.files = table(IndexTables.FILES);
    this.objects = table(IndexTables.OBJECTS);
    this.uvh5 = table(IndexTables.UVH5);
  }

  private String at(TableDefinition table) {
    return warehouse + "/" + table.name();
  }

  private DeltaTable table(TableDefinition of) throws IOException {
    return new DeltaTable(Stores.open(at(of), hadoop), of);
  }

  /**
   * What there is to do.
   *
   * @param todo to be read: new ones, changed ones, and those that failed before
   * @param known of these, those that have rows
   * @param vanished URIs
   * @param refusedBefore unchanged files that can't be read, with reasons
   */
  public record Plan(
      List<InputFile> listed,
      List<InputFile> todo,
      Set<String> known,
      Set<String> vanished,
      Map<String, String> refusedBefore) {
    /** Bytes of the files to be read; headers alone are. */
    public long bytes() {
      return todo.stream().mapToLong(InputFile::size).sum();
    }
  }

  /**
   * Compares what is there with what is known.
   *
   * @param listed every file that is there
   * @param scope whether a known file would have been listed, were it there
   * @param again whether to read unchanged files, too
   */
  public Plan plan(List<InputFile> listed, Predicate<String> scope, boolean again)
      throws IOException {
    Map<String, InputFile> left = new HashMap<>();
    listed.forEach(f -> left.put(f.uri(), f));
    Set<String> known = new HashSet<>();
    Set<String> same = new HashSet<>();
    Set<String> vanished = new HashSet<>();
    Map<String, String> refused = new HashMap<>();
    files.read(
        List.of(IndexTables.KEY, "version", "state", "error"),
        v -> {
          String uri = (String) v[0];
          InputFile now = left.get(uri);
          boolean gone = state(State.GONE).equals(v[2]);
          if (now == null) {
            if (!gone && scope.test(uri)) {
              vanished.add(uri);
            }
            return;
          }
          known.add(uri);
          boolean done = !gone && !state(State.FAILED).equals(v[2]);
          if (!again && done && now.version().equals(v[1])) {
            same.add(uri);
            if (state(State.REFUSED).equals(v[2])) {
              refused.put(uri, (String) v[3]);
            }
          }
        });
    List<InputFile> todo = listed.stream().filter(f -> !same.contains(f.uri())).toList();
    return new Plan(listed, todo, known, vanished, refused);
  }

  /** The observations as they are known, without a look at the files. */
  public List<ObservationGroup> known() throws IOException {
    Regrouping regrouping = new Regrouping(uvh5, rule, 0);
    regrouping.changes(true);
    return regrouping.grouping().groups();
  }

  private static String state(State s) {
    return s == State.GONE ? "vanished" : s.name().toLowerCase(Locale.ROOT);
  }

  /** Who runs the index. */
  public interface Caller {
    /** Hears what there is to do, and may refuse it by an exception. */
    default void planned(Plan plan) {}

    /** How headers are read; asked for only if there is something to read. */
    Survey survey(Plan plan);

    /** Hears how many more files are done. */
    Progress progress(Plan plan);
  }

  /**
   * Brings the index up to date; the parameters are those of {@link #plan}.
   *
   * @param regroup whether to look at all groups, not only those that change
   */
  public IndexReport run(
      List<InputFile> listed,
      Predicate<String> scope,
      boolean again,
      boolean regroup,
      Caller caller)
      throws IOException {
    long start = System.nanoTime();
    ObjectStore state = Stores.open(warehouse + "/" + STATE, hadoop);
    if (warehouse.startsWith("s3a:")) {
      LogStoreProbe.check(state, "probe");
    }
    try (Lease lease = Lease.take(state, "index")) {
      Plan plan = plan(listed, scope, again);
      caller.planned(plan);
      List<ScannedFile> scanned = new ArrayList<>();
      List<DataFile> written = new ArrayList<>();
      if (!plan.todo().isEmpty()) {
        try (Progress progress = caller.progress(plan)) {
          caller
              .survey(plan)
              .run(
                  plan.todo(),
                  new HeaderScan(at(IndexTables.OBJECTS), hadoop),
                  answer -> {
                    scanned.addAll(answer.files());
                    written.addAll(answer.objects());
                    progress.advance(answer.files().size());
                  });
        }
      }
      long now = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
      Set<String> vanished = new HashSet<>(plan.vanished());
      Regrouping regrouping = new Regrouping(uvh5, rule, now);
      for (ScannedFile f : scanned) {
        if (f.state() == State.GONE) {
          vanished.add(f.file().uri());
        } else {
          regrouping.read(f);
        }
      }
      vanished.forEach(regrouping::vanished);
      Map<String, Object[]> rows = regrouping.changes(regroup);
      lease.check();
      commit(state, plan, scanned, vanished, written, rows, now);
      return report(plan, scanned, vanished, regrouping, (System.nanoTime() - start) / 1e9);
    }
  }

  private void commit(
      ObjectStore state,
      Plan plan,
      List<ScannedFile> scanned,
      Set<String> vanished,
      List<DataFile> written,
      Map<String, Object[]> uvh5Rows,
      long now)
      throws IOException {
    String run = "index-" + UUID.randomUUID();
    Set<String> read = new HashSet<>();
    plan.todo().forEach(f -> read.add(f.uri()));
    if (read.isEmpty() && vanished.isEmpty() && uvh5Rows.isEmpty()) {
      return;
    }
    // A run that ended between two commits may have left rows of files that nobody knows yet.
    boolean interrupted = !state.putIfAbsent(OPEN_COMMIT, new byte[] {1});
    Set<String> gone = new HashSet<>(vanished);
    (interrupted ? read : plan.known()).stream().filter(read::contains).forEach(gone::add);
    objects.replace(IndexTables.KEY, gone, written, run, 1);
    if (!uvh5Rows.isEmpty()) {
      uvh5.replace(
          IndexTables.KEY, uvh5Rows.keySet(), write(IndexTables.UVH5, uvh5Rows.values()), run, 1);
    }
    Map<String, Object[]> fileRows = fileRows(scanned, vanished, now);
    files.replace(
        IndexTables.KEY, fileRows.keySet(), write(IndexTables.FILES, fileRows.values()), run, 1);
    state.delete(OPEN_COMMIT);
    for (DeltaTable t : List.of(objects, uvh5, files)) {
      if (t.dataFiles() > MANY_DATA_FILES) {
        t.compact();
      }
    }
  }

  private List<DataFile> write(TableDefinition table, Iterable<Object[]> rows) throws IOException {
    try (ObjectStore store = Stores.open(at(table), hadoop)) {
      TableWriter writer = new TableWriter(store, table, HELD_BYTES);
      for (Object[] row : rows) {
        writer.add(row, 1000);
      }
      return writer.finish();
    }
  }

  private Map<String, Object[]> fileRows(List<ScannedFile> scanned, Set<String> vanished, long now)
      throws IOException {
    Map<String, Object[]> rows = new HashMap<>();
    if (!vanished.isEmpty()) {
      List<String> columns = IndexTables.FILES.schema().fieldNames();
      files.read(
          columns,
          row -> {
            if (vanished.contains(row[0])) {
              row[columns.indexOf("state")] = state(State.GONE);
              row[columns.indexOf("error")] = null;
              row[columns.indexOf("objects")] = 0L;
              row[columns.indexOf("indexed")] = now;
              rows.put((String) row[0], row);
            }
          });
    }
    for (ScannedFile f : scanned) {
      if (f.state() != State.GONE) {
        FileVersion v = f.file();
        rows.put(
            v.uri(),
            new Object[] {
              v.uri(),
              v.name(),
              f.format() == null ? null : f.format().name().toLowerCase(Locale.ROOT),
              state(f.state()),
              f.error(),
              v.sizeBytes(),
              v.version(),
              TimeUnit.MILLISECONDS.toMicros(v.modifiedMillis()),
              f.objects(),
              f.unreadable(),
              f.requests(),
              f.bytesRead(),
              now
            });
      }
    }
    return rows;
  }

  private static IndexReport report(
      Plan plan,
      List<ScannedFile> scanned,
      Set<String> vanished,
      Regrouping regrouping,
      double seconds) {
    List<ObservationGroup> groups = regrouping.grouping().groups();
    List<LeftOut> leftOut =
        new ArrayList<>(groups.stream().flatMap(g -> g.leftOut().stream()).toList());
    leftOut.addAll(regrouping.grouping().refused());
    List<IndexReport.Problem> problems = new ArrayList<>();
    for (ScannedFile f : scanned) {
      if (f.error() != null && problems.size() < TOLD) {
        problems.add(new IndexReport.Problem(f.file().uri(), f.error()));
      }
    }
    for (Map.Entry<String, String> r : plan.refusedBefore().entrySet()) {
      if (problems.size() < TOLD) {
        problems.add(new IndexReport.Problem(r.getKey(), r.getValue()));
      }
    }
    for (LeftOut l : leftOut) {
      if (problems.size() < TOLD) {
        problems.add(new IndexReport.Problem(l.file().file().uri(), l.reason()));
      }
    }
    long changed = plan.todo().stream().filter(f -> plan.known().contains(f.uri())).count();
    return new IndexReport(
        plan.listed().size(),
        plan.todo().size() - changed,
        changed,
        plan.listed().size() - plan.todo().size(),
        vanished.size(),
        scanned.stream().filter(f -> f.state() == State.REFUSED).count()
            + plan.refusedBefore().size(),
        scanned.stream().filter(f -> f.state() == State.FAILED).count(),
        scanned.stream().mapToLong(ScannedFile::objects).sum(),
        scanned.stream().mapToLong(ScannedFile::requests).sum(),
        scanned.stream().mapToLong(ScannedFile::bytesRead).sum(),
        groups.size(),
        groups.stream().filter(ObservationGroup::isComplete).count(),
        leftOut.stream().filter(l -> l.cause() == LeftOut.Cause.DUPLICATE).count(),
        leftOut.stream().filter(l -> l.cause() == LeftOut.Cause.CONTRADICTORY).count(),
        seconds,
        problems,
        groups,
        regrouping.indexed());
  }
}
