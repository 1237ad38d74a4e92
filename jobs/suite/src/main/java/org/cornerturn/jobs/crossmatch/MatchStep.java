package org.cornerturn.jobs.crossmatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.crossmatch.MatchMode;
import org.cornerturn.crossmatch.Matcher;
import org.cornerturn.crossmatch.Pairs;
import org.cornerturn.crossmatch.SkyPoints;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.table.TableWriter;

/** Does a {@link MatchTask}. */
final class MatchStep {
  /** More than a rounding of a declination, degrees. */
  private static final double SLACK = 1e-9;

  private static final int BUFFER = 1 << 18;
  private static final long FILE_BYTES = 48L << 20;
  private static final long ROW_BYTES = 900;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MatchTask task;
  private final Crossmatch match;
  private final TaskStores stores;
  private final ObjectStore product;

  MatchStep(MatchTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.match = task.match();
    this.stores = stores;
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    List<RunFile> left = Zone.runs(product, match.leftIndexes());
    List<RunFile> right = Zone.runs(product, match.rightIndexes());
    Zone zone = Zone.of(task.zone(), match.zones(), left, right);
    double radius = match.parameters().radiusArcsec() / 3600;
    // Whose nearest one is: rows that others may be nearer to have to be there, too.
    double margin = match.parameters().mode() == MatchMode.MUTUAL ? 2 * radius + SLACK : SLACK;
    Rows lefts = new Rows(match.left(), 0);
    Rows rights = new Rows(match.right(), 0);
    if (zone.south() < zone.north()) {
      requireRoom(left, right, zone, margin, radius + SLACK);
      lefts = read(match.left(), left, zone, margin);
      rights = read(match.right(), right, zone, radius + SLACK);
    }
    SkyPoints points = lefts.points();
    SkyPoints others = rights.points();
    boolean[] wanted = new boolean[lefts.count];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = zone.holds(lefts.dec[i]);
    }
    Pairs pairs =
        match.parameters().matcher().match(points, lefts.number, wanted, others, rights.number);
    write(pairs, lefts, points, rights, others);
  }

  private void requireRoom(
      List<RunFile> left, List<RunFile> right, Zone zone, double ofLeft, double ofRight) {
    long rows = rows(left, zone, ofLeft) + rows(right, zone, ofRight);
    if (rows > match.mostRows()) {
      throw new UserError(
          "--radius " + match.parameters().radiusArcsec() + "arcsec",
          rows
              + " rows lie in one zone of declination and its margins, more than the "
              + match.mostRows()
              + " that a task has room for",
          "Use a smaller radius, or cut the tables");
    }
  }

  private static long rows(List<RunFile> runs, Zone zone, double margin) {
    return runs.stream()
        .mapToLong(r -> r.to(zone.north() + margin) - r.from(zone.south() - margin))
        .filter(n -> n > 0)
        .sum();
  }

  private Rows read(Side side, List<RunFile> runs, Zone zone, double margin) throws IOException {
    Rows rows = new Rows(side, (int) rows(runs, zone, margin));
    for (RunFile run : runs) {
      rows.read(product, run, zone.south() - margin, zone.north() + margin);
    }
    return rows;
  }

  private void write(Pairs pairs, Rows lefts, SkyPoints left, Rows rights, SkyPoints right)
      throws IOException {
    Tally tally = new Tally(match.parameters().radiusArcsec());
    TableWriter table =
        match.file() != null
            ? null
            : new TableWriter(
                stores.open(match.warehouse() + "/" + CrossmatchTables.PAIRS.name()),
                CrossmatchTables.PAIRS,
                FILE_BYTES);
    try (PendingObject object = product.create(task.id());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(object, BUFFER))) {
      int before = -1;
      int rank = 0;
      for (int p = 0; p < pairs.count(); p++) {
        rank = pairs.left(p) == before ? rank + 1 : 1;
        before = pairs.left(p);
        PairRow row = row(pairs, p, rank, lefts, left, rights, right);
        tally.add(row);
        if (table == null) {
          row.write(out);
        } else {
          Object[] values = new Object[CrossmatchTables.PAIRS.schema().length()];
          values[0] = match.name();
          row.values(values, 1);
          table.add(values, ROW_BYTES);
        }
      }
      out.flush();
      object.publish();
    }
    if (table != null) {
      product.put(match.dataFiles(task.zone()), JSON.writeValueAsBytes(table.finish()));
    }
    tally.put(product, match.tally(task.zone()));
  }

  private PairRow row(
      Pairs pairs, int pair, int rank, Rows lefts, SkyPoints left, Rows rights, SkyPoints right) {
    int l = pairs.left(pair);
    int r = pairs.right(pair);
    boolean lone = r < 0;
    return new PairRow(
        lefts.id(l),
        lone ? null : rights.id(r),
        lefts.number[l],
        lone ? -1 : rights.number[r],
        lefts.ra[l],
        lefts.dec[l],
        lone ? Double.NaN : rights.ra[r],
        lone ? Double.NaN : rights.dec[r],
        pairs.separationDeg(pair),
        lone ? 0 : rank,
        lone ? Double.NaN : Matcher.deRuiter(left, l, right, r),
        lefts.flux == null ? Double.NaN : lefts.flux[l],
        lone || rights.flux == null ? Double.NaN : rights.flux[r]);
  }
}
