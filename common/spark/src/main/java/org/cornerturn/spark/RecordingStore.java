package org.cornerturn.spark;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Passes everything on and records what is put, with checksums. One task uses it. */
final class RecordingStore implements ObjectStore {
  private final ObjectStore store;
  private final Map<String, WrittenObject> written = new LinkedHashMap<>();

  RecordingStore(ObjectStore store) {
    this.store = store;
  }

  List<WrittenObject> written() {
    return List.copyOf(written.values());
  }

  private void record(String key, byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    record(key, length, crc);
  }

  private void record(String key, long size, CRC32C crc) {
    // Written twice, an object counts once, as it is last.
    written.remove(key);
    written.put(key, new WrittenObject(key, size, crc.getValue()));
  }

  @Override
  public String uri() {
    return store.uri();
  }

  @Override
  public Optional<ObjectStatus> status(String key) throws IOException {
    return store.status(key);
  }

  @Override
  public byte[] get(String key) throws IOException {
    return store.get(key);
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
    return store.open(key);
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) throws IOException {
    store.put(key, bytes, offset, length);
    record(key, bytes, offset, length);
  }

  @Override
  public PendingObject create(String key) throws IOException {
    PendingObject pending = store.create(key);
    return new PendingObject() {
      private final CRC32C crc = new CRC32C();
      private long size;

      @Override
      protected void append(byte[] bytes, int offset, int length) throws IOException {
        pending.write(bytes, offset, length);
        crc.update(bytes, offset, length);
        size += length;
      }

      @Override
      protected void complete() throws IOException {
        pending.publish();
        record(key, size, crc);
      }

      @Override
      protected void abandon() throws IOException {
        pending.close();
      }
    };
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    boolean created = store.putIfAbsent(key, bytes);
    if (created) {
      record(key, bytes, 0, bytes.length);
    }
    return created;
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    boolean replaced = store.putIfMatch(key, bytes, version);
    if (replaced) {
      record(key, bytes, 0, bytes.length);
    }
    return replaced;
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
    written.remove(key);
  }

  @Override
  public boolean hasObjectsBeside(String folder) throws IOException {
    return store.hasObjectsBeside(folder);
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    store.deleteFolder(folder);
    written.keySet().removeIf(key -> key.startsWith(folder + "/"));
  }

  @Override
  public void removeUnfinished() throws IOException {
    store.removeUnfinished();
  }

  @Override
  public void removeUnfinished(String key) throws IOException {
    store.removeUnfinished(key);
  }

  @Override
  public void removeUnfinishedIn(String folder) throws IOException {
    store.removeUnfinishedIn(folder);
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void close() {}
}
