package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/** A dataset: its description, and the way to its elements. */
public final class Hdf5Dataset implements Hdf5Object {

  Hdf5Dataset() {}

  @Override
  public String path() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Hdf5Attribute> attributes() {
    throw new UnsupportedOperationException();
  }

  /** The type as it stands in the file, in words, for people. */
  public String storedType() {
    throw new UnsupportedOperationException();
  }

  /**
   * The element type as {@link DatasetReader} gives it. References and elements with
   * variable-length parts that no other type holds (strings in a compound, sequences of sequences)
   * are {@link DataType.Text}: the reference's path, or the element as JSON ({@link #isJson}).
   *
   * @throws IllegalStateException where {@link #unsupported()} says the type can't be read
   */
  public DataType dataType() {
    throw new UnsupportedOperationException();
  }

  /** Whether the elements are given as JSON texts. */
  public boolean isJson() {
    throw new UnsupportedOperationException();
  }

  /** Current shape, slowest axis first; axes of an array type come last. */
  public Shape shape() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether the dataset has a type but no elements (null dataspace); its shape is then {@code [0]}.
   */
  public boolean isEmpty() {
    throw new UnsupportedOperationException();
  }

  /** Largest extent per axis, -1 where unlimited. */
  public long[] maxShape() {
    throw new UnsupportedOperationException();
  }

  /** Chunk shape of the same rank as {@link #shape()}, where the dataset is chunked. */
  public Optional<Shape> chunkShape() {
    throw new UnsupportedOperationException();
  }

  public StorageKind storage() {
    throw new UnsupportedOperationException();
  }

  /** Filter pipeline in the order in which a writer applies it. */
  public List<Hdf5Filter> filters() {
    throw new UnsupportedOperationException();
  }

  /**
   * Little-endian bytes of the fill value for fixed-size types, zeros where the file defines none;
   * empty for others.
   */
  public byte[] fillValue() {
    throw new UnsupportedOperationException();
  }

  /** Whether the file defines a fill value of its own. */
  public boolean hasFillValue() {
    throw new UnsupportedOperationException();
  }

  /** Names of an enumeration's values in the file's order; empty for other types. */
  public Map<String, Long> enumNames() {
    throw new UnsupportedOperationException();
  }

  /** Dimension scales by path, a list per axis; empty lists where there are none. */
  public List<List<String>> dimensionScales() {
    throw new UnsupportedOperationException();
  }

  /** Labels of the axes ({@code DIMENSION_LABELS}), empty strings where there are none. */
  public List<String> dimensionLabels() {
    throw new UnsupportedOperationException();
  }

  /** Whether other datasets use this one as a dimension scale, and the name it has as one. */
  public Optional<String> scaleName() {
    throw new UnsupportedOperationException();
  }

  /** Why the elements can't be read, where they can't. */
  public Optional<String> unsupported() {
    throw new UnsupportedOperationException();
  }

  /**
   * What executors need to read elements.
   *
   * @throws Hdf5Exception where {@link #unsupported()} is set
   */
  public DatasetSource source() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Reads the chunk index, in few large requests; a dataset that isn't chunked has none. */
  public ChunkManifest manifest() throws IOException {
    throw new UnsupportedOperationException();
  }
}
