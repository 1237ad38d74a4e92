package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.catalogue.Separation;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.tablefile.FileRows;
import org.cornerturn.tablefile.TableFile;

/** Does a {@link SortTask}. Rows that have no place on the sphere are counted and left out. */
final class SortStep {
  private final SortTask task;
  private final Side side;
  private final TaskStores stores;
  private final ObjectStore product;
  private final List<RunFile> runs = new ArrayList<>();
  private Rows rows;
  private long read;
  private long placeless;

  SortStep(SortTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.side = task.side();
    this.stores = stores;
    // Not recorded: runs are gone once the product is published.
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    rows = rows();
    try (TableFile table = side.source().open(stores.open(side.source().folder()))) {
      List<Integer> wanted = new ArrayList<>();
      wanted.add(table.find(side.ra()));
      wanted.add(table.find(side.dec()));
      if (side.hasErrors()) {
        wanted.add(table.find(side.raErr()));
        wanted.add(table.find(side.decErr()));
      }
      if (side.hasFlux()) {
        wanted.add(table.find(side.flux()));
      }
      if (side.idKind() != Side.IdKind.NUMBER) {
        wanted.add(table.find(side.id()));
      }
      table.read(task.from(), task.to(), wanted.stream().mapToInt(w -> w).toArray(), this::add);
    }
    flush();
    new RunFile.Index(read, placeless, runs).put(product, task.id());
  }

  private Rows rows() {
    return new Rows(side, (int) Math.min(RunFile.MOST, Math.max(1024, side.rows())));
  }

  private void add(FileRows from) throws IOException {
    double[] ra = from.reals(0);
    double[] dec = from.reals(1);
    int column = 2;
    double[] raErr = side.hasErrors() ? from.reals(column++) : null;
    double[] decErr = side.hasErrors() ? from.reals(column++) : null;
    double[] flux = side.hasFlux() ? from.reals(column++) : null;
    long[] whole = side.idKind() == Side.IdKind.WHOLE ? from.wholes(column) : null;
    String[] text = side.idKind() == Side.IdKind.TEXT ? from.texts(column) : null;
    read += from.count();
    for (int i = 0; i < from.count(); i++) {
      double raDeg = ra[i] * side.raDegrees();
      double decDeg = dec[i] * side.decDegrees();
      if (!Double.isFinite(raDeg) || !(Math.abs(decDeg) <= 90)) {
        placeless++;
        continue;
      }
      int row = rows.next();
      rows.ra[row] = Separation.turned(raDeg);
      rows.dec[row] = decDeg;
      rows.number[row] = from.first() + i;
      rows.whole[row] = whole == null ? from.first() + i : whole[i];
      if (text != null) {
        rows.text[row] = text[i];
      }
      if (raErr != null) {
        rows.raErr[row] = raErr[i];
        rows.decErr[row] = decErr[i];
      }
      if (flux != null) {
        rows.flux[row] = flux[i];
      }
      if (rows.count == RunFile.MOST) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    if (rows.count > 0) {
      runs.add(rows.write(product, task.id() + "-" + runs.size()));
      rows.count = 0;
    }
  }
}
