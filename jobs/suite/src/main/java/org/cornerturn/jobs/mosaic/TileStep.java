package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.UserError;
import org.cornerturn.jobs.image.PlaneFile;
import org.cornerturn.plane.CutOut;
import org.cornerturn.plane.RobustNoise;
import org.cornerturn.restoration.Restoration;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link TileTask}. */
final class TileStep {
  /** Pixels that noise is measured of, at most: rows spread over the image. */
  static final long MOST = 1 << 22;

  private static final int ROWS = 32;
  private static final double CLIP = 4;

  private final TileTask task;
  private final Tile tile;
  private final TileReader reader;
  private final ObjectStore product;

  TileStep(TileTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.tile = task.mosaic().tiles().get(task.tile());
    this.reader = new TileReader(tile, stores);
    // Not recorded: others read it, and the smoothed image is gone once the product is published.
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    RobustNoise noise = RobustNoise.clipped(task.mosaic().smooths() ? smoothed() : sample(), CLIP);
    if (noise.count() == 0) {
      throw refused("no pixel of it is a number");
    }
    if (!(noise.rms() > 0 && noise.rms() < Double.POSITIVE_INFINITY)) {
      throw refused("its noise is " + noise.rms() + " Jy/beam");
    }
    new TileFacts(noise.rms(), noise.count()).put(product, task.id());
  }

  private UserError refused(String why) {
    return new UserError(tile.source().uri(), why, "Leave it out");
  }

  /** All pixels, or as many as {@link #MOST} in bands of rows. */
  private float[] sample() throws IOException {
    if (tile.pixels() <= MOST) {
      return reader.image(new CutOut(0, 0, tile.width(), tile.height()));
    }
    int rows = Math.min(ROWS, tile.height());
    int bands = (int) Math.max(1, Math.min(MOST / tile.width() / rows, tile.height() / rows));
    float[] all = new float[Math.multiplyExact(bands * rows, tile.width())];
    for (int b = 0; b < bands; b++) {
      int y = (int) ((long) b * (tile.height() - rows) / Math.max(1, bands - 1));
      float[] band = reader.image(new CutOut(0, y, tile.width(), rows));
      System.arraycopy(band, 0, all, b * band.length, band.length);
    }
    return all;
  }

  /** The image as the common beam shows it, which is left for those that blend it. */
  private float[] smoothed() throws IOException {
    int width = tile.width();
    int height = tile.height();
    float[] image = reader.image(new CutOut(0, 0, width, height));
    GaussianBeam to = task.mosaic().beam();
    if (!to.equals(tile.beam())) {
      image =
          Restoration.smooth(image, width, height, tile.wcs(), tile.beam(), to)
              .orElseThrow(() -> refused("its beam is wider than the common one"));
      blankRim(image, width, height, to.majorRad() / tile.wcs().cellRad());
    }
    PlaneFile.write(product, Mosaic.smoothed(task.tile()), image);
    return image;
  }

  /** What lies beyond the edges counts as 0, so near them there is less noise than said. */
  private static void blankRim(float[] image, int width, int height, double beamPixels) {
    int rim = (int) Math.min(Math.ceil(beamPixels), Math.min(width, height) / 4);
    for (int y = 0; y < height; y++) {
      if (y < rim || y >= height - rim) {
        Arrays.fill(image, y * width, (y + 1) * width, Float.NaN);
      } else {
        Arrays.fill(image, y * width, y * width + rim, Float.NaN);
        Arrays.fill(image, (y + 1) * width - rim, (y + 1) * width, Float.NaN);
      }
    }
  }
}
