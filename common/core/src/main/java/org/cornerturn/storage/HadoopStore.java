package org.cornerturn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Any file system that Hadoop knows; conditional writes as S3A has them (PUT with If-None-Match or
 * If-Match).
 */
public final class HadoopStore implements ObjectStore {
  private static final Map<Connection, FileSystem> CONNECTIONS = new HashMap<>();

  /** Told where a block's size is asked for and means nothing. */
  private static final long BLOCK_SIZE = 32L << 20;

  private final String uri;
  private final FileSystem fs;
  private final Path root;

  /**
   * @param hadoop settings laid over Hadoop's own
   */
  public HadoopStore(String uri, Map<String, String> hadoop) throws IOException {
    this.uri = uri.replaceAll("/+$", "");
    this.root = new Path(this.uri);
    URI at = root.toUri();
    Connection key = new Connection(at.getScheme(), at.getAuthority(), Map.copyOf(hadoop));
    synchronized (CONNECTIONS) {
      FileSystem known = CONNECTIONS.get(key);
      if (known == null) {
        Configuration conf = new Configuration();
        hadoop.forEach(conf::set);
        known = FileSystem.newInstance(at, conf);
        CONNECTIONS.put(key, known);
      }
      this.fs = known;
    }
  }

  /** Hadoop's own cache overlooks the settings: another endpoint would get the first one's. */
  private record Connection(String scheme, String authority, Map<String, String> hadoop) {}

  @Override
  public String uri() {
    return uri;
  }

  private Path path(String key) {
    return new Path(root + "/" + Keys.checked(key));
  }

  private ObjectStatus status(String key, FileStatus s) {
    String etag = s instanceof EtagSource e ? e.getEtag() : null;
    return new ObjectStatus(key, s.getLen(), etag, s.getModificationTime());
  }

  private FileStatus find(String key) throws IOException {
    try {
      FileStatus s = fs.getFileStatus(path(key));
      if (s.isFile()) {
        return s;
      }
    } catch (FileNotFoundException e) {
      throw absent(path(key), e);
    }
    throw new NoSuchFileException(path(key).toString());
  }

