package org.cornerturn.hdf5;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.codec.CodecException;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.ObjectChannel;

/**
 * The structure of an HDF5 file (File Format Specification 3.0), read through range requests. Holds
 * caches and serves one thread; elements are read by {@link DatasetReader}.
 */
public final class Hdf5File implements Closeable {
  private static final int CACHED_BLOCKS = 32;

  private final CachedChannel metadata;
  private final MetadataReader reader;
  private final Superblock superblock;
  private final SharedMessages shared;
  private List<Hdf5Object> objects;
  private Map<String, Hdf5Object> byPath;
  private LinkResolver resolver;

  private Hdf5File(CachedChannel metadata, ObjectChannel raw, Hdf5Limits limits)
      throws IOException {
    this.metadata = metadata;
    Superblock s = Superblock.find(metadata);
    reader = new MetadataReader(metadata, raw, s.base(), s.offsetSize(), s.lengthSize(), limits);
    shared = new SharedMessages(reader);
    if (s.extensionAddress().isPresent()) {
      s = extend(s, ObjectHeader.read(reader, s.extension()));
    }
    superblock = s;
  }

  /**
   * @param raw the file, closed with this object
   * @throws Hdf5Exception where it isn't an HDF5 file that can be read
   */
  public static Hdf5File open(ObjectChannel raw) throws IOException {
    return open(raw, Hdf5Limits.DEFAULT);
  }

  /**
   * @param raw the file, closed with this object
   * @throws Hdf5Exception where it isn't an HDF5 file that can be read
   */
  public static Hdf5File open(ObjectChannel raw, Hdf5Limits limits) throws IOException {
    CachedChannel cached = new CachedChannel(raw, CachedChannel.BLOCK, CACHED_BLOCKS);
    try {
      return new Hdf5File(cached, raw, limits);
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(raw.name(), "superblock", e);
    }
  }

  private Superblock extend(Superblock s, ObjectHeader extension) throws IOException {
    Superblock extended = s;
    if (extension.has(HeaderMessage.DRIVER)) {
      ByteCursor c = extension.first(HeaderMessage.DRIVER).orElseThrow().body().again();
      c.skip(1);
      Superblock.refuseDriver(c.text(8));
    }
    if (extension.has(HeaderMessage.TREE_SIZES)) {
      ByteCursor c = extension.first(HeaderMessage.TREE_SIZES).orElseThrow().body().again();
      c.expectVersion("B-tree sizes message", 0, 0);
      int chunkK = c.u16();
      int internalK = c.u16();
      int leafK = c.u16();
      if (chunkK == 0 || internalK == 0 || leafK == 0) {
        throw FormatFault.broken("the superblock gives B-trees no room");
      }
      extended = s.withTreeSizes(internalK, leafK, chunkK);
    }
    if (extension.has(HeaderMessage.SHARED_TABLE)) {
      shared.readTable(extension.first(HeaderMessage.SHARED_TABLE).orElseThrow().body().again());
    }
    return extended;
  }

  public String name() {
    return metadata.name();
  }

  /**
   * @throws Hdf5Exception where the root group can't be read
   */
  public Hdf5Group root() throws IOException {
    if (walk().get(0) instanceof Hdf5Group g) {
      return g;
    }
    throw new Hdf5Exception(
        name(), "/", "the root isn't a group", "Fetch the file again from its source", null);
  }

  /**
   * Every object once, in the order of paths (a group before its members, members by name). Soft
   * and external links, and further hard links to an object listed before, are {@link Hdf5Link}s.
   *
   * @throws Hdf5Exception where the root group can't be read
   */
  public List<Hdf5Object> walk() throws IOException {
    if (objects == null) {
      try {
        objects = new TreeWalk(name(), reader, superblock, shared).walk();
      } catch (EOFException | CodecException | RuntimeException e) {
        throw Hdf5Exception.of(name(), "/", e);
      }
    }
    return objects;
  }

  /** The object at an absolute path; links on the way are followed, the last one too. */
  public Optional<Hdf5Object> find(String path) throws IOException {
    if (byPath == null) {
      index();
    }
    return resolver.resolve(path).map(byPath::get);
  }

  private void index() throws IOException {
    Map<String, Hdf5Object> map = new HashMap<>();
    LinkResolver links = new LinkResolver(reader.limits().linkDepth());
    for (Hdf5Object o : walk()) {
      map.put(o.path(), o);
      if (o instanceof Hdf5Link l) {
        links.link(l.path(), l.kind(), l.target());
      } else {
        links.object(o.path());
      }
    }
    links.object("/");
    byPath = map;
    resolver = links;
  }

  /**
   * @throws Hdf5Exception where the path names no dataset, or one that can't be read
   */
  public Hdf5Dataset dataset(String path) throws IOException {
    Hdf5Object o = find(path).orElse(null);
    if (o instanceof Hdf5Dataset d) {
      return d;
    }
    String problem =
        o == null
            ? "there is no such object"
            : o instanceof Hdf5Unreadable u ? u.reason() : "it isn't a dataset";
    throw new Hdf5Exception(name(), path, problem, "List the file's objects with inspect", null);
  }

  /**
   * All elements of a dataset, through the cache in which the structure lies too: for small ones,
   * of which several come with one request.
   *
   * @throws Hdf5Exception where it is broken or unsupported
   */
  public Block read(DatasetSource source, ChunkManifest manifest) throws IOException {
    return new DatasetReader(source, manifest, metadata).readAll();
  }

  /** Drops the cached pieces of the file; what was parsed stays. */
  public void trim() {
    metadata.clear();
  }

  /** Range requests sent for structure so far. */
  public long requests() {
    return metadata.requests();
  }

  /** Bytes received for structure so far. */
  public long bytesRead() {
    return metadata.bytesRead();
  }

  @Override
  public void close() throws IOException {
    metadata.close();
  }
}
