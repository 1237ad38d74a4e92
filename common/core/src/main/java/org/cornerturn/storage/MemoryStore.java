package org.cornerturn.storage;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Objects in this JVM's heap: for small products that are made and read at once. */
public final class MemoryStore implements ObjectStore {
  private record Entry(byte[] bytes, long version) {}

  private final ConcurrentSkipListMap<String, Entry> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong versions = new AtomicLong();

  @Override
  public String uri() {
    return "memory:";
  }

  private static ObjectStatus status(String key, Entry e) {
    return new ObjectStatus(key, e.bytes.length, Long.toString(e.version), 0);
  }

  private Entry entry(byte[] bytes, int offset, int length) {
    return new Entry(
        Arrays.copyOfRange(bytes, offset, offset + length), versions.incrementAndGet());
  }

  private Entry find(String key) throws NoSuchFileException {
    Entry e = objects.get(Keys.checked(key));
    if (e == null) {
      throw new NoSuchFileException(key);
    }
    return e;
  }

  @Override
  public Optional<ObjectStatus> status(String key) {
    return Optional.ofNullable(objects.get(Keys.checked(key))).map(e -> status(key, e));
  }

  @Override
  public byte[] get(String key) throws NoSuchFileException {
    return find(key).bytes.clone();
  }

  @Override
  public ObjectChannel open(String key) throws NoSuchFileException {
    byte[] bytes = find(key).bytes;
    return new ObjectChannel() {
      private final AtomicLong requests = new AtomicLong();
      private final AtomicLong read = new AtomicLong();

      @Override
      public String name() {
        return "memory:" + key;
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void readFully(long position, byte[] target, int offset, int length)
          throws EOFException {
        if (position < 0 || position + length > bytes.length) {
          throw new EOFException(name() + ": ends before byte " + (position + length));
        }
        System.arraycopy(bytes, (int) position, target, offset, length);
        requests.incrementAndGet();
        read.addAndGet(length);
      }

      @Override
      public long requests() {
        return requests.get();
      }

      @Override
      public long bytesRead() {
        return read.get();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void put(String key, byte[] bytes) {
    put(key, bytes, 0, bytes.length);
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) {
    objects.put(Keys.checked(key), entry(bytes, offset, length));
  }

  @Override
  public PendingObject create(String key) {
    Keys.checked(key);
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    return new PendingObject() {
      @Override
      protected void append(byte[] bytes, int offset, int length) {
        held.write(bytes, offset, length);
      }

      @Override
      protected void complete() {
        put(key, held.toByteArray());
      }

      @Override
      protected void abandon() {
        held.reset();
      }
    };
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return objects.putIfAbsent(Keys.checked(key), entry(bytes, 0, bytes.length)) == null;
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) {
    Entry fresh = entry(bytes, 0, bytes.length);
    Entry after =
        objects.computeIfPresent(
            Keys.checked(key),
            (k, old) -> Long.toString(old.version).equals(version) ? fresh : old);
    return after == fresh;
  }

  @Override
  public void delete(String key) {
    objects.remove(Keys.checked(key));
  }

  @Override
  public List<ObjectStatus> list(String prefix) {
    List<ObjectStatus> found = new ArrayList<>();
    objects
        .tailMap(prefix)
        .forEach(
            (k, e) -> {
              if (k.startsWith(prefix)) {
                found.add(status(k, e));
              }
            });
    return found;
  }

  @Override
  public void close() {}
}
