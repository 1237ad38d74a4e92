package org.cornerturn.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** A store in memory that notes every access. */
final class CountingStore implements ObjectStore {
  final MemoryStore store = new MemoryStore();
  final List<String> accesses = new ArrayList<>();
  final List<String> ranges = new ArrayList<>();

  @Override
  public String uri() {
    return store.uri();
  }

  @Override
  public Optional<ObjectStatus> status(String key) {
    accesses.add("status " + key);
    return store.status(key);
  }

  @Override
  public byte[] get(String key) throws IOException {
    accesses.add("get " + key);
    return store.get(key);
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
    accesses.add("open " + key);
    ObjectChannel channel = store.open(key);
    return new ObjectChannel() {
      @Override
      public String name() {
        return channel.name();
      }

      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void readFully(long position, byte[] target, int offset, int length)
          throws IOException {
        ranges.add(key + " " + position + "+" + length);
        channel.readFully(position, target, offset, length);
      }

      @Override
      public long requests() {
        return channel.requests();
      }

      @Override
      public long bytesRead() {
        return channel.bytesRead();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) {
    accesses.add("put " + key);
    store.put(key, bytes, offset, length);
  }

  @Override
  public PendingObject create(String key) {
    accesses.add("create " + key);
    return store.create(key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    accesses.add("put " + key);
    return store.putIfAbsent(key, bytes);
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) {
    accesses.add("put " + key);
    return store.putIfMatch(key, bytes, version);
  }

  @Override
  public void delete(String key) {
    accesses.add("delete " + key);
    store.delete(key);
  }

  @Override
  public List<ObjectStatus> list(String prefix) {
    accesses.add("list " + prefix);
    return store.list(prefix);
  }

  @Override
  public void close() {}
}
