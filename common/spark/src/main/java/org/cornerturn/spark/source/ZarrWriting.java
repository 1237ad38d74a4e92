package org.cornerturn.spark.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.cornerturn.UserError;
import org.cornerturn.array.Shape;
import org.cornerturn.spark.source.ZarrTarget.Variable;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.Graft;
import org.cornerturn.zarr.ZarrHierarchy;
import org.cornerturn.zarr.ZarrNode;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes a table into a Zarr store: rows are brought together by stored object, each task writes
 * whole objects, and metadata follow when all are there; until then no reader sees anything.
 */
final class ZarrWriting {
  /** What a write leaves while it runs, and where it died. */
  static final String MARK = "_cornerturn/write.json";

  private static final String OBJECT = "__object";

  /** Decoded bytes of a task. */
  private static final double TASK_BYTES = 256 << 20;

  private final ZarrTarget target;
  private final Map<String, String> hadoop;

  ZarrWriting(ZarrTarget target, Map<String, String> hadoop) {
    this.target = target;
    this.hadoop = hadoop;
  }

  /**
   * @throws UserError where the store is there already, or the rows don't make an array
   */
  void save(Dataset<Row> rows, SaveMode mode) throws IOException {
    refuseOwnSource(rows);
    try (ObjectStore store = Stores.open(target.uri(), hadoop)) {
      boolean there = ZarrNode.at(store, "").isPresent();
      if (there && mode == SaveMode.Ignore) {
        return;
      }
      if (there && mode == SaveMode.ErrorIfExists) {
        throw new UserError(
            target.uri(),
            "a Zarr store is there",
            "Choose another path, or save with mode overwrite or append");
      }
      boolean append = there && mode == SaveMode.Append;
      if (append) {
        checkNew(store);
      } else {
        clear(store, there, mode);
      }
      if (!store.putIfAbsent(MARK, "{}".getBytes(StandardCharsets.UTF_8))) {
        throw new UserError(
            target.uri(),
            "another write is going on, or has died there",
            "Wait for it; if it has died, save with mode overwrite, or remove " + MARK);
      }
      try {
        write(rows);
        publish(store, append);
      } catch (Exception e) { // Spark throws its checked exceptions undeclared.
        abandon(store, append, e);
        throw failure(e);
      }
      store.delete(MARK);
    }
  }

  /** A store can't be replaced by what is read from it. */
  private void refuseOwnSource(Dataset<Row> rows) {
    for (LogicalPlan leaf :
        CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves())) {
      if (leaf instanceof DataSourceV2Relation r
          && r.table() instanceof LatticeTable t
          && t.uris().contains(target.uri())) {
        throw new UserError(target.uri(), "the table is read from it", "Write to another path");
      }
    }
  }

  /** A task's mistake of the user as the user is to see it. */
  private IOException failure(Exception e) {
    int depth = 0;
    for (Throwable t = e; t != null && depth < 30; t = t.getCause(), depth++) {
      if (t instanceof UserError u) {
        throw u;
      }
    }
    return e instanceof IOException io ? io : new IOException("writing " + target.uri(), e);
  }

  /** Arrays are added to a store, never changed. */
  private void checkNew(ObjectStore store) throws IOException {
    ZarrNode root = ZarrNode.at(store, "").orElseThrow();
    if (root.isArray() || root.format() != target.format()) {
      throw new UserError(
          target.uri(),
          root.isArray() ? "it is an array, not a group" : "it has Zarr " + root.format(),
          "Write to another path");
    }
    for (Variable v : target.variables()) {
      if (ZarrNode.at(store, v.path()).isPresent() || !store.list(v.path() + "/").isEmpty()) {
        throw new UserError(
            target.uri() + "/" + v.path(),
            "it is there already, and mode append adds arrays but doesn't extend them",
            "Name the column otherwise, or write to another path");
      }
    }
  }

  /** Removes the store that is replaced, its metadata first. */
  private void clear(ObjectStore store, boolean there, SaveMode mode) throws IOException {
    boolean ours = there || store.status(MARK).isPresent();
    if (!ours && !store.list("").isEmpty()) {
      throw new UserError(
          target.uri(), "there are other things than a Zarr store", "Choose another path");
    }
    if (mode == SaveMode.Overwrite && ours) {
      ZarrHierarchy.unpublish(store, "");
      for (var object : store.list("")) {
        store.delete(object.key());
      }
    }
  }

  private void write(Dataset<Row> rows) {
    Shape objects = target.first().objectGrid().counts();
    Shape extent = target.first().objectShape();
    StringBuilder number = new StringBuilder("0L");
    List<Column> columns = new ArrayList<>();
    for (int axis = 0; axis < target.dimensions().size(); axis++) {
      String quoted = quoted(target.dimensions().get(axis));
      number.insert(0, '(');
      number.append(" * ").append(objects.dim(axis)).append("L + bigint(").append(quoted);
      number.append(") div ").append(extent.dim(axis)).append("L)");
      columns.add(expr("bigint(" + quoted + ")"));
    }
    columns.add(0, expr(number.toString()).as(OBJECT));
    for (Variable v : target.variables()) {
      columns.add(col(quoted(v.column())));
    }
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    double wanted = Math.max(2.0 * cores, target.bytes() / TASK_BYTES);
    int tasks = (int) Math.max(1, Math.min(Math.min(objects.size(), 100_000), wanted));
    Dataset<Row> sorted =
        rows.select(columns.toArray(Column[]::new))
            .repartition(tasks, col(OBJECT))
            .sortWithinPartitions(col(OBJECT));
    // An RDD, since rows are taken as Spark has them: a Dataset would make an object of each.
    List<ChunkAssembler.Outcome> outcomes =
        sorted
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new ChunkAssembler(target, sorted.schema(), hadoop))
            .collect();
    long elements = outcomes.stream().mapToLong(ChunkAssembler.Outcome::elements).sum();
    long all = target.first().shape().size();
    if (elements != all && !target.fillMissing()) {
      throw new UserError(
          target.uri(),
          (all - elements) + " of " + all + " positions have no row",
          "Add them, or give the option missing=fill");
    }
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private void publish(ObjectStore store, boolean append) throws IOException {
    if (!append) {
      ZarrHierarchy tree = new ZarrHierarchy(target.format());
      tree.group("", JsonNodeFactory.instance.objectNode());
      target.variables().forEach(v -> tree.array(v.path(), v.metadata()));
      tree.publish(store, "");
      return;
    }
    for (Variable v : target.variables()) {
      ZarrHierarchy branch = new ZarrHierarchy(target.format()).array("", v.metadata());
      branch.publish(store, v.path());
      new Graft(store, v.path(), target.format()).attach(branch, a -> a);
    }
  }

  /** Takes away what a failed write has left; the failure is what is told. */
  private void abandon(ObjectStore store, boolean append, Exception failure) {
    try {
      if (append) {
        for (Variable v : target.variables()) {
          new Graft(store, v.path(), target.format()).detach(a -> a);
          ZarrHierarchy.unpublish(store, v.path());
          store.deleteFolder(v.path());
        }
        store.delete(MARK);
      } else {
        ZarrHierarchy.unpublish(store, "");
        for (var object : store.list("")) {
          store.delete(object.key());
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
