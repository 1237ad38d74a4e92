package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.TreeMap;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.measurementset.CorrelatedArrays;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;

/**
 * What {@code apply} adds to a measurement set. Corrected data are noise, from which the quickest
 * codec takes a sixth, in as long as all else takes: visibilities and weights are stored as they
 * are.
 *
 * @param visibilities Jy
 * @param weights of the corrected visibilities
 * @param flags of 16 bits
 */
record CorrectedArrays(ArrayMetadata visibilities, ArrayMetadata weights, ArrayMetadata flags)
    implements SharedByTasks {
  static final String VISIBILITY = "VISIBILITY_CORRECTED";
  static final String WEIGHT = "WEIGHT_CORRECTED";
  static final String FLAG = "FLAG_CORRECTED";

  static CorrectedArrays of(Msv4Reader reader) throws IOException {
    ArrayMetadata like = reader.visibilityMetadata();
    CorrelatedArrays arrays = new CorrelatedArrays(like);
    return new CorrectedArrays(
        arrays.visibilities(
            (Primitive) like.type(),
            CodecChain.of(like.format(), like.type()),
            "Jy",
            "Corrected visibilities"),
        arrays.weights(
            reader.array(reader.dataGroup().weight()).metadata(),
            CodecChain.of(like.format(), Primitive.FLOAT32),
            "Weights of the corrected visibilities"),
        arrays.flags("Flags of the corrected visibilities"));
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
