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
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.image.FieldCheck;
import org.cornerturn.plane.RobustNoise;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.zarr.ZarrArray;

/** Does a {@link FileTask}. */
final class FileStep {
  private static final int MOST_TOLD = 500;

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
    double[] sigmas = sigmas();
    cards.put("NIMAGES", (long) sigmas.length);
    PixelSource pixels = rows(task.layer());
    if (task.layer() == Layer.IMAGE) {
      float[] plane = rows(Layer.IMAGE).plane();
      MosaicFacts facts = measure(plane, sigmas);
      facts.put(product, Mosaic.facts());
      cards.put("MEDRMS", facts.tileSigma());
      if (facts.covered() > 0) {
        cards.put("EFFNOISE", facts.sigma());
      }
      cards.put("COVERAGE", facts.covered());
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

  /** Noise of the tiles that count, ascending. */
  private double[] sigmas() throws IOException {
    double[] all = new double[mosaic.tiles().size()];
    int n = 0;
    for (int t = 0; t < all.length; t++) {
      double sigma = TileFacts.get(product, Mosaic.facts(t)).sigma();
      if (mosaic.selection().counts(sigma)) {
        all[n++] = sigma;
      }
    }
    double[] some = Arrays.copyOf(all, n);
    Arrays.sort(some);
    return some;
  }

  /** Measures the image, and draws it and what it is measured by for the report. */
  private MosaicFacts measure(float[] plane, double[] sigmas) throws IOException {
    int width = mosaic.width();
    int height = mosaic.height();
    float[] sigma = rows(Layer.SIGMA).plane();
    MosaicReport report = new MosaicReport(mosaic, stores, product);
    report.picture("-sigma", sigma);
    double middle = RobustNoise.of(sigma).median();
    double least = Double.POSITIVE_INFINITY;
    long covered = 0;
    for (float s : sigma) {
      covered += Float.isNaN(s) ? 0 : 1;
      least = s < least ? s : least;
    }
    FieldCheck check =
        FieldCheck.of(
            plane,
            width,
            height,
            layout.wcs(),
            FieldCheck.Response.of(sigma),
            least,
            mosaic.catalog(),
            mosaic.hertz());
    check.seen().put(product, Mosaic.seen());
    report.picture(plane, check.seen());
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] = plane[i] / sigma[i];
    }
    MosaicFacts facts =
        new MosaicFacts(
            ImageQuality.measure(plane, width, height),
            ImageQuality.measure(sigma, width, height),
            middle,
            sigmas[sigmas.length / 2],
            (double) covered / sigma.length,
            sigmas.length,
            check.check());
    report.picture("-coverage", rows(Layer.COVERAGE).plane());
    report.write(facts, check.seen());
    return facts;
  }

  private ImageDescription describe(Map<String, Object> cards) {
    List<String> history =
        mosaic.tiles().stream()
            .limit(MOST_TOLD)
            .map(t -> "mosaic of " + t.source().name())
            .toList();
    cards.put("CTINTERP", mosaic.selection().interpolation().name().toLowerCase(Locale.ROOT));
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
