package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.plane.CutOut;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;

/** Reads windows of a tile: of its image, and of the pattern of its antennas. */
final class TileReader {
  private final Tile tile;
  private final TaskStores stores;

  TileReader(Tile tile, TaskStores stores) {
    this.tile = tile;
    this.stores = stores;
  }

  /** (y, x), Jy/beam; NaN for blank pixels. */
  float[] image(CutOut window) throws IOException {
    return tile.source() instanceof Tile.Fits fits
        ? fits(fits.uri(), window)
        : zarr((Tile.Zarr) tile.source(), SkyImage.SKY, window);
  }

  /** (y, x), 1 where the antennas look. */
  float[] pattern(CutOut window) throws IOException {
    if (tile.pattern() != null) {
      return tile.pattern()
          .plane(
              tile.wcs().shifted(window.x(), window.y()),
              window.width(),
              window.height(),
              tile.hertz());
    }
    return tile.source() instanceof Tile.Fits fits
        ? fits(fits.pattern(), window)
        : zarr((Tile.Zarr) tile.source(), SkyImage.PRIMARY_BEAM, window);
  }

  private float[] fits(String uri, CutOut w) throws IOException {
    try (ObjectChannel file = stores.open(FileUri.folder(uri)).open(FileUri.key(uri))) {
      float[] out = new float[Math.multiplyExact(w.width(), w.height())];
      FitsImage.open(file).read(0, 0, w.x(), w.y(), w.width(), w.height(), out);
      return out;
    }
  }

  private float[] zarr(Tile.Zarr image, String array, CutOut w) throws IOException {
    return SkyImage.open(stores.open(image.uri()), "")
        .read(
            array,
            image.time(),
            image.channel(),
            image.polarization(),
            w.x(),
            w.y(),
            w.width(),
            w.height());
  }
}
