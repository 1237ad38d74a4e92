package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.io.Serializable;
import java.util.TreeMap;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.codec.Blosc;
import org.cornerturn.measurementset.CorrelatedArrays;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;

/**
 * What {@code apply} adds to a measurement set.
 *
 * @param visibilities Jy
 * @param weights of the corrected visibilities
 * @param flags of 16 bits
 */
record CorrectedArrays(ArrayMetadata visibilities, ArrayMetadata weights, ArrayMetadata flags)
    implements Serializable {
  static final String VISIBILITY = "VISIBILITY_CORRECTED";
  static final String WEIGHT = "WEIGHT_CORRECTED";
  static final String FLAG = "FLAG_CORRECTED";

  private static final int LZ4_LEVEL = 1;

  static CorrectedArrays of(Msv4Reader reader) throws IOException {
    ArrayMetadata like = reader.visibilityMetadata();
    CorrelatedArrays arrays = new CorrelatedArrays(like);
    return new CorrectedArrays(
        arrays.visibilities(
            (Primitive) like.type(),
            quick(like, (Primitive) like.type()),
            "Jy",
            "Corrected visibilities"),
        arrays.weights(
            reader.array(reader.dataGroup().weight()).metadata(),
            quick(like, Primitive.FLOAT32),
            "Weights of the corrected visibilities"),
        arrays.flags("Flags of the corrected visibilities"));
  }

  /** Corrected data are noise, which no codec packs well: the quickest one. */
  private static CodecChain quick(ArrayMetadata like, Primitive type) {
    return CodecChain.blosc(
        like.format(), type, Blosc.Compressor.LZ4, LZ4_LEVEL, Blosc.Rearrangement.SHUFFLE);
  }

  TreeMap<String, ArrayMetadata> byName() {
    TreeMap<String, ArrayMetadata> all = new TreeMap<>();
    all.put(VISIBILITY, visibilities);
    all.put(WEIGHT, weights);
    all.put(FLAG, flags);
    return all;
  }

  /** The same without attributes, to travel with tasks. */
  CorrectedArrays bare() {
    return new CorrectedArrays(
        visibilities.withAttributes(null),
        weights.withAttributes(null),
        flags.withAttributes(null));
  }
}
