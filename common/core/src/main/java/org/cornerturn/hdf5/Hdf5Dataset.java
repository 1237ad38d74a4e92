package org.cornerturn.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.CodecException;

/** A dataset: its description, and the way to its elements. */
public final class Hdf5Dataset implements Hdf5Object {
  private final String path;
  private final List<Hdf5Attribute> attributes;
  private final DatasetParser.Parts parts;

  Hdf5Dataset(String path, List<Hdf5Attribute> attributes, DatasetParser.Parts parts) {
    this.path = path;
    this.attributes = List.copyOf(attributes);
    this.parts = parts;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Hdf5Attribute> attributes() {
    return attributes;
  }

  /** The type as it stands in the file, in words, for people. */
  public String storedType() {
    return parts.type().describe();
  }

  /** The type exactly as it stands in the file. */
  public Hdf5Type type() {
    return new Hdf5Type(parts.type());
  }

  /** Shape of the dataspace, without the axes of an array type; {@code [0]} where it is null. */
  public Shape storedShape() {
    return isEmpty() ? Shape.of(0) : Shape.of(parts.space().dims());
  }

  /**
   * The element type as {@link DatasetReader} gives it. References and elements with
   * variable-length parts that no other type holds (strings in a compound, sequences of sequences)
   * are {@link DataType.Text}: the reference's path, or the element as JSON ({@link #isJson}).
   *
   * @throws IllegalStateException where {@link #unsupported()} says the type can't be read
   */
  public DataType dataType() {
    return form().dataType();
  }

  private ElementForm form() {
    if (parts.form() == null) {
      throw new IllegalStateException(path + ": " + parts.unsupported());
    }
    return parts.form();
  }

  /** Whether the elements are given as JSON texts. */
  public boolean isJson() {
    return parts.form() != null && parts.form().kind() == ElementForm.Kind.JSON;
  }

  /** Current shape, slowest axis first; axes of an array type come last. */
  public Shape shape() {
    if (isEmpty()) {
      return Shape.of(0);
    }
    return Shape.of(parts.space().dims()).append(trailing());
  }

  private long[] trailing() {
    return parts.form() == null ? new long[0] : parts.form().trailing().dims();
  }

  /**
   * Whether the dataset has a type but no elements (null dataspace); its shape is then {@code [0]}.
   */
  public boolean isEmpty() {
    return parts.space().empty();
  }

  /** Largest extent per axis, -1 where unlimited. */
  public long[] maxShape() {
    if (isEmpty()) {
      return new long[] {0};
    }
    long[] max = parts.space().max();
    long[] trailing = trailing();
    long[] all = Arrays.copyOf(max, max.length + trailing.length);
    System.arraycopy(trailing, 0, all, max.length, trailing.length);
    return all;
  }

  /** Chunk shape of the same rank as {@link #shape()}, where the dataset is chunked. */
  public Optional<Shape> chunkShape() {
    long[] chunk = parts.layout().chunk();
    return chunk == null ? Optional.empty() : Optional.of(Shape.of(chunk).append(trailing()));
  }

  public StorageKind storage() {
    return parts.layout().kind();
  }

  /** Filter pipeline in the order in which a writer applies it. */
  public List<Hdf5Filter> filters() {
    return parts.pipeline().filters();
  }

  /**
   * Little-endian bytes of the fill value for fixed-size types, zeros where the file defines none;
   * empty for others.
   */
  public byte[] fillValue() {
    ElementForm form = form();
    if (form.kind() != ElementForm.Kind.FIXED) {
      return new byte[0];
    }
    byte[] out = new byte[form.fixed().itemSize()];
    form.fixed().convert(parts.storedFill(), 0, out, 0, 1);
    return out;
  }

  /** Whether the file defines a fill value of its own. */
  public boolean hasFillValue() {
    return parts.hasFill();
  }

  /** Names of an enumeration's values in the file's order; empty for other types. */
  public Map<String, Long> enumNames() {
    return AttributeReader.enumNames(parts.type());
  }

  /** Dimension scales by path, a list per axis; empty lists where there are none. */
  public List<List<String>> dimensionScales() {
    Object value = attribute("DIMENSION_LIST").map(Hdf5Attribute::value).orElse(null);
    List<List<String>> scales = new ArrayList<>();
    for (int axis = 0; axis < parts.space().dims().length; axis++) {
      List<String> paths = new ArrayList<>();
      if (value instanceof List<?> axes
          && axis < axes.size()
          && axes.get(axis) instanceof List<?> references) {
        references.forEach(r -> paths.add(String.valueOf(r)));
      }
      scales.add(List.copyOf(paths));
    }
    return List.copyOf(scales);
  }

  /** Labels of the axes ({@code DIMENSION_LABELS}), empty strings where there are none. */
  public List<String> dimensionLabels() {
    Object value = attribute("DIMENSION_LABELS").map(Hdf5Attribute::value).orElse(null);
    List<String> labels = new ArrayList<>();
    for (int axis = 0; axis < parts.space().dims().length; axis++) {
      boolean has = value instanceof List<?> l && axis < l.size();
      labels.add(has ? String.valueOf(((List<?>) value).get(axis)) : "");
    }
    return List.copyOf(labels);
  }

  /** The name this dataset has as a dimension scale; empty where it isn't one. */
  public Optional<String> scaleName() {
    boolean scale = attribute("CLASS").filter(a -> "DIMENSION_SCALE".equals(a.value())).isPresent();
    if (!scale) {
      return Optional.empty();
    }
    Object name = attribute("NAME").map(Hdf5Attribute::value).orElse("");
    return Optional.of(String.valueOf(name));
  }

  /** Why the elements can't be read, where they can't. */
  public Optional<String> unsupported() {
    return Optional.ofNullable(parts.unsupported());
  }

  /**
   * What executors need to read elements.
   *
   * @throws Hdf5Exception where {@link #unsupported()} is set
   */
  public DatasetSource source() throws Hdf5Exception {
    refuse(parts.unsupported());
    return source(form());
  }

  private DatasetSource source(ElementForm form) {
    StorageLayout layout = parts.layout();
    MetadataReader reader = parts.reader();
    long address =
        layout.address() == ByteCursor.UNDEFINED
            ? ByteCursor.UNDEFINED
            : reader.base() + layout.address();
    return new DatasetSource(
        parts.file(),
        path,
        shape(),
        chunkShape().orElse(null),
        layout.kind(),
        filters(),
        form,
        parts.storedFill(),
        layout.compact(),
        address,
        layout.wholeEdges(),
        new DatasetSource.Addressing(
            reader.base(), reader.offsetSize(), reader.lengthSize(), reader.limits()),
        parts.paths());
  }

  /**
   * As {@link #source()}, but elements of fixed size come as the {@link DataType.Opaque} bytes that
   * stand in the file, of the {@link #storedShape()}, those of types that no {@link DataType} holds
   * too. Text of any length comes as text.
   *
   * @throws Hdf5Exception where elements can't be read, or point elsewhere
   */
  public DatasetSource storedSource() throws Hdf5Exception {
    Hdf5Type type = type();
    if (type.isText()) {
      return source();
    }
    if (!type.isFixed()) {
      throw Hdf5Exception.of(
          parts.file(), path, FormatFault.unsupported("the bytes of " + type.describe()));
    }
    refuse(parts.outOfReach());
    DatasetSource source = source(ElementForm.opaque(type.size()));
    long[] chunk = parts.layout().chunk();
    return source.asStored(
        storedShape(), chunk == null ? null : Shape.of(chunk), ElementForm.opaque(type.size()));
  }

  private void refuse(String unsupported) throws Hdf5Exception {
    if (unsupported != null) {
      throw Hdf5Exception.of(parts.file(), path, FormatFault.unsupported(unsupported));
    }
  }

  /**
   * Reads the chunk index, in few large requests; a dataset that isn't chunked has none.
   *
   * @throws Hdf5Exception where the index is broken
   */
  public ChunkManifest manifest() throws IOException {
    refuse(parts.outOfReach());
    if (storage() != StorageKind.CHUNKED) {
      return ChunkManifest.none();
    }
    try {
      return ChunkIndex.read(
          parts.reader(),
          parts.chunkK(),
          parts.layout(),
          parts.space(),
          !parts.pipeline().isEmpty());
    } catch (EOFException | CodecException | RuntimeException e) {
      throw Hdf5Exception.of(parts.file(), path, e);
    }
  }
}
