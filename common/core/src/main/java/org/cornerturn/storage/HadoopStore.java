package org.cornerturn.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
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
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
  private static final String CONDITIONAL_ETAG = "fs.option.create.conditional.overwrite.etag";

  private final String uri;
  private final FileSystem fs;
  private final Path root;

  /**
   * @param hadoop settings laid over Hadoop's own
   */
  public HadoopStore(String uri, Map<String, String> hadoop) throws IOException {
    Configuration conf = new Configuration();
    hadoop.forEach(conf::set);
    this.uri = uri.replaceAll("/+$", "");
    this.root = new Path(this.uri);
    // Cached by Hadoop and shared, so close() leaves it open.
    this.fs = FileSystem.get(URI.create(this.root.toString().replace(" ", "%20")), conf);
  }

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
      throw (NoSuchFileException) new NoSuchFileException(path(key).toString()).initCause(e);
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
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  @Override
  public ObjectChannel open(String key) throws IOException {
    FileStatus s = find(key);
    return new Channel(s, openStream(s));
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
  public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
    Path p = path(key);
    if (!"s3a".equals(fs.getScheme())) {
      try (FSDataOutputStream out = fs.create(p, false)) {
        out.write(bytes);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
    FSDataOutputStreamBuilder<?, ?> b = fs.createFile(p);
    b.overwrite(true).recursive().must(CONDITIONAL, true);
    return conditional(b, bytes);
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    if (!"s3a".equals(fs.getScheme())) {
      Optional<ObjectStatus> now = status(key);
      if (now.isEmpty() || !now.get().version().equals(version)) {
        return false;
      }
      put(key, bytes);
      return true;
    }
    FSDataOutputStreamBuilder<?, ?> b = fs.createFile(path(key));
    b.overwrite(true).recursive().must(CONDITIONAL_ETAG, version);
    return conditional(b, bytes);
  }

  private static boolean conditional(FSDataOutputStreamBuilder<?, ?> b, byte[] bytes)
      throws IOException {
    try {
      FSDataOutputStream out = (FSDataOutputStream) b.build();
      out.write(bytes);
      out.close(); // The request is sent, and refused with 412, here.
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        String m = String.valueOf(t.getMessage());
        if (t.getClass().getSimpleName().equals("RemoteFileChangedException")
            || m.contains("Status Code: 412")
            || m.contains("Status Code: 409")) {
          return false;
        }
      }
      throw e;
    }
  }

  @Override
  public void delete(String key) throws IOException {
    fs.delete(path(key), false);
  }

  @Override
  public List<ObjectStatus> list(String prefix) throws IOException {
    Path start = prefix.isEmpty() ? root : new Path(root + "/" + prefix);
    List<ObjectStatus> found = new ArrayList<>();
    String base = fs.makeQualified(root).toUri().getPath().replaceAll("/+$", "") + "/";
    try {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(start, true);
      while (files.hasNext()) {
        FileStatus s = files.next();
        found.add(status(s.getPath().toUri().getPath().substring(base.length()), s));
      }
    } catch (FileNotFoundException e) {
      return found;
    }
    found.sort(Comparator.comparing(ObjectStatus::key));
    return found;
  }

  @Override
  public void close() {}

  private static final class Channel implements ObjectChannel {
    private final FileStatus status;
    private final FSDataInputStream in;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Channel(FileStatus status, FSDataInputStream in) {
      this.status = status;
      this.in = in;
    }

    @Override
    public String name() {
      return status.getPath().toString();
    }

    @Override
    public long size() {
      return status.getLen();
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
      if (position < 0 || position + length > size()) {
        throw new EOFException(name() + ": ends before byte " + (position + length));
      }
      in.readFully(position, target, offset, length);
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
      in.close();
    }
  }
}
