package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.jobs.image.PlaneFile;
import org.cornerturn.mosaic.LinearMosaic;
import org.cornerturn.mosaic.Reprojection;
import org.cornerturn.plane.CutOut;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link BlendTask}. */
final class BlendStep {
  private final BlendTask task;
  private final Mosaic mosaic;
  private final TaskStores stores;
  private final ObjectStore product;

  BlendStep(BlendTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.mosaic = task.mosaic();
    this.stores = stores;
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    requireSome();
    SkyImageLayout layout = mosaic.layout();
    BlendTask.Block block = task.block();
    LinearMosaic sum =
        new LinearMosaic(
            layout.wcs().shifted(block.x(), block.y()),
            block.width(),
            block.height(),
            mosaic.parameters().limit());
    for (BlendTask.Window window : task.windows()) {
      add(window, sum);
    }
    write(layout, Layer.IMAGE, sum.image());
    write(layout, Layer.SIGMA, sum.sigma());
    write(layout, Layer.COVERAGE, sum.coverage());
  }

  /** Images that are all too noisy make no mosaic. */
  private void requireSome() throws IOException {
    for (int t = 0; t < mosaic.tiles().size(); t++) {
      if (mosaic.selection().counts(sigma(t))) {
        return;
      }
    }
    throw new UserError(
        mosaic.name(),
        String.format(
            Locale.ROOT,
            "none of its images has noise of %.4g Jy/beam or less",
            mosaic.selection().sigmaJy()),
        "Raise --max-rms, or choose another --tier");
  }

  private double sigma(int tile) throws IOException {
    return TileFacts.get(product, Mosaic.facts(tile)).sigma();
  }

  private void add(BlendTask.Window window, LinearMosaic sum) throws IOException {
    double sigma = sigma(window.tile());
    if (!mosaic.selection().counts(sigma)) {
      return;
    }
    Tile tile = mosaic.tiles().get(window.tile());
    CutOut pixels = window.pixels();
    TileReader reader = new TileReader(tile, stores);
    float[] image =
        mosaic.smooths()
            ? PlaneFile.read(product, Mosaic.smoothed(window.tile()), tile.width(), pixels)
            : reader.image(pixels);
    Reprojection placed =
        new Reprojection(
            tile.wcs(),
            tile.width(),
            tile.height(),
            pixels,
            mosaic.selection().interpolation(),
            mosaic.beam(tile));
    sum.add(placed, image, reader.pattern(pixels), sigma);
  }

  private void write(SkyImageLayout layout, Layer layer, float[] pixels) throws IOException {
    BlendTask.Block b = task.block();
    layout.write(
        stores.product(),
        layer.array(),
        layer.metadata(layout),
        b.x(),
        b.y(),
        b.width(),
        b.height(),
        pixels);
  }
}
