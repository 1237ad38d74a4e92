package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Blosc;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.ZarrFormat;

/** What the arrays of all levels of a pyramid have in common. */
final class LevelArrays {
  /** Attributes of the array that hold of its minima, maxima and means as well. */
  private static final List<String> INHERITED =
      List.of("units", "long_name", "standard_name", "scale_factor", "add_offset");

  private static final int LZ4_LEVEL = 5;

  private final SourceArray source;

  LevelArrays(SourceArray source) {
    this.source = source;
  }

  StoredArray array(
      String path,
      Primitive type,
      Shape shape,
      Shape chunk,
      List<String> dimensions,
      ObjectNode attributes) {
    ArrayMetadata metadata =
        ArrayMetadata.builder(source.format(), shape, type)
            .chunk(chunk.dims())
            .codecs(codecs(source.format(), type))
            .dimensionNames(dimensions)
            .attributes(attributes)
            .build();
    return new StoredArray(path, metadata);
  }

  /** Levels are made to be read soon: the quickest codec that still packs well. */
  private static CodecChain codecs(ZarrFormat format, Primitive type) {
    return type.isFloat()
        ? CodecChain.standard(format, type)
        : CodecChain.blosc(
            format, type, Blosc.Compressor.LZ4, LZ4_LEVEL, Blosc.Rearrangement.BITSHUFFLE);
  }

  /** What a level's array says of itself; {@code stat} is still to be told. */
  ObjectNode attributes() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    attributes.put("source", "../" + source.name());
    attributes.put("nan_policy", "ignore");
    return attributes;
  }

  /** As {@link #attributes} for values in the array's own units. */
  ObjectNode valueAttributes() {
    ObjectNode attributes = attributes();
    for (String name : INHERITED) {
      JsonNode value = source.metadata().attributes().get(name);
      if (value != null) {
        attributes.set(name, value);
      }
    }
    return attributes;
  }

  /** Key of the first object that a task writes into an array. */
  static String key(StoredArray array, Box box) {
    long[] at = new long[box.rank()];
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = box.start(axis) / array.metadata().chunk().dim(axis);
    }
    return array.path() + "/" + array.metadata().objectKey(at);
  }
}
