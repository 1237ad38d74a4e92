package org.cornerturn.jobs.crossmatch;

import io.delta.kernel.types.StructType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.cornerturn.jobs.catalogue.TableOutput;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.tablefile.ChannelStream;

/** Does a {@link FileTask}: pairs zone by zone, from south to north. */
final class FileStep {
  private static final int BUFFER = 1 << 18;
  private static final TableDefinition COLUMNS =
      CrossmatchTables.pairs(TableDefinition.named("crossmatches", "Pairs of two catalogues"));

  private final FileTask task;
  private final TaskStores stores;
  private final ObjectStore parts;

  FileStep(FileTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.stores = stores;
    this.parts = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    Tally tally = new Tally(task.match().parameters().radiusArcsec());
    for (int z = 0; z < task.match().zones(); z++) {
      tally.add(parts, task.match().tally(z));
    }
    try (PendingObject object = stores.product().create(task.id());
        OutputStream out = new BufferedOutputStream(object, BUFFER)) {
      TableOutput.of(task.id()).write(COLUMNS, tally.rows(), Cursor::new, out);
      out.flush();
      object.publish();
    }
  }

  /** The pairs of all zones. */
  private final class Cursor implements RowCursor {
    private int zone = -1;
    private DataInputStream in;
    private ChannelStream stream;
    private PairRow row;

    @Override
    public StructType schema() {
      return COLUMNS.schema();
    }

    @Override
    public boolean advance() throws IOException {
      while (in == null || !stream.hasMore() && in.available() == 0) {
        close();
        if (++zone == task.match().zones()) {
          return false;
        }
        stream = new ChannelStream(parts.open(task.match().pairs(zone)));
        in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
      }
      row = PairRow.read(in);
      return true;
    }

    @Override
    public Object[] values() {
      Object[] values = new Object[COLUMNS.schema().length()];
      row.values(values, 0);
      return values;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
        in = null;
      }
    }
  }
}
