package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;

/**
 * Everything that Zarr says of an array.
 *
 * @param shape extent of the array, slowest axis first
 * @param chunk extent of the unit of compression (inside shards: the inner chunk)
 * @param sharding how chunks are gathered in stored objects; null where each chunk is an object
 * @param type of the elements; see {@link StoredType} for what each format can hold
 * @param fill the element where nothing is stored
 * @param codecs from a chunk to its bytes
 * @param keys from grid coordinates to an object's key
 * @param dimensionNames one per axis, single ones null where an axis has none; null where no axis
 *     has a name
 * @param attributes the user's; in Zarr v2 without {@code _ARRAY_DIMENSIONS}, which is {@code
 *     dimensionNames}
 */
public record ArrayMetadata(
    ZarrFormat format,
    Shape shape,
    Shape chunk,
    Sharding sharding,
    DataType type,
    FillValue fill,
    CodecChain codecs,
    ChunkKeys keys,
    List<String> dimensionNames,
    ObjectNode attributes)
    implements SharedByTasks {
  public ArrayMetadata {
    dimensionNames =
        dimensionNames == null
            ? null
            : Collections.unmodifiableList(new ArrayList<>(dimensionNames));
    attributes = attributes == null ? Json.object() : attributes.deepCopy();
    if (chunk.rank() != shape.rank()
        || sharding != null && sharding.shape().rank() != shape.rank()
        || dimensionNames != null && dimensionNames.size() != shape.rank()) {
      throw new IllegalArgumentException(
          "array " + shape + ", its chunks " + chunk + " and its names differ in rank");
    }
    for (int i = 0; i < shape.rank(); i++) {
      if (chunk.dim(i) < 1) {
        throw new IllegalArgumentException("chunk extent below 1 in " + chunk);
      }
      if (sharding != null
          && (sharding.shape().dim(i) < 1 || sharding.shape().dim(i) % chunk.dim(i) != 0)) {
        throw new IllegalArgumentException(
            "shard " + sharding.shape() + " is no multiple of its chunks " + chunk);
      }
    }
    if (type.isFixedSize() && fill.size() != type.itemSize()) {
      throw new IllegalArgumentException(
          "fill value " + fill + " for elements of " + type.itemSize() + " bytes");
    }
    if (sharding != null && format == ZarrFormat.V2) {
      throw new IllegalArgumentException("Zarr v2 has no shards");
    }
  }

  /** Starts an array of the standard codecs, fill value zero, C order, one chunk. */
  public static Builder builder(ZarrFormat format, Shape shape, DataType type) {
    return new Builder(format, shape, type);
  }

  /** Extent of a stored object: the shard, or the chunk where there are no shards. */
  public Shape objectShape() {
    return sharding == null ? chunk : sharding.shape();
  }

  /** The grid of stored objects. */
  public ChunkGrid objectGrid() {
    return new ChunkGrid(shape, objectShape());
  }

  /** Key of a stored object, relative to the array's path. */
  public String objectKey(long... coordinates) {
    return keys.key(coordinates);
  }

  /** This array with other attributes. */
  public ArrayMetadata withAttributes(ObjectNode other) {
    return new ArrayMetadata(
        format, shape, chunk, sharding, type, fill, codecs, keys, dimensionNames, other);
  }

  /**
   * The array's metadata objects, by name: {@code zarr.json}; or {@code .zarray} and, where there
   * are attributes or dimension names, {@code .zattrs}.
   */
  public Map<String, ObjectNode> documents() {
    Map<String, ObjectNode> documents = new LinkedHashMap<>();
    if (format == ZarrFormat.V3) {
      documents.put(Names.V3, MetadataV3.write(this));
    } else {
      documents.put(Names.V2_ARRAY, MetadataV2.zarray(this));
      ObjectNode zattrs = MetadataV2.zattrs(this);
      if (!zattrs.isEmpty()) {
        documents.put(Names.V2_ATTRIBUTES, zattrs);
      }
    }
    return documents;
  }

  /**
   * Reads an array's metadata.
   *
   * @param object name of the array, for errors
   * @param document {@code zarr.json}, or {@code .zarray} in Zarr v2
   * @param zattrs {@code .zattrs} in Zarr v2, else null
   * @throws ZarrException when the metadata contradict themselves or ask for what isn't supported
   */
  public static ArrayMetadata parse(String object, ObjectNode document, ObjectNode zattrs)
      throws ZarrException {
    try {
      int format = MetadataReader.integer(document, "zarr_format", 0);
      if (format == ZarrFormat.V3.number()) {
        if (!document.path("node_type").asText().equals("array")) {
          throw new ZarrException(object, "is no array");
        }
        return MetadataV3.read(document);
      }
      if (format == ZarrFormat.V2.number()) {
        return MetadataV2.read(document, zattrs == null ? Json.object() : zattrs);
      }
      throw new ZarrException(object, "has zarr_format " + format + ", not 2 or 3");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ZarrException(object, e.getMessage(), e);
    }
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private final ZarrFormat format;
    private final Shape shape;
    private final DataType original;
    private final DataType type;
    private Shape chunk;
    private Sharding sharding;
    private FillValue fill;
    private CodecChain codecs;
    private ChunkKeys keys;
    private List<String> dimensionNames;
    private ObjectNode attributes;

    private Builder(ZarrFormat format, Shape shape, DataType type) {
      this.format = format;
      this.shape = shape;
      this.original = type;
      this.type = StoredType.of(type, format);
      this.chunk = Layout.single(shape);
      this.fill = FillValue.zero(this.type);
      this.codecs = CodecChain.standard(format, this.type);
      this.keys = format == ZarrFormat.V3 ? ChunkKeys.DEFAULT : ChunkKeys.V2_NESTED;
    }

    public Builder layout(Layout layout) {
      this.chunk = layout.chunk();
      this.sharding = layout.shard() == null ? null : Sharding.of(layout.shard());
      return this;
    }

    public Builder chunk(long... extent) {
      this.chunk = Shape.of(extent);
      return this;
    }

    public Builder shard(long... extent) {
      this.sharding = Sharding.of(Shape.of(extent));
      return this;
    }

    public Builder sharding(Sharding value) {
      this.sharding = value;
      return this;
    }

    /** One element of the type given to the builder. */
    public Builder fill(FillValue value) {
      boolean padded = original instanceof FixedText && type instanceof Text;
      this.fill = padded ? value.withoutPadding() : value;
      return this;
    }

    public Builder codecs(CodecChain value) {
      this.codecs = value;
      return this;
    }

    public Builder keys(ChunkKeys value) {
      this.keys = value;
      return this;
    }

    public Builder dimensionNames(List<String> value) {
      this.dimensionNames = value;
      return this;
    }

    public Builder dimensionNames(String... value) {
      return dimensionNames(List.of(value));
    }

    public Builder attributes(ObjectNode value) {
      this.attributes = value;
      return this;
    }

    public ArrayMetadata build() {
      return new ArrayMetadata(
          format, shape, chunk, sharding, type, fill, codecs, keys, dimensionNames, attributes);
    }
  }
}
