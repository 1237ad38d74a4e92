package org.cornerturn.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.cornerturn.UserError;

/** One file of the local disk that is written as an object: whole, under conditions. */
final class LocalFile {
  /** How a second name is given to a file; some file systems (exFAT, many of FUSE) can't. */
  interface HardLinks {
    void create(Path link, Path existing) throws IOException;
  }

  /** Coarsest step of a file system's modification times: FAT's. */
  private static final long COARSEST_MILLIS = 2_000;

  /**
   * Bytes read or written at a time: the JDK copies them through a buffer of that size beside the
   * heap, which each thread keeps.
   */
  static final int TRANSFER = 256 << 10;

  private final Path path;

  LocalFile(Path path) {
    this.path = path;
  }

  static ObjectStatus status(String key, BasicFileAttributes a) {
    return new ObjectStatus(key, a.size(), version(a), a.lastModifiedTime().toMillis());
  }

  private static String version(BasicFileAttributes a) {
    // Nanoseconds: two writes within a millisecond must differ.
    return a.size() + "-" + a.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  /** Start of the names under which the file is written bit by bit. */
  String pendingPrefix() {
    return LocalStore.PENDING + path.getFileName() + "-";
  }

  LocalPending create() throws IOException {
    return new LocalPending(path, path.resolveSibling(pendingPrefix() + UUID.randomUUID()));
  }

  void put(byte[] bytes, int offset, int length) throws IOException {
    replaceBy(writePending(bytes, offset, length));
  }

  private void replaceBy(Path pending) throws IOException {
    Files.move(pending, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path writePending(byte[] bytes, int offset, int length) throws IOException {
    Path pending = path.resolveSibling(LocalStore.PENDING + UUID.randomUUID());
    try {
      write(pending, bytes, offset, length);
    } catch (NoSuchFileException e) {
      Files.createDirectories(path.getParent());
      write(pending, bytes, offset, length);
    }
    return pending;
  }

  private static void write(Path pending, byte[] bytes, int offset, int length) throws IOException {
    try (FileChannel c =
        FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(c, bytes, offset, length);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(pending);
      throw e;
    }
  }

  static void writeFully(FileChannel c, byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int n = Math.min(TRANSFER, length - done);
      done += c.write(ByteBuffer.wrap(bytes, offset + done, n));
    }
  }

  boolean putIfAbsent(byte[] bytes, HardLinks links) throws IOException {
    Path pending = writePending(bytes, 0, bytes.length);
    try {
      // A hard link appears with its content or fails: creation and writing in one step.
      links.create(path, pending);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return moveIfAbsent(pending, e);
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  /**
   * Creation where there are no hard links: renaming under a lock. The lock file stays until
   * unfinished files are removed: who waits for it could else hold one that no longer counts.
   */
  private boolean moveIfAbsent(Path pending, Exception linking) throws IOException {
    Path lock = path.resolveSibling(LocalStore.PENDING + path.getFileName() + ".lock");
    try {
      synchronized (LocalFile.class) {
        try (FileChannel c = openLock(lock);
            FileLock held = lock(c)) {
          if (!held.isValid() || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
          }
          replaceBy(pending);
          return true;
        }
      }
    } catch (IOException | UserError e) {
      e.addSuppressed(linking);
      throw e;
    }
  }

  /**
   * Replaces the file if it is still the version given. Its time of modification always grows, so
   * that no version comes back. Hence the lock file, one per version, can go as soon as the version
   * is past: whoever still waits for it will find another version, whatever lock it holds.
   */
  boolean putIfMatch(byte[] bytes, String version) throws IOException {
    Path lock =
        path.resolveSibling(LocalStore.PENDING + path.getFileName() + "." + version + ".lock");
    synchronized (LocalFile.class) {
      try (FileChannel c = openLock(lock);
          FileLock held = lock(c)) {
        boolean replaced = held.isValid() && replaceVersion(bytes, version);
        Files.deleteIfExists(lock);
        return replaced;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  private boolean replaceVersion(byte[] bytes, String version) throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!now.isRegularFile() || !version(now).equals(version)) {
      return false;
    }
    Path pending = writePending(bytes, 0, bytes.length);
    try {
      makeNewer(pending, now.lastModifiedTime());
      replaceBy(pending);
      return true;
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  /** Writes within one tick of the disk's clock have equal times, and may have equal sizes. */
  private static void makeNewer(Path pending, FileTime old) throws IOException {
    for (long step = 1; Files.getLastModifiedTime(pending).compareTo(old) <= 0; step *= 2) {
      if (step > 2 * COARSEST_MILLIS) {
        throw new FileSystemException(
            pending.toString(), null, "its file system keeps no times of modification");
      }
      Files.setLastModifiedTime(pending, FileTime.from(old.toInstant().plusMillis(step)));
    }
  }

  private static FileChannel openLock(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private FileLock lock(FileChannel c) throws IOException {
    try {
      return c.lock();
    } catch (FileLockInterruptionException | ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new UserError(
          "can't write " + path,
          "its file system has no locks that work (" + e.getMessage() + ")",
          "Name an output on another disk or in an object store",
          e);
    }
  }
}
