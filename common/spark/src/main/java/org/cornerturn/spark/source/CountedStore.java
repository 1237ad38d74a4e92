package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** A store that counts what is read from it; for one thread. */
final class CountedStore implements ObjectStore {
  private final ObjectStore store;
  private long requests;
  private long bytesRead;

  CountedStore(ObjectStore store) {
    this.store = store;
  }

  long requests() {
    return requests;
  }

  long bytesRead() {
    return bytesRead;
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
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
        channel.readFully(position, target, offset, length);
        requests++;
        bytesRead += length;
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
  public byte[] get(String key) throws IOException {
    byte[] bytes = store.get(key);
    requests++;
    bytesRead += bytes.length;
    return bytes;
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
  public void put(String key, byte[] bytes, int offset, int length) throws IOException {
    store.put(key, bytes, offset, length);
  }

  @Override
  public PendingObject create(String key) throws IOException {
    return store.create(key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    return store.putIfAbsent(key, bytes);
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    return store.putIfMatch(key, bytes, version);
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
