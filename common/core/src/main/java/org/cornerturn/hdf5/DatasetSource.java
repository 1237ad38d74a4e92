package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * All that reading a dataset's elements needs besides the file and the {@link ChunkManifest}: small
 * enough to travel with every task (a dataset of references also carries the paths of all objects).
 */
public final class DatasetSource implements SharedByTasks {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final String path;
  private final Shape shape;
  private final Shape chunk;
  private final StorageKind storage;
  private final List<Hdf5Filter> filters;
  private final ElementForm form;
  private final byte[] storedFill;
  private final byte[] compact;
  private final long address;
  private final boolean wholeEdges;
  private final Addressing addressing;
  private final Map<Long, String> paths;

  /** How the file writes addresses, to read its heaps. */
  record Addressing(long base, int offsetSize, int lengthSize, Hdf5Limits limits)
      implements Serializable {}

  /**
   * @param storedFill an unwritten element as it would stand in the file
   * @param compact the elements themselves where the object header holds them, else null
   * @param address absolute position of contiguous storage, or undefined
   * @param wholeEdges whether chunks past the edge of the dataset are left unfiltered
   * @param paths path of the object at each address, for references
   */
  DatasetSource(
      String file,
      String path,
      Shape shape,
      Shape chunk,
      StorageKind storage,
      List<Hdf5Filter> filters,
      ElementForm form,
      byte[] storedFill,
      byte[] compact,
      long address,
      boolean wholeEdges,
      Addressing addressing,
      Map<Long, String> paths) {
    this.file = file;
    this.path = path;
    this.shape = shape;
    this.chunk = chunk;
    this.storage = storage;
    this.filters = filters;
    this.form = form;
    this.storedFill = storedFill;
    this.compact = compact;
    this.address = address;
    this.wholeEdges = wholeEdges;
    this.addressing = addressing;
    this.paths = paths;
  }

  /** The same elements without a look into them. */
  DatasetSource asStored(Shape storedShape, Shape storedChunk, ElementForm opaque) {
    int size = opaque.stored().size();
    byte[] fill = new byte[size];
    for (int at = 0; at < size && storedFill.length > 0; at += storedFill.length) {
      System.arraycopy(storedFill, 0, fill, at, Math.min(storedFill.length, size - at));
    }
    return new DatasetSource(
        file,
        path,
        storedShape,
        storedChunk,
        storage,
        filters,
        opaque,
        fill,
        compact,
        address,
        wholeEdges,
        addressing,
        paths);
  }

  /** Name of the file, for errors. */
  public String file() {
    return file;
  }

  /** Path of the dataset, for errors. */
  public String path() {
    return path;
  }

  /** Element type as {@link DatasetReader} gives it. */
  public DataType dataType() {
    return form.dataType();
  }

  /** Shape as {@link DatasetReader} gives it, axes of an array type last. */
  public Shape shape() {
    return shape;
  }

  /** Chunk shape of the same rank; null where the dataset isn't chunked. */
  public Shape chunk() {
    return chunk;
  }

  public StorageKind storage() {
    return storage;
  }

  /**
   * Whether no element of contiguous storage was ever written, so that all are the fill value; of a
   * chunked dataset the {@link ChunkManifest} tells.
   */
  public boolean isUnwritten() {
    return storage == StorageKind.CONTIGUOUS && address == ByteCursor.UNDEFINED;
  }

  public List<Hdf5Filter> filters() {
    return filters;
  }

  ElementForm form() {
    return form;
  }

  byte[] storedFill() {
    return storedFill;
  }

  byte[] compact() {
    return compact;
  }

  long address() {
    return address;
  }

  boolean wholeEdges() {
    return wholeEdges;
  }

  Addressing addressing() {
    return addressing;
  }

  Map<Long, String> paths() {
    return paths;
  }
}
