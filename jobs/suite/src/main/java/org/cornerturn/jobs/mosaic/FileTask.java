package org.cornerturn.jobs.mosaic;

/**
 * Writes a FITS file; that of the image measures it, too, and writes its picture and the
 * coordinates.
 *
 * @param id its key
 */
record FileTask(String id, Mosaic mosaic, Layer layer, long inputBytes, long peakBytes)
    implements MosaicTask {
  @Override
  public int wave() {
    return 2;
  }
}
