package org.cornerturn.jobs.image;

import java.io.Serializable;
import java.util.List;

/**
 * The visibilities of one image, or of one for each polarization: an interval of time and a range
 * of channels.
 *
 * @param number among all cells, time slowest
 * @param interval of time
 * @param channel of the image, counted over all channels of the output
 * @param lowHz lower end of its band
 * @param highHz upper end
 * @param startUnix beginning, UTC seconds since 1970
 * @param endUnix end
 * @param exposureSeconds sum of its integrations
 * @param blocks of visibilities, each gridded by a task; in the order in which they are added
 */
record Cell(
    int number,
    int interval,
    int channel,
    double lowHz,
    double highHz,
    double startUnix,
    double endUnix,
    double exposureSeconds,
    List<Block> blocks)
    implements Serializable {
  /**
   * Some integrations and channels of a measurement set, all its baselines.
   *
   * @param set its place among the sets
   */
  record Block(int set, int firstTime, int times, int firstChannel, int channels)
      implements Serializable {}

  Cell {
    blocks = List.copyOf(blocks);
  }

  double middleHz() {
    return (lowHz + highHz) / 2;
  }
}
