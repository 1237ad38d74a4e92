package org.cornerturn.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Any file system that Hadoop knows; conditional writes as S3A has them (PUT with If-None-Match or
 * If-Match).
 */
public final class HadoopStore implements ObjectStore {
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
  private static final String CONDITIONAL_ETAG = "fs.option.create.conditional.overwrite.etag";
  private static final String WRITER = "cornerturn-writer";
  private static final int CONFLICTS = 6;

  private static final Map<Connection, FileSystem> CONNECTIONS = new HashMap<>();

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
    } catch (ExecutionException e) {
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
  public PendingObject create(String key) throws IOException {
    Path target = path(key);
    return isS3(fs) ? new Upload(startUpload(target)) : new Renamed(fs, target);
  }

  private FSDataOutputStream startUpload(Path target) throws IOException {
    FSDataOutputStreamBuilder<?, ?> b = fs.createFile(target);
    b.overwrite(true).recursive().opt("fs.s3a.create.performance", true);
    return (FSDataOutputStream) b.build();
  }

  /** An upload in parts, which S3 shows when it is completed. */
  private static final class Upload extends PendingObject {
    private final FSDataOutputStream out;

    Upload(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    protected void append(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    protected void complete() throws IOException {
      out.close();
    }

    @Override
    protected void abandon() throws IOException {
      out.abort(); // close() would make visible what there is.
    }
  }

  /** A file under another name beside its place, renamed into it. */
  private static final class Renamed extends PendingObject {
    private final FileSystem fs;
    private final Path target;
    private final Path pending;
    private final FSDataOutputStream out;

    Renamed(FileSystem fs, Path target) throws IOException {
      this.fs = fs;
      this.target = target;
      pending = new Path(target.getParent(), pendingPrefix(target) + UUID.randomUUID());
      out = fs.create(pending, false);
    }

    @Override
    protected void append(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    protected void complete() throws IOException {
      out.close();
      FileContext.getFileContext(fs.getUri(), fs.getConf())
          .rename(pending, target, Options.Rename.OVERWRITE);
    }

    @Override
    protected void abandon() throws IOException {
      try {
        out.close();
      } finally {
        fs.delete(pending, false);
      }
    }
  }

  /** Start of the names under which a file is written bit by bit. */
  private static String pendingPrefix(Path target) {
    return "." + target.getName() + ".pending-";
  }

  @Override
  public void removeUnfinished(String key) throws IOException {
    Path target = path(key);
    if (isS3(fs)) {
      return; // Uploads that were never completed are the bucket's lifecycle rule's to remove.
    }
    try {
      for (FileStatus s : fs.listStatus(target.getParent())) {
        if (s.getPath().getName().startsWith(pendingPrefix(target))) {
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
    if (isS3(fs)) {
      return conditionalPut(fs, file, bytes, b -> b.must(CONDITIONAL, true));
    }
    Path pending =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".pending");
    try (FSDataOutputStream out = fs.create(pending, false)) {
      out.write(bytes);
    }
    try {
      // FileContext never renames onto an existing file; on HDFS that is one step.
      FileContext.getFileContext(fs.getUri(), fs.getConf())
          .rename(pending, file, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      fs.delete(pending, false);
      return false;
    }
  }

  @Override
  public boolean putIfMatch(String key, byte[] bytes, String version) throws IOException {
    if (isS3(fs)) {
      return conditionalPut(fs, path(key), bytes, b -> b.must(CONDITIONAL_ETAG, version));
    }
    // Other file systems have no such request: between the two steps lies a moment.
    Optional<ObjectStatus> now = status(key);
    if (now.isEmpty() || !now.get().version().equals(version)) {
      return false;
    }
    put(key, bytes);
    return true;
  }

  private static boolean isS3(FileSystem fs) {
    return "s3a".equals(fs.getScheme());
  }

  /**
   * Sends a PUT with a condition. When the reply to a successful one is lost, the client's own
   * retry is refused because of what it wrote itself; the writer's mark in the object's metadata
   * tells that apart from another's success.
   */
  private static boolean conditionalPut(
      FileSystem fs, Path file, byte[] bytes, Consumer<FSDataOutputStreamBuilder<?, ?>> condition)
      throws IOException {
    String writer = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      FSDataOutputStreamBuilder<?, ?> b = fs.createFile(file);
      b.overwrite(true).recursive().must("fs.s3a.create.header." + WRITER, writer);
      condition.accept(b);
      try {
        FSDataOutputStream out = (FSDataOutputStream) b.build();
        out.write(bytes);
        out.close(); // The request is sent, and refused, here.
        return true;
      } catch (IOException e) {
        if (wroteIt(fs, file, writer)) {
          return true;
        }
        int status = refusal(e);
        if (status == 412 || status == 404) {
          return false;
        }
        // 409: another conditional request was under way; S3 asks to try again.
        if (status != 409 || attempt == CONFLICTS) {
          throw e;
        }
        pause(20L << attempt);
      }
    }
  }

  private static boolean wroteIt(FileSystem fs, Path file, String writer) throws IOException {
    try {
      byte[] mark = fs.getXAttr(file, "header." + WRITER);
      return mark != null && writer.equals(new String(mark, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** HTTP status with which S3 refused a condition, or 0 for any other fault. */
  private static int refusal(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String m = String.valueOf(t.getMessage());
      if (t instanceof FileAlreadyExistsException
          || t.getClass().getSimpleName().equals("RemoteFileChangedException")
          || m.contains("Status Code: 412")) {
        return 412;
      }
      if (m.contains("Status Code: 409")) {
        return 409;
      }
      if (m.contains("Status Code: 404") && m.contains("NoSuchKey")) {
        return 404;
      }
    }
    return 0;
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between attempts");
    }
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
      if (position < 0 || length < 0 || position + length > size()) {
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
