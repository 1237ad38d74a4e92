package org.cornerturn.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies, on this disk, of tables' data files that lie elsewhere. Data files never change, so a
 * copy is good as long as it is there. Bounded: the copies not used for longest go first.
 * Thread-safe; a folder belongs to one process, and what is in it at the start is removed.
 */
public final class DataFileCache implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFileCache.class);
  private static final String ENDING = ".parquet";
  private static final int PIECE = 4 << 20;

  private final Path folder;
  private final LocalStore copies;
  private final long mostBytes;
  private final Map<String, Copy> known = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** A copy: made by the first that asks for it. */
  private static final class Copy {
    private final long bytes;
    private boolean ready;
    private int users;

    Copy(long bytes) {
      this.bytes = bytes;
    }
  }

  /** A data file on this disk, which stays at least until this is closed. */
  public interface Held extends Closeable {
    Path path();

    @Override
    void close();
  }

  /**
   * @param folder is made where there is none
   * @param mostBytes of all copies
   */
  public DataFileCache(Path folder, long mostBytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.copies = new LocalStore(folder);
    this.mostBytes = mostBytes;
    removeAll();
  }

  private void removeAll() throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING + "*")) {
      for (Path f : files) {
        Files.deleteIfExists(f);
      }
    }
  }

  /** Whether a data file of this length is worth a copy. */
  boolean takes(long size) {
    return size <= mostBytes / 4;
  }

  /** Reads a data file: its copy, or, where that would be too large, the file itself. */
  ObjectChannel open(ObjectStore store, String key, long size) throws IOException {
    if (!takes(size)) {
      return store.open(key);
    }
    try (Held held = hold(store, key, size)) {
      // An open file stays readable when it is removed.
      return copies.open(held.path().getFileName().toString());
    }
  }

  /**
   * Makes a copy of a data file where there is none.
   *
   * @param size its length, bytes
   */
  public Held hold(ObjectStore store, String key, long size) throws IOException {
    String name = name(store.uri() + "\n" + key + "\n" + size);
    Copy copy;
    synchronized (known) {
      copy = known.computeIfAbsent(name, n -> new Copy(size));
      copy.users++;
      if (copy.users == 1 && !copy.ready) {
        bytes += size;
      }
    }
    try {
      synchronized (copy) {
        if (!copy.ready) {
          makeRoom();
          fetch(store, key, size, folder.resolve(name));
          copy.ready = true;
        }
      }
    } catch (IOException | RuntimeException e) {
      release(name, copy);
      throw e;
    }
    return new Held() {
      private boolean closed;

      @Override
      public Path path() {
        return folder.resolve(name);
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          release(name, copy);
        }
      }
    };
  }

  private void release(String name, Copy copy) {
    synchronized (known) {
      copy.users--;
      if (copy.users == 0 && !copy.ready) {
        known.remove(name);
        bytes -= copy.bytes;
      }
    }
  }

  private void makeRoom() {
    synchronized (known) {
      Iterator<Map.Entry<String, Copy>> oldest = known.entrySet().iterator();
      while (bytes > mostBytes && oldest.hasNext()) {
        Map.Entry<String, Copy> e = oldest.next();
        if (e.getValue().users == 0) {
          oldest.remove();
          bytes -= e.getValue().bytes;
          remove(folder.resolve(e.getKey()));
        }
      }
    }
  }

  private static void remove(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", copy, e.toString());
    }
  }

  private static void fetch(ObjectStore store, String key, long size, Path target)
      throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (ObjectChannel from = store.open(key)) {
      try (OutputStream to = Files.newOutputStream(part)) {
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(size, 1))];
        for (long at = 0; at < size; at += piece.length) {
          int n = (int) Math.min(piece.length, size - at);
          from.readFully(at, piece, 0, n);
          to.write(piece, 0, n);
        }
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String name(String of) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + ENDING;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes all copies. */
  @Override
  public void close() throws IOException {
    removeAll();
  }
}
