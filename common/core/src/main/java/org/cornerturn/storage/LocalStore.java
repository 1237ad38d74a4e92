package org.cornerturn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A folder of the local disk. Objects are written beside their place and renamed into it. */
public final class LocalStore implements ObjectStore {
  /** Prefix of files that are being written; readers and listings pass them over. */
  static final String PENDING = ".cornerturn-pending-";

  private final Path root;

  public LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String uri() {
    return root.toString();
  }

  private Path path(String key) {
    return root.resolve(Keys.checked(key));
  }

  @Override
  public Optional<ObjectStatus> status(String key) throws IOException {
    try {
      BasicFileAttributes a = Files.readAttributes(path(key), BasicFileAttributes.class);
      return a.isRegularFile() ? Optional.of(status(key, a)) : Optional.empty();
    } catch (FileSystemException e) {
      if (isAbsent(path(key), e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether there is no such file, be it because what would be its folder is a file. */
  private static boolean isAbsent(Path file, FileSystemException fault) {
    if (fault instanceof NoSuchFileException) {
      return true;
    }
    for (Path p = file.getParent(); p != null; p = p.getParent()) {
      if (Files.isRegularFile(p)) {
        return true;
      }
    }
    return false;
  }

  private static IOException absent(Path file, FileSystemException fault) {
    if (fault instanceof NoSuchFileException || !isAbsent(file, fault)) {
      return fault;
    }
    return (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(fault);
  }

  private static ObjectStatus status(String key, BasicFileAttributes a) {
    // Nanoseconds: two writes within a millisecond must differ.
    String etag = a.size() + "-" + a.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new ObjectStatus(key, a.size(), etag, a.lastModifiedTime().toMillis());
  }

  @Override
  public byte[] get(String key) throws IOException {
    Path p = path(key);
    try {
      return Files.readAllBytes(p);
    } catch (FileSystemException e) {
      throw absent(p, e);
    }
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
    Path p = path(key);
    try {
      return new Channel(p, FileChannel.open(p, StandardOpenOption.READ));
    } catch (FileSystemException e) {
      throw absent(p, e);
    }
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) throws IOException {
    Path target = path(key);
    Path pending = writePending(target, bytes, offset, length);
    Files.move(
        pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path writePending(Path target, byte[] bytes, int offset, int length)
      throws IOException {
    Path pending = target.resolveSibling(PENDING + UUID.randomUUID());
    try {
      write(pending, bytes, offset, length);
    } catch (NoSuchFileException e) {
      Files.createDirectories(target.getParent());
      write(pending, bytes, offset, length);
    }
    return pending;
  }

  private static void write(Path pending, byte[] bytes, int offset, int length) throws IOException {
    try (FileChannel c =
        FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer b = ByteBuffer.wrap(bytes, offset, length);
      while (b.hasRemaining()) {
        c.write(b);
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(pending);
      throw e;
    }
  }

  @Override
  public PendingObject create(String key) throws IOException {
    Path target = path(key);
    Path pending = target.resolveSibling(pendingPrefix(target) + UUID.randomUUID());
    return new Pending(target, pending, openPending(pending));
  }

  /** Start of the names under which one object is written bit by bit. */
  private static String pendingPrefix(Path target) {
    return PENDING + target.getFileName() + "-";
  }

  private static FileChannel openPending(Path pending) throws IOException {
    try {
      return FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(pending.getParent());
      return FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    Path target = path(key);
    Path pending = writePending(target, bytes, 0, bytes.length);
    try {
      // A hard link appears with its content or fails: creation and writing in one step.
      Files.createLink(target, pending);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(pending);
    }
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    Path target = path(key);
    Path lock = target.resolveSibling(PENDING + target.getFileName() + ".lock");
    synchronized (LocalStore.class) {
      try (FileChannel c =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = c.lock()) {
        Optional<ObjectStatus> now = status(key);
        if (now.isEmpty() || !now.get().version().equals(version) || !held.isValid()) {
          return false;
        }
        put(key, bytes);
        return true;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public boolean hasObjectsBeside(String folder) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    boolean[] found = new boolean[1];
    Path beside = path(folder);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
            return dir.equals(beside) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            found[0] = !file.getFileName().toString().startsWith(PENDING);
            return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            found[0] = true; // Something is there, even if it can't be looked at.
            return FileVisitResult.TERMINATE;
          }
        });
    return found[0];
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    Path top = path(folder);
    if (Files.isDirectory(top)) {
      Files.walkFileTree(top, new Removal());
    }
  }

  /** Passes over files that vanish on the way: writers are at work. */
  private abstract static class Walk extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
      if (fault instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw fault;
    }
  }

  private static final class Removal extends Walk {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
      if (fault != null) {
        throw fault;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void removeUnfinished() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new Walk() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (file.getFileName().toString().startsWith(PENDING)) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void removeUnfinished(String key) throws IOException {
    Path target = path(key);
    if (!Files.isDirectory(target.getParent())) {
      return;
    }
    String prefix = pendingPrefix(target);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            target.getParent(), f -> f.getFileName().toString().startsWith(prefix))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    Path start = prefix.isEmpty() ? root : root.resolve(prefix);
    List<ObjectStatus> found = new ArrayList<>();
    if (!Files.isDirectory(start)) {
      return found;
    }
    Files.walkFileTree(
        start,
        new Walk() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            if (a.isRegularFile() && !file.getFileName().toString().startsWith(PENDING)) {
              found.add(status(root.relativize(file).toString().replace('\\', '/'), a));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(ObjectStatus::key));
    return found;
  }

  @Override
  public void close() {}

  private static final class Pending extends PendingObject {
    private final Path target;
    private final Path pending;
    private final FileChannel file;

    Pending(Path target, Path pending, FileChannel file) {
      this.target = target;
      this.pending = pending;
      this.file = file;
    }

    @Override
    protected void append(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer b = ByteBuffer.wrap(bytes, offset, length);
      while (b.hasRemaining()) {
        file.write(b);
      }
    }

    @Override
    protected void complete() throws IOException {
      file.close();
      Files.move(
          pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    protected void abandon() throws IOException {
      file.close();
      Files.deleteIfExists(pending);
    }
  }

  private static final class Channel implements ObjectChannel {
    private final Path path;
    private final FileChannel file;
    private final long size;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Channel(Path path, FileChannel file) throws IOException {
      this.path = path;
      this.file = file;
      this.size = file.size();
    }

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
      ByteBuffer b = ByteBuffer.wrap(target, offset, length);
      long at = position;
      while (b.hasRemaining()) {
        int n = file.read(b, at);
        if (n < 0) {
          throw new EOFException(path + ": ends before byte " + (position + length));
        }
        at += n;
      }
      requests.incrementAndGet();
      bytes.addAndGet(length);
    }

    @Override
    public long requests() {
      return requests.get();
    }

    @Override
    public long bytesRead() {
      return bytes.get();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
