package org.cornerturn.spark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.cornerturn.spark.TaskPacker.Reference;

/**
 * What {@link TaskPacker} has put aside, where the tasks run. Entries are read when they are first
 * wanted, and given up when memory is short.
 */
final class TaskTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[][] packed;
  private transient AtomicReferenceArray<SoftReference<Object>> read;

  TaskTable(byte[][] packed) {
    this.packed = packed;
  }

  Object unpack(byte[] bytes) {
    try (Stream in = new Stream(bytes)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("a task can't be read on this executor: " + e, e);
    }
  }

  private Object entry(int number) {
    AtomicReferenceArray<SoftReference<Object>> entries = entries();
    SoftReference<Object> held = entries.get(number);
    Object value = held == null ? null : held.get();
    if (value == null) {
      value = unpack(packed[number]);
      entries.set(number, new SoftReference<>(value));
    }
    return value;
  }

  private synchronized AtomicReferenceArray<SoftReference<Object>> entries() {
    if (read == null) {
      read = new AtomicReferenceArray<>(packed.length);
    }
    return read;
  }

  private final class Stream extends ObjectInputStream {
    Stream(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object value) {
      return value instanceof Reference reference ? entry(reference.number()) : value;
    }

    /** An executor's classes come through the thread's loader, as Spark's own serializer knows. */
    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description); // Primitive types have no loader.
      }
    }
  }
}
