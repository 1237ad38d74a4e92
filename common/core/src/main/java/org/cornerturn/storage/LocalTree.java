package org.cornerturn.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Walks through a folder of the local disk. Those that look follow symbolic links, each loop once;
 * those that delete follow none below the folder they begin in, so that they remove a link and
 * never what it leads to.
 */
final class LocalTree {
  private static final Set<FileVisitOption> FOLLOW = EnumSet.of(FileVisitOption.FOLLOW_LINKS);

  private LocalTree() {}

  static boolean isPending(Path file) {
    return file.getFileName().toString().startsWith(LocalStore.PENDING);
  }

  /**
   * Files and folders directly in a folder; links that lead nowhere are left out.
   *
   * @param root folder to which the keys are relative
   */
  static ObjectStore.Folder folder(Path root, Path folder) throws IOException {
    List<ObjectStatus> files = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return new ObjectStore.Folder(files, folders);
    }
    try (DirectoryStream<Path> members = Files.newDirectoryStream(folder)) {
      for (Path member : members) {
        if (isPending(member) || !Files.exists(member)) {
          continue;
        }
        String key = root.relativize(member).toString().replace('\\', '/');
        BasicFileAttributes a = Files.readAttributes(member, BasicFileAttributes.class);
        if (a.isDirectory()) {
          folders.add(key);
        } else if (a.isRegularFile()) {
          files.add(LocalFile.status(key, a));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.comparing(ObjectStatus::key));
    folders.sort(Comparator.naturalOrder());
    return new ObjectStore.Folder(files, folders);
  }

  /**
   * Every file below a folder, sorted by key.
   *
   * @param root folder to which the keys are relative
   * @param start the root or a folder below it
   */
  static List<ObjectStatus> list(Path root, Path start) throws IOException {
    List<ObjectStatus> found = new ArrayList<>();
    if (!Files.isDirectory(start)) {
      return found;
    }
    Files.walkFileTree(
        start,
        FOLLOW,
        Integer.MAX_VALUE,
        new Walk() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (isPending(file)) {
              return FileVisitResult.CONTINUE;
            }
            if (a.isSymbolicLink()) {
              return visitFileFailed(file, whyNotFollowed(file));
            }
            if (a.isRegularFile()) {
              String key = root.relativize(file).toString().replace('\\', '/');
              found.add(LocalFile.status(key, a));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(ObjectStatus::key));
    return found;
  }

  /** A walk hands over a link itself where it can't follow it, without the fault. */
  private static IOException whyNotFollowed(Path link) {
    try {
      Files.readAttributes(link, BasicFileAttributes.class);
      return new NoSuchFileException(link.toString()); // Its target has appeared this moment.
    } catch (IOException e) {
      return e;
    }
  }

  /** Whether a folder holds any file, finished and outside of the folder {@code beside}. */
  static boolean hasFilesBeside(Path root, Path beside) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    boolean[] found = new boolean[1];
    Files.walkFileTree(
        root,
        FOLLOW,
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
            return dir.equals(beside) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            found[0] = !isPending(file);
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

  /** Removes a folder with all that is in it; of a link to a folder, the link. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new Walk() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException fault)
              throws IOException {
            if (fault != null) {
              throw fault;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes the files that dead writers left below a folder, which itself may be a link. */
  static void deletePending(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    Files.walkFileTree(
        root.toRealPath(),
        new Walk() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (isPending(file)) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Passes over files that vanish on the way (writers are at work), and links back up. */
  private abstract static class Walk extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
      if (fault instanceof NoSuchFileException || fault instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw fault;
    }
  }
}
