package org.cornerturn.jobs.convert;

import org.cornerturn.measurementset.WeightScale;

/**
 * What a conversion makes of visibilities.
 *
 * @param keepPrecision whether float64 and int32 visibilities become complex128, so that nothing is
 *     lost, rather than complex64
 * @param sefdJy system equivalent flux density for weights; null where it isn't known
 * @param phase where visibilities are phased to
 * @param uvwFromAntennas whether uvw are those of the antennas' places rather than the file's
 * @param subbands how many files make a whole observation; 1 where a file is one by itself
 * @param minSubbands observations of fewer are refused
 */
record VisibilityOptions(
    boolean keepPrecision,
    Double sefdJy,
    PhaseTarget phase,
    boolean uvwFromAntennas,
    int subbands,
    int minSubbands) {

  static final VisibilityOptions STANDARD =
      new VisibilityOptions(true, null, PhaseTarget.AUTO, false, 16, 1);

  VisibilityOptions of(int wholeSubbands) {
    return new VisibilityOptions(
        keepPrecision,
        sefdJy,
        phase,
        uvwFromAntennas,
        wholeSubbands,
        Math.min(minSubbands, wholeSubbands));
  }

  WeightScale weightScale() {
    return sefdJy == null ? WeightScale.BANDWIDTH_TIME : new WeightScale(sefdJy);
  }
}