  @Override
  public Optional<ObjectStatus> status(String key) throws IOException {
    try {
      return Optional.of(status(key, find(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] get(String key) throws IOException {
    FileStatus s = find(key);
    byte[] bytes = new byte[Math.toIntExact(s.getLen())];
    try (FSDataInputStream in = openStream(s)) {
      in.readFully(0, bytes);
    }
    return bytes;
  }

  private FSDataInputStream openStream(FileStatus s) throws IOException {
    try {
      // The status spares S3A a HEAD of its own.
      return fs.openFile(s.getPath())
          .withFileStatus(s)
          .opt("fs.option.openfile.read.policy", "random")
          .build()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening " + s.getPath(), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
    FileStatus s = find(key);
    return new HadoopChannel(s, openStream(s));
  }

  @Override
  public ObjectChannel open(ObjectStatus known) throws IOException {
    FileStatus s =
        new FileStatus(
            known.size(), false, 1, BLOCK_SIZE, known.modifiedMillis(), path(known.key()));
    try {
      return new HadoopChannel(s, openStream(s));
    } catch (FileNotFoundException e) {
      throw absent(s.getPath(), e);
    }
  }

  /** Hadoop's way to say that there is no such file, in Java's. */
  static NoSuchFileException absent(Path file, FileNotFoundException cause) {
    return (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(cause);
  }

  @Override
  public Folder folder(String folder) throws IOException {
    List<ObjectStatus> objects = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    try {
      // Of a folder with members this is one request for each thousand of them.
      RemoteIterator<FileStatus> members =
          fs.listStatusIterator(folder.isEmpty() ? root : path(folder));
      while (members.hasNext()) {
        FileStatus s = members.next();
        String key = key(s);
        if (key.startsWith(folder) && key.length() > folder.length()) {
          if (s.isDirectory()) {
            folders.add(key);
          } else {
            objects.add(status(key, s));
          }
        }
      }
    } catch (FileNotFoundException e) {
      return new Folder(List.of(), List.of());
    }
    objects.sort(Comparator.comparing(ObjectStatus::key));
    folders.sort(Comparator.naturalOrder());
    return new Folder(objects, folders);
  }

  @Override
  public void put(String key, byte[] bytes, int offset, int length) throws IOException {
    FSDataOutputStreamBuilder<?, ?> b = fs.createFile(path(key));
    // create.performance skips S3A's probes for a folder of that name; our keys never collide with
    // one.
    b.overwrite(true).recursive().opt("fs.s3a.create.performance", true);
    try (FSDataOutputStream out = (FSDataOutputStream) b.build()) {
      out.write(bytes, offset, length);
    }
  }

  @Override
  public PendingObject create(String key) throws IOException {
    Path target = path(key);
    return HadoopConditions.isS3(fs)
        ? new HadoopUpload(startUpload(target))
        : new HadoopPending(fs, target);
  }

  private FSDataOutputStream startUpload(Path target) throws IOException {
    FSDataOutputStreamBuilder<?, ?> b = fs.createFile(target);
    b.overwrite(true).recursive().opt("fs.s3a.create.performance", true);
    return (FSDataOutputStream) b.build();
  }

  @Override
  public void removeUnfinished(String key) throws IOException {
    Path target = path(key);
    if (HadoopConditions.isS3(fs)) {
      return; // Uploads that were never completed are the bucket's lifecycle rule's to remove.
    }
    try {
      for (FileStatus s : fs.listStatus(target.getParent())) {
        if (s.getPath().getName().startsWith(HadoopPending.pendingPrefix(target))) {
          fs.delete(s.getPath(), false);
        }
      }
    } catch (FileNotFoundException e) {
      return; // No folder, nothing in it.
    }
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    return createIfAbsent(fs, path(key), bytes);
  }

  /**
   * Creates a file if there is none, whole or not at all, whoever else tries at the same moment. On
   * S3 this is a PUT with {@code If-None-Match: *}.
   *
   * @return false when one exists already
   */
  public static boolean createIfAbsent(FileSystem fs, Path file, byte[] bytes) throws IOException {
    return HadoopConditions.createIfAbsent(fs, file, bytes);
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    if (HadoopConditions.isS3(fs)) {
      return HadoopConditions.replaceIfMatch(fs, path(key), bytes, version);
    }
    // Other file systems have no such request: between the two steps lies a moment.
    Optional<ObjectStatus> now = status(key);
    if (now.isEmpty() || !now.get().version().equals(version)) {
      return false;
    }
    put(key, bytes);
    return true;
  }

  @Override
  public void delete(String key) throws IOException {
    fs.delete(path(key), false);
  }

  @Override
  public boolean hasObjectsBeside(String folder) throws IOException {
    try {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
      while (files.hasNext()) {
        if (!key(files.next()).startsWith(folder + "/")) {
          return true;
        }
      }
      return false;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    fs.delete(path(folder), true); // On S3 in requests of a thousand keys each.
  }

  private String key(FileStatus s) {
    String base = fs.makeQualified(root).toUri().getPath().replaceAll("/+$", "") + "/";
    return s.getPath().toUri().getPath().substring(base.length());
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    Path start = prefix.isEmpty() ? root : new Path(root + "/" + prefix);
    List<ObjectStatus> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(start, true);
      while (files.hasNext()) {
        FileStatus s = files.next();
        String key = key(s);
        if (key.startsWith(prefix)) { // Listing a file gives the file itself.
          found.add(status(key, s));
        }
      }
    } catch (FileNotFoundException e) {
      return found;
    }
    found.sort(Comparator.comparing(ObjectStatus::key));
    return found;
  }

  /** Leaves the connection open: other stores of this JVM share it. */
  @Override
  public void close() {}
}
