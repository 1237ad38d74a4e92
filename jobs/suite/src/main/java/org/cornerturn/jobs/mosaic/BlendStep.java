package org.cornerturn.jobs.mosaic;

import java.io.IOException;
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

  private void add(BlendTask.Window window, LinearMosaic sum) throws IOException {
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
            mosaic.parameters().interpolation(),
            mosaic.beam(tile));
    double sigma = TileFacts.get(product, Mosaic.facts(window.tile())).sigma();
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
