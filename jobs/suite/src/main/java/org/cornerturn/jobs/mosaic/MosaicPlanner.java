package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.mosaic.BlendTask.Block;
import org.cornerturn.jobs.mosaic.BlendTask.Window;
import org.cornerturn.mosaic.LinearMosaic;
import org.cornerturn.mosaic.Reprojection;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.CutOut;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.ProductPlan;

/** Plans a mosaic. */
final class MosaicPlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "2";

  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the table of images; null for none
   */
  MosaicPlanner(Map<String, String> hadoop, String warehouse) {
    this.hadoop = hadoop;
    this.warehouse = warehouse;
  }

  /** A product, and what it will be. */
  record Planned(ProductPlan<MosaicTask> product, Mosaic mosaic) {}

  Planned plan(MosaicParameters parameters) throws IOException {
    return plan(parameters, new TileHeaders(parameters, hadoop).all());
  }

  /**
   * @param all the images of the parameters
   */
  Planned plan(MosaicParameters parameters, List<Tile> all) throws IOException {
    Selection selection = Selection.of(parameters.quality(), all);
    List<Tile> tiles = selection.latest(all);
    TileHeaders.requireAlike(tiles);
    if (!parameters.gaps()) {
      MosaicGeometry.requireConnected(tiles);
    }
    MosaicGeometry geometry = MosaicGeometry.of(tiles, parameters.frame());
    List<GaussianBeam> beams = tiles.stream().map(Tile::beam).toList();
    List<GaussianBeam> bySize =
        beams.stream().sorted(Comparator.comparingDouble(GaussianBeam::solidAngle)).toList();
    boolean smooths = parameters.smoothing() == MosaicParameters.Smoothing.COMMON;
    String name = title(parameters.output());
    Fingerprint fingerprint =
        new Fingerprint()
            .with("verb", MosaicJob.VERB)
            .with("encoder", ENCODER)
            .with("parameters", parameters.into(null).toJson().toString());
    tiles.forEach(t -> fingerprint.with("image " + t.source().asked(), t.version().version()));
    tiles.stream()
        .map(Tile::pattern)
        .filter(p -> p != null && p.image() != null)
        .findFirst()
        .ifPresent(p -> fingerprint.with("beam", p.image().toString()));
    double side = Math.hypot(geometry.width(), geometry.height()) / 2 * geometry.pixelRad();
    List<SkyComponent> catalog =
        parameters
            .check()
            .sources(geometry.centre(), Math.asin(Math.min(1, side)), hadoop, fingerprint);
    if (!catalog.isEmpty() && !(tiles.get(0).hertz() > 0)) {
      throw new UserError(
          tiles.get(0).source().uri(),
          "its frequency is not known, at which the catalogue's fluxes are taken",
          "Leave out --catalog");
    }
    Mosaic mosaic =
        new Mosaic(
            parameters,
            name,
            tiles,
            geometry.centre(),
            geometry.width(),
            geometry.height(),
            geometry.pixelRad(),
            smooths ? GaussianBeam.common(beams) : bySize.get(bySize.size() / 2),
            bySize.get(bySize.size() - 1).solidAngle() / bySize.get(0).solidAngle(),
            selection,
            catalog);
    String hex = fingerprint.hex();
    String file = parameters.output().substring(parameters.output().lastIndexOf('/') + 1);
    return new Planned(
        ProductPlan.folder(
            file,
            parameters.output(),
            hex,
            MosaicJob.VERB,
            parameters.toJson(),
            tiles.stream().map(Tile::version).distinct().toList(),
            new ChunkPlan<>(tasks(mosaic)),
            List.of(),
            new MosaicPublisher(
                mosaic, hex, file + "-" + hex.substring(0, 12), Versions.own(), warehouse, hadoop)),
        mosaic);
  }

  /** A product's name without its ending. */
  private static String title(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1).replaceAll("(\\.(image|mosaic))?\\.zarr$", "");
  }

  private static List<MosaicTask> tasks(Mosaic mosaic) {
    List<MosaicTask> tasks = new ArrayList<>();
    for (int t = 0; t < mosaic.tiles().size(); t++) {
      Tile tile = mosaic.tiles().get(t);
      long read = mosaic.smooths() ? tile.pixels() : Math.min(tile.pixels(), TileStep.MOST);
      int side = Math.max(tile.width(), tile.height());
      long smoothing =
          mosaic.smooths()
              ? Convolver.bytes(tile.width(), tile.height(), side / 2, 1) + 4 * tile.pixels()
              : 0;
      tasks.add(
          new TileTask(
              Mosaic.facts(t),
              mosaic,
              t,
              Float.BYTES * read,
              (2 + 2) * Float.BYTES * read + smoothing));
    }
    SkyImageLayout layout = mosaic.layout();
    for (int x = 0; x < mosaic.width(); x += Mosaic.SHARD) {
      for (int y = 0; y < mosaic.height(); y += Mosaic.SHARD) {
        tasks.add(
            blend(
                mosaic,
                layout,
                new Block(
                    x,
                    y,
                    Math.min(Mosaic.SHARD, mosaic.width() - x),
                    Math.min(Mosaic.SHARD, mosaic.height() - y))));
      }
    }
    if (tasks.stream().noneMatch(t -> t instanceof BlendTask b && !b.windows().isEmpty())) {
      throw new UserError(
          "--size and --center", "none of the images shows this part of the sky", "Move it");
    }
    long pixels = (long) mosaic.width() * mosaic.height();
    for (Layer layer : Layer.values()) {
      // The image, its noise and coverage, and what measuring copies; of others some rows.
      long peak =
          layer == Layer.IMAGE
              ? 9 * Float.BYTES * pixels
              : 6L * Float.BYTES * mosaic.width() * RowBands.ROWS;
      tasks.add(
          new FileTask(
              layer.key(mosaic.name()), mosaic, layer, Float.BYTES * pixels, peak + (1 << 20)));
    }
    return tasks;
  }

  private static BlendTask blend(Mosaic mosaic, SkyImageLayout layout, Block block) {
    Wcs wcs = layout.wcs().shifted(block.x(), block.y());
    List<Window> windows = new ArrayList<>();
    long read = 0;
    long largest = 0;
    for (int t = 0; t < mosaic.tiles().size(); t++) {
      Tile tile = mosaic.tiles().get(t);
      Optional<CutOut> needed =
          Reprojection.window(
              tile.wcs(),
              tile.width(),
              tile.height(),
              mosaic.selection().interpolation(),
              wcs,
              block.width(),
              block.height());
      if (needed.isPresent()) {
        CutOut w = needed.get();
        Window window = new Window(t, w.x(), w.y(), w.width(), w.height());
        windows.add(window);
        read += window.count();
        largest = Math.max(largest, window.count());
      }
    }
    long pixels = (long) block.width() * block.height();
    String key =
        Layer.IMAGE.array()
            + "/"
            + Layer.IMAGE
                .metadata(layout)
                .objectKey(0, 0, 0, block.x() / Mosaic.SHARD, block.y() / Mosaic.SHARD);
    return new BlendTask(
        key,
        mosaic,
        block,
        windows,
        2 * Float.BYTES * read,
        // Sums; the pattern on the grid; a layer as it is made, turned and encoded. Of a tile the
        // image and the pattern, as they are and as they are decoded.
        LinearMosaic.bytes(block.width(), block.height())
            + 4 * Float.BYTES * pixels
            + 4 * Float.BYTES * largest);
  }
}
