package org.cornerturn.spark.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.spark.source.ZarrTarget.Variable;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;

/**
 * Makes whole stored objects of rows that come sorted by object. Done twice, it writes the same
 * bytes under the same keys.
 *
 * @param schema of the rows: number of the object, positions, values
 */
record ChunkAssembler(ZarrTarget target, StructType schema, Map<String, String> hadoop)
    implements FlatMapFunction<Iterator<InternalRow>, ChunkAssembler.Outcome> {

  /** What a task has written: elements that had a row. */
  record Outcome(long elements) implements Serializable {}

  @Override
  public Iterator<Outcome> call(Iterator<InternalRow> rows) throws IOException {
    try (ObjectStore store = Stores.open(target.uri(), hadoop)) {
      Assembly assembly = new Assembly(store);
      while (rows.hasNext()) {
        assembly.take(rows.next());
      }
      assembly.finish();
      return List.of(new Outcome(assembly.elements)).iterator();
    }
  }

  /** The object in the making. */
  private final class Assembly {
    private final ObjectStore store;
    private final ChunkGrid grid = target.first().objectGrid();
    private final int rank = target.dimensions().size();
    private final List<ElementWriter> writers = new ArrayList<>();
    private final List<ObjectEncoder> encoders = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private long object = -1;
    private Box box;
    private long elements;

    Assembly(ObjectStore store) {
      this.store = store;
      for (int i = 0; i < target.variables().size(); i++) {
        Variable v = target.variables().get(i);
        int ordinal = 1 + rank + i;
        writers.add(
            new ElementWriter(
                v.column(), ordinal, schema.fields()[ordinal].dataType(), v.metadata()));
        encoders.add(new ObjectEncoder(v.metadata(), EmptyChunks.OMIT));
      }
    }

    void take(InternalRow row) throws IOException {
      long[] at = positions(row);
      long number = row.getLong(0);
      if (number != object) {
        finish();
        object = number;
        box = grid.box(grid.coordinates(number));
        int n = Math.toIntExact(box.size());
        writers.forEach(w -> w.begin(n));
      }
      long element = 0;
      for (int axis = 0; axis < rank; axis++) {
        element = element * box.extent(axis) + at[axis] - box.start(axis);
      }
      if (seen.get((int) element)) {
        throw new UserError(
            target.uri(),
            "two rows have the position " + Arrays.toString(at),
            "Keep one row for each position, by groupBy for example");
      }
      seen.set((int) element);
      elements++;
      for (int i = 0; i < writers.size(); i++) {
        ElementWriter w = writers.get(i);
        if (!w.isNull(row)) {
          w.put(row, (int) element);
        } else if (!target.fillMissing()) {
          throw new UserError(
              "column " + target.variables().get(i).column(),
              "it is null at the position " + Arrays.toString(at),
              "Fill it, or give the option missing=fill");
        }
      }
    }

    private long[] positions(InternalRow row) {
      long[] at = new long[rank];
      for (int axis = 0; axis < rank; axis++) {
        String name = target.dimensions().get(axis);
        if (row.isNullAt(1 + axis)) {
          throw new UserError("column " + name, "it is null in some row", "Leave such rows out");
        }
        at[axis] = row.getLong(1 + axis);
        long extent = grid.array().dim(axis);
        if (at[axis] < 0 || at[axis] >= extent) {
          throw new UserError(
              "column " + name,
              "its position " + at[axis] + " is outside the extent " + extent,
              "Give a larger shape, or leave such rows out");
        }
      }
      return at;
    }

    void finish() throws IOException {
      if (object < 0) {
        return;
      }
      int n = Math.toIntExact(box.size());
      int missing = seen.nextClearBit(0);
      if (missing < n && !target.fillMissing()) {
        throw new UserError(
            target.uri(),
            "no row has the position " + Arrays.toString(position(missing)),
            "Add it, or give the option missing=fill");
      }
      long[] at = grid.coordinates(object);
      for (int i = 0; i < writers.size(); i++) {
        Variable v = target.variables().get(i);
        Optional<EncodedObject> encoded =
            encoders.get(i).encode(at, writers.get(i).block(box.shape()));
        if (encoded.isPresent()) {
          String key = v.path() + "/" + v.metadata().objectKey(at);
          store.put(key, encoded.get().bytes(), 0, encoded.get().length());
        }
      }
      seen.clear();
      object = -1;
    }

    private long[] position(int element) {
      long[] at = new long[rank];
      long rest = element;
      for (int axis = rank - 1; axis >= 0; axis--) {
        at[axis] = box.start(axis) + rest % box.extent(axis);
        rest /= box.extent(axis);
      }
      return at;
    }
  }
}
