package org.cornerturn.jobs.convert;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.uvh5.Uvh5Source;
import org.cornerturn.uvh5.VisibilityWindow;

/**
 * Writes one block of all correlated arrays of a measurement set.
 *
 * @param id key of the block's first object
 * @param arrays where it goes
 * @param region (time, baseline, frequency, polarization)
 * @param parts what of it comes from which file; what no part covers is lost
 * @param widthHz of the region's channels
 * @param seconds length of all integrations; NaN where the rows say it one by one
 * @param weightScale weight of one sample of a hertz second
 * @param phasing null where visibilities stay as they are
 */
record VisibilityTask(
    String id,
    VisibilityArrays arrays,
    Box region,
    List<Part> parts,
    double[] widthHz,
    double seconds,
    double weightScale,
    Phasing phasing,
    long inputBytes,
    long peakBytes)
    implements ConvertTask {

  /**
   * What one file holds of the region: all its times and baselines, some channels.
   *
   * @param uvh5 the part of the file that the window needs
   * @param firstChannel of the window, counted from the region's first
   */
  record Part(Source source, Uvh5Source uvh5, VisibilityWindow window, int firstChannel)
      implements Serializable {}
}
