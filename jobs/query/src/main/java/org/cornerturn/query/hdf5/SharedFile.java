package org.cornerturn.query.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open file with its parsed structure, closed when its last user and the cache let it go. */
final class SharedFile {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);
  private static final long OBJECT_BYTES = 1500;
  private static final long ATTRIBUTE_BYTES = 600;

  private final FileKey key;
  private final Located located;
  private final ObjectChannel raw;
  private final Hdf5File file;
  private final List<Hdf5Object> objects;
  private final Map<String, List<Hdf5Object>> members = new HashMap<>();
  private final long weight;
  private int users = 1;

  private SharedFile(FileKey key, Located located, ObjectChannel raw, Hdf5File file)
      throws IOException {
    this.key = key;
    this.located = located;
    this.raw = raw;
    this.file = file;
    this.objects = file.walk();
    file.find("/"); // Makes the index of paths, which several threads read from now on.
    file.trim();
    long bytes = 0;
    for (Hdf5Object o : objects) {
      bytes += OBJECT_BYTES + 4L * o.path().length();
      for (Hdf5Attribute a : o.attributes()) {
        bytes += ATTRIBUTE_BYTES + 4L * a.block().map(b -> b.shape().size() * 8).orElse(0L);
      }
      if (!o.path().equals("/")) {
        members.computeIfAbsent(parent(o.path()), p -> new ArrayList<>()).add(o);
      }
    }
    weight = bytes;
  }

  static SharedFile open(FileKey key, Located located) throws IOException {
    ObjectChannel raw = located.open();
    boolean opened = false;
    try {
      SharedFile shared = new SharedFile(key, located, raw, Hdf5File.open(raw));
      opened = true;
      return shared;
    } finally {
      if (!opened) {
        raw.close();
      }
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  FileKey key() {
    return key;
  }

  Located located() {
    return located;
  }

  ObjectChannel raw() {
    return raw;
  }

  Hdf5File file() {
    return file;
  }

  List<Hdf5Object> objects() {
    return objects;
  }

  /** Members of a group by name. */
  List<Hdf5Object> members(String group) {
    return members.getOrDefault(group, List.of());
  }

  long weight() {
    return weight;
  }

  /** The chunk index; one at a time, since reading it uses the file's one cache. */
  ChunkManifest manifest(Hdf5Dataset dataset) throws IOException {
    synchronized (file) {
      try {
        return dataset.manifest();
      } finally {
        file.trim();
      }
    }
  }

  /** Keeps the file open for one more user; false when it is closed already. */
  synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  void release() {
    synchronized (this) {
      if (--users > 0) {
        return;
      }
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("could not close {}", located.fullKey(), e);
    }
  }
}
