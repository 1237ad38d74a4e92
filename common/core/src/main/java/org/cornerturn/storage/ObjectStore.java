package org.cornerturn.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whole objects under a root (a folder, a bucket prefix). A reader sees an object entire or not at
 * all. Keys are relative, with {@code /}; they name no parent folder. Safe for use by several
 * threads.
 */
public interface ObjectStore extends AutoCloseable {
  /** The root as a URI or path that {@link Stores#open} accepts, without a trailing slash. */
  String uri();

  Optional<ObjectStatus> status(String key) throws IOException;

  /**
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  byte[] get(String key) throws IOException;

  /** Positional reads of one object, opened lazily; the caller closes it. */
  ObjectChannel open(String key) throws IOException;

  /**
   * As {@link #open(String)}, of an object that {@link #status} or {@link #folder} has told of: it
   * isn't asked for again. Where it is gone, the first reading says so.
   */
  default ObjectChannel open(ObjectStatus known) throws IOException {
    return open(known.key());
  }

  /** Writes or replaces an object. */
  void put(String key, byte[] bytes, int offset, int length) throws IOException;

  default void put(String key, byte[] bytes) throws IOException {
    put(key, bytes, 0, bytes.length);
  }

  /**
   * Begins an object of any size; see {@link PendingObject}. Its memory is bounded, whatever its
   * size, in every store but {@link MemoryStore}.
   */
  PendingObject create(String key) throws IOException;

  /**
   * Creates an object if there is none.
   *
   * @return false when one exists already, whoever wrote it
   */
  boolean putIfAbsent(String key, byte[] bytes) throws IOException;

  /**
   * Replaces an object if it is still the version given.
   *
   * @param version {@link ObjectStatus#version()} of the object to replace
   * @return false when it is gone or has changed
   */
  boolean putIfMatch(String key, byte[] bytes, String version) throws IOException;

  /** Removes an object; nothing happens where there is none. */
  void delete(String key) throws IOException;

  /**
   * Whether there is any object that does not lie in this folder.
   *
   * @param folder without a trailing slash
   */
  default boolean hasObjectsBeside(String folder) throws IOException {
    return list("").stream().anyMatch(s -> !s.key().startsWith(folder + "/"));
  }

  /** Removes every object under a folder, named without a trailing slash. */
  default void deleteFolder(String folder) throws IOException {
    for (ObjectStatus s : list(folder + "/")) {
      delete(s.key());
    }
  }

  /**
   * Removes what writers that died left behind: parts of objects that no reader can see. Call it
   * only while nobody writes.
   */
  default void removeUnfinished() throws IOException {}

  /** As {@link #removeUnfinished()}, in one folder, named without a trailing slash. */
  default void removeUnfinishedIn(String folder) throws IOException {}

  /** Removes what dead writers of one object left behind; call it while nobody writes that one. */
  default void removeUnfinished(String key) throws IOException {}

  /**
   * Every object whose key starts with {@code prefix} (a folder name ending in {@code /}, or
   * empty), sorted by key.
   */
  List<ObjectStatus> list(String prefix) throws IOException;

  /**
   * What lies directly in a folder; nothing where there is no such folder.
   *
   * @param path without a trailing slash; empty for the root
   */
  default Folder folder(String path) throws IOException {
    String prefix = path.isEmpty() ? "" : path + "/";
    List<ObjectStatus> objects = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    for (ObjectStatus s : list(prefix)) {
      int slash = s.key().indexOf('/', prefix.length());
      if (slash < 0) {
        objects.add(s);
      } else {
        folders.add(s.key().substring(0, slash));
      }
    }
    return new Folder(objects, List.copyOf(folders));
  }

  /**
   * What lies directly in a folder.
   *
   * @param objects sorted by key
   * @param folders keys of the folders, sorted, without a trailing slash
   */
  record Folder(List<ObjectStatus> objects, List<String> folders) {
    public Folder {
      objects = List.copyOf(objects);
      folders = List.copyOf(folders);
    }
  }

  @Override
  void close() throws IOException;
}
