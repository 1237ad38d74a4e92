package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.image.ColorMap;
import org.cornerturn.image.SkyPicture;
import org.cornerturn.image.Stretch;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.plane.RobustNoise;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.zarr.ZarrArray;

/** Does a {@link FileTask}. */
final class FileStep {
  private static final int PICTURE = 1024;
  private static final int MOST_TOLD = 500;
  private static final double CLIP = 4;

  private final FileTask task;
  private final Mosaic mosaic;
  private final SkyImageLayout layout;
  private final TaskStores stores;
  private final ObjectStore product;

  FileStep(FileTask task, TaskStores stores) throws IOException {
    this.task = task;
    this.mosaic = task.mosaic();
    this.layout = mosaic.layout();
    this.stores = stores;
    this.product = stores.open(stores.product().uri());
  }

  void run() throws IOException {
    Map<String, Object> cards = new LinkedHashMap<>();
    cards.put("NIMAGES", (long) mosaic.tiles().size());
    PixelSource pixels = rows(task.layer());
    if (task.layer() == Layer.IMAGE) {
      float[] plane = rows(Layer.IMAGE).plane();
      MosaicFacts facts = measure(plane);
      facts.put(product, Mosaic.facts());
      cards.put("MEDRMS", facts.tileSigma());
      if (facts.covered() > 0) {
        cards.put("EFFNOISE", facts.sigma());
      }
      cards.put("COVERAGE", facts.covered());
      Stretch stretch = Stretch.percentiles(Stretch.Curve.ASINH, plane, 1, 99.95);
      stores
          .product()
          .put(
              "preview/" + mosaic.name() + ".png",
              new SkyPicture(stretch, ColorMap.DUSK, PICTURE)
                  .png(plane, mosaic.width(), mosaic.height()));
      layout.writeCoordinates(stores.product(), new GaussianBeam[] {mosaic.beam()});
      pixels = PixelSource.of(plane);
    }
    try (PendingObject out = stores.product().create(task.id())) {
      new FitsImageWriter(describe(cards), FitsImageWriter.Precision.SINGLE).write(pixels, out);
      out.publish();
    }
  }

  private RowBands rows(Layer layer) throws IOException {
    return new RowBands(
        ZarrArray.of(product, layer.array(), layer.metadata(layout)),
        mosaic.width(),
        mosaic.height());
  }

  private MosaicFacts measure(float[] plane) throws IOException {
    float[] sigma = rows(Layer.SIGMA).plane();
    double middle = RobustNoise.of(sigma).median();
    long covered = 0;
    for (int i = 0; i < sigma.length; i++) {
      covered += Float.isNaN(sigma[i]) ? 0 : 1;
      sigma[i] = plane[i] / sigma[i];
    }
    double[] tiles = new double[mosaic.tiles().size()];
    for (int t = 0; t < tiles.length; t++) {
      tiles[t] = TileFacts.get(product, Mosaic.facts(t)).sigma();
    }
    Arrays.sort(tiles);
    return new MosaicFacts(
        ImageQuality.measure(plane, mosaic.width(), mosaic.height()),
        RobustNoise.clipped(sigma, CLIP).rms(),
        middle,
        tiles[tiles.length / 2],
        (double) covered / sigma.length);
  }

  private ImageDescription describe(Map<String, Object> cards) {
    List<String> history =
        mosaic.tiles().stream()
            .limit(MOST_TOLD)
            .map(t -> "mosaic of " + t.source().name())
            .toList();
    cards.put("CTINTERP", mosaic.parameters().interpolation().name().toLowerCase(Locale.ROOT));
    cards.put("CTPBLIM", mosaic.parameters().limit());
    double start = mosaic.unix(false);
    String unit = task.layer().unit().toUpperCase(Locale.ROOT);
    ImageDescription plane =
        ImageDescription.plane(mosaic.width(), mosaic.height(), layout.wcs(), unit);
    boolean known = mosaic.hertz() > 0;
    return (known
            ? plane.withAxes(
                LinearAxis.channel(mosaic.hertz(), mosaic.bandHz()),
                LinearAxis.of(mosaic.tiles().get(0).polarization()))
            : plane)
        .withBeam(task.layer() == Layer.COVERAGE ? null : mosaic.beam())
        .withOrigin(
            new ImageDescription.Origin(
                mosaic.tiles().get(0).field(),
                "",
                "",
                Double.isNaN(start) ? null : Instant.ofEpochMilli(Math.round(start * 1000)),
                known ? mosaic.hertz() : 0))
        .withCards(cards, history);
  }
}
