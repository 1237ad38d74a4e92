package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.FillValue;
import org.cornerturn.zarr.Sharding;

/**
 * Arrays that are added to a measurement set: of the same shape, chunks and shards as its
 * visibilities, so that one task reads and writes the same box of all of them.
 */
public final class CorrelatedArrays {
  private final ArrayMetadata like;

  /**
   * @param visibilities of the measurement set
   */
  public CorrelatedArrays(ArrayMetadata visibilities) {
    this.like = visibilities;
  }

  /**
   * Flags of 16 bits, all of {@link FlagBit}. What is not stored reads as lost, never as good.
   *
   * @param longName one line
   */
  public ArrayMetadata flags(String longName) {
    ObjectNode attributes = Measures.object().put("long_name", longName);
    FlagBit.describe(attributes, List.of(FlagBit.values()));
    FillValue lost =
        FillValue.of(
            Primitive.UINT16, Block.toBytes(new short[] {(short) FlagBit.DATA_LOST.mask()}));
    CodecChain codecs = CodecChain.standard(like.format(), Primitive.UINT16);
    return array(Primitive.UINT16, lost, codecs, attributes);
  }

  /**
   * Visibilities.
   *
   * @param type complex
   * @param units {@code Jy}, or {@code uncalib}
   * @param longName one line
   */
  public ArrayMetadata visibilities(
      Primitive type, CodecChain codecs, String units, String longName) {
    ObjectNode attributes = Measures.object();
    attributes.put("units", units);
    attributes.put("long_name", longName);
    return array(type, FillValue.zero(type), codecs, attributes);
  }

  /**
   * Weights, of the scale of others.
   *
   * @param from weights that these are made of
   * @param longName one line
   */
  public ArrayMetadata weights(ArrayMetadata from, CodecChain codecs, String longName) {
    ObjectNode attributes = Measures.object().put("long_name", longName);
    if (from.attributes().has("weight_scale")) {
      attributes.set("weight_scale", from.attributes().get("weight_scale"));
    }
    return array(Primitive.FLOAT32, FillValue.zero(Primitive.FLOAT32), codecs, attributes);
  }

  private ArrayMetadata array(
      Primitive type, FillValue fill, CodecChain codecs, ObjectNode attributes) {
    attributes.put("coordinates", like.attributes().path("coordinates").asText(""));
    return new ArrayMetadata(
        like.format(),
        like.shape(),
        like.chunk(),
        like.sharding() == null ? null : Sharding.of(like.objectShape()),
        type,
        fill,
        codecs,
        like.keys(),
        like.dimensionNames(),
        attributes);
  }
}
