package org.cornerturn.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A folder of the local disk. Objects are written beside their place and renamed into it. The
 * folder may be a symbolic link, and so may files and folders in it: they are read through, while
 * writing and deleting replace and remove the link.
 */
public final class LocalStore implements ObjectStore {
  /** Prefix of files that are being written; readers and listings pass them over. */
  static final String PENDING = ".cornerturn-pending-";

  private final Path root;
  private final LocalFile.HardLinks links;

  public LocalStore(Path root) {
    this(root, Files::createLink);
  }

  LocalStore(Path root, LocalFile.HardLinks links) {
    this.root = root.toAbsolutePath().normalize();
    this.links = links;
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
      return a.isRegularFile() ? Optional.of(LocalFile.status(key, a)) : Optional.empty();
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
      return new LocalChannel(p);
    } catch (FileSystemException e) {
      throw absent(p, e);
    }
  }

  private LocalFile file(String key) {
    return new LocalFile(path(key));
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) throws IOException {
    file(key).put(bytes, offset, length);
  }

  @Override
  public PendingObject create(String key) throws IOException {
    return file(key).create();
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    return file(key).putIfAbsent(bytes, links);
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    Optional<ObjectStatus> now = status(key);
    return now.isPresent()
        && now.get().version().equals(version)
        && file(key).putIfMatch(bytes, version);
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public boolean hasObjectsBeside(String folder) throws IOException {
    return LocalTree.hasFilesBeside(root, path(folder));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    LocalTree.delete(path(folder));
  }

  @Override
  public void removeUnfinished() throws IOException {
    LocalTree.deletePending(root);
  }

  @Override
  public void removeUnfinishedIn(String folder) throws IOException {
    LocalTree.deletePending(path(folder));
  }

  @Override
  public void removeUnfinished(String key) throws IOException {
    Path parent = path(key).getParent();
    if (!Files.isDirectory(parent)) {
      return;
    }
    String prefix = file(key).pendingPrefix();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(parent, f -> f.getFileName().toString().startsWith(prefix))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    return LocalTree.list(root, prefix.isEmpty() ? root : root.resolve(prefix));
  }

  @Override
  public Folder folder(String folder) throws IOException {
    return LocalTree.folder(root, folder.isEmpty() ? root : path(folder));
  }

  @Override
  public void close() {}
}
