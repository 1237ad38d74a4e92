package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.zarr.ZarrArray;

/** A plane of an array, read some rows at a time in the order of a FITS file. Not for threads. */
final class RowBands implements PixelSource {
  /** Rows that are held: those of a chunk. */
  static final int ROWS = 512;

  private final ZarrArray array;
  private final int width;
  private final int height;
  private float[] band;
  private int first = -1;

  RowBands(ZarrArray array, int width, int height) {
    this.array = array;
    this.width = width;
    this.height = height;
  }

  @Override
  public void read(long from, double[] target, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int y = (int) ((from + done) / width);
      if (first < 0 || y < first || y >= first + ROWS) {
        first = y / ROWS * ROWS;
        int rows = Math.min(ROWS, height - first);
        band = SkyImage.read(array, new int[3], 0, first, width, rows);
      }
      int at = (int) (from + done - (long) first * width);
      int n = Math.min(count - done, band.length - at);
      for (int i = 0; i < n; i++) {
        target[done + i] = band[at + i];
      }
      done += n;
    }
  }

  /** The whole plane, (y, x). */
  float[] plane() throws IOException {
    float[] plane = new float[Math.multiplyExact(width, height)];
    for (int y = 0; y < height; y += ROWS) {
      int rows = Math.min(ROWS, height - y);
      float[] some = SkyImage.read(array, new int[3], 0, y, width, rows);
      System.arraycopy(some, 0, plane, y * width, some.length);
    }
    return plane;
  }
}
