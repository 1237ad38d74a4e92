package org.cornerturn.table;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Delta Kernel's files, kept in an object store. Commits are the store's {@code putIfAbsent}, so
 * the same conditional create carries the log on a disk and on S3; nothing depends on which class
 * loader finds a log store by name.
 */
class StoreFiles implements FileIO {
  /**
   * The table's path as Kernel knows it: always the same, so that nothing in the real one (spaces,
   * percent signs) is ever encoded or decoded. The log holds relative paths only.
   */
  static final String LOCATION = "file:/table";

  /** Data files and their row groups are held in memory while they are written: keep them small. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "delta.kernel.default.parquet.writer.targetMaxFileSize",
          Long.toString(32L << 20),
          "parquet.block.size",
          Long.toString(16L << 20),
          // Measured numbers hardly repeat: that is seen after some thousands of them, while
          // looking
          // for repetitions among a hundred thousand costs more than writing them.
          "parquet.dictionary.page.size",
          Integer.toString(64 << 10));

  private final ObjectStore store;
  private final Optional<DataFileCache> dataFiles;

  /**
   * @param store its root is the table
   */
  StoreFiles(ObjectStore store) {
    this(store, Optional.empty());
  }

  /**
   * @param dataFiles keeps data files on this disk
   */
  StoreFiles(ObjectStore store, Optional<DataFileCache> dataFiles) {
    this.store = store;
    this.dataFiles = dataFiles;
  }

  private ObjectChannel open(String key, long size) throws IOException {
    boolean data = key.endsWith(".parquet") && !key.startsWith(TableReader.LOG);
    return data && dataFiles.isPresent() ? dataFiles.get().open(store, key, size) : store.open(key);
  }

  /** Key in the store of a path of Kernel's. */
  static String key(String path) {
    if (!path.startsWith(LOCATION + "/")) {
      throw new IllegalArgumentException(path + " lies outside the table");
    }
    return path.substring(LOCATION.length() + 1);
  }

  private FileStatus status(ObjectStatus s) {
    return FileStatus.of(LOCATION + "/" + s.key(), s.size(), s.modifiedMillis());
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
    String from = key(path);
    String folder = from.substring(0, from.lastIndexOf('/') + 1);
    List<FileStatus> found = new ArrayList<>();
    for (ObjectStatus s : store.list(folder)) {
      if (s.key().compareTo(from) >= 0 && s.key().indexOf('/', folder.length()) < 0) {
        found.add(status(s));
      }
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException(path);
    }
    return Utils.toCloseableIterator(found.iterator());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Optional<ObjectStatus> s = store.status(key(path));
    return status(s.orElseThrow(() -> new FileNotFoundException(path)));
  }

  @Override
  public String resolvePath(String path) {
    return path;
  }

  @Override
  public boolean mkdirs(String path) {
    return true; // Objects need no folders.
  }

  @Override
  public boolean delete(String path) throws IOException {
    String key = key(path);
    boolean there = store.status(key).isPresent();
    store.delete(key);
    return there;
  }

  @Override
  public Optional<String> getConf(String name) {
    return Optional.ofNullable(SETTINGS.get(name));
  }

  @Override
  public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
    write(to, store.get(key(from)), overwrite);
  }

  private void write(String path, byte[] bytes, boolean overwrite) throws IOException {
    if (overwrite) {
      store.put(key(path), bytes);
    } else if (!store.putIfAbsent(key(path), bytes)) {
      throw new FileAlreadyExistsException(path);
    }
  }

  @Override
  public InputFile newInputFile(String path, long size) {
    return new InputFile() {
      @Override
      public long length() throws IOException {
        return size > 0 ? size : getFileStatus(path).getSize();
      }

      @Override
      public String path() {
        return path;
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        try {
          return new ObjectStream(open(key(path), length()));
        } catch (NoSuchFileException e) {
          // The exception by which Kernel knows that there is no checkpoint yet.
          throw (FileNotFoundException) new FileNotFoundException(path).initCause(e);
        }
      }
    };
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new OutputFile() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public PositionOutputStream create(boolean atomic) {
        return new ObjectOutput(path);
      }

      @Override
      public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
          throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (lines.hasNext()) {
          bytes.writeBytes(lines.next().getBytes(StandardCharsets.UTF_8));
          bytes.write('\n');
        }
        write(path, bytes.toByteArray(), overwrite);
      }
    };
  }

  /** Collects a Parquet file (a batch of rows, a checkpoint) and puts it whole when closed. */
  private final class ObjectOutput extends PositionOutputStream {
    private final String path;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    ObjectOutput(String path) {
      this.path = path;
    }

    @Override
    public long getPos() {
      return bytes.size();
    }

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes.write(b, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        store.put(key(path), bytes.toByteArray());
      }
    }
  }
}
