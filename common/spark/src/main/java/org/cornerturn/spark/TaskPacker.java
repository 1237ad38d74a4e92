package org.cornerturn.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.SharedByTasks;

/**
 * Serializes tasks for their way to the executors. What is {@link SharedByTasks} goes to a table,
 * once for each instance, and stands in the tasks as its number there: a plan's metadata would
 * otherwise be written and read again with each of its tasks.
 */
final class TaskPacker {
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final List<byte[]> table = new ArrayList<>();

  /** Stands for an entry of the table. */
  record Reference(int number) implements Serializable {}

  byte[] pack(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream out = new Stream(bytes, value)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Something in it is not serializable: a fault of ours.
    }
    return bytes.toByteArray();
  }

  /** All that has been met so far; entries hold references to others. */
  byte[][] table() {
    return table.toArray(byte[][]::new);
  }

  private int number(Object shared) {
    Integer known = numbers.get(shared);
    if (known == null) {
      byte[] packed = pack(shared);
      known = table.size();
      table.add(packed);
      numbers.put(shared, known);
    }
    return known;
  }

  private final class Stream extends ObjectOutputStream {
    private final Object root;

    Stream(OutputStream out, Object root) throws IOException {
      super(out);
      this.root = root;
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object value) {
      return value instanceof SharedByTasks && value != root ? new Reference(number(value)) : value;
    }
  }
}
