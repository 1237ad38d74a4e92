package org.cornerturn.jobs.photometry;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.source.ImagePlane;
import org.cornerturn.jobs.source.WarehouseRows;
import org.cornerturn.plane.CutOut;
import org.cornerturn.source.FindSettings;
import org.cornerturn.source.ForcedPhotometry;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.Survey;
import org.cornerturn.table.DataFile;

/** Has fluxes measured at places of images. */
final class PhotometryJob {
  private static final int SIDE = 2048;
  private static final long FEW_PIXELS = 1L << 22;
  private static final double[] INJECTED = {0, 3, 5, 10, 20, 100};

  private final GlobalOptions global;
  private final Console console;
  private final List<ImagePlane> images;
  private final FindSettings settings;
  private final double least;

  PhotometryJob(
      GlobalOptions global,
      Console console,
      List<ImagePlane> images,
      FindSettings settings,
      double least) {
    this.global = global;
    this.console = console;
    this.images = images;
    this.settings = settings;
    this.least = least;
  }

  /** The parts of an image, row by row. */
  private static List<CutOut> parts(ImagePlane image) {
    List<CutOut> parts = new ArrayList<>();
    for (int y = 0; y < image.height(); y += SIDE) {
      for (int x = 0; x < image.width(); x += SIDE) {
        parts.add(
            new CutOut(
                x, y, Math.min(SIDE, image.width() - x), Math.min(SIDE, image.height() - y)));
      }
    }
    return parts;
  }

  /** The tiles that have places: each place is in one, and beside those near its border, too. */
  static List<PhotometryTask.Tile> tiles(List<ImagePlane> images, Places places) {
    List<PhotometryTask.Tile> tiles = new ArrayList<>();
    for (ImagePlane image : images) {
      int n = places.all().size();
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        double[] at = image.wcs().pixel(places.all().get(i).direction());
        x[i] = at[0];
        y[i] = at[1];
      }
      int near = ForcedPhotometry.reach(image.shape());
      for (CutOut part : parts(image)) {
        List<Integer> own = new ArrayList<>();
        List<Integer> beside = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          if (holds(part, x[i], y[i], 0)) {
            own.add(i);
          } else if (holds(part, x[i], y[i], near)) {
            beside.add(i);
          }
        }
        if (!own.isEmpty()) {
          int count = own.size();
          own.addAll(beside);
          int[] all = own.stream().mapToInt(Integer::intValue).toArray();
          tiles.add(
              new PhotometryTask.Tile(
                  image,
                  part,
                  Arrays.stream(all).mapToObj(i -> places.all().get(i).id()).toArray(String[]::new),
                  Arrays.stream(all).mapToDouble(i -> x[i]).toArray(),
                  Arrays.stream(all).mapToDouble(i -> y[i]).toArray(),
                  Arrays.stream(all).mapToDouble(i -> places.all().get(i).fluxMjy()).toArray(),
                  count,
                  null));
        }
      }
    }
    return tiles;
  }

  private static boolean holds(CutOut part, double x, double y, int margin) {
    return x >= part.x() - 0.5 - margin
        && y >= part.y() - 0.5 - margin
        && x < part.x() + part.width() - 0.5 + margin
        && y < part.y() + part.height() - 0.5 + margin;
  }

  private Survey survey(long pixels) {
    boolean here = global.master().startsWith("local") && pixels <= FEW_PIXELS;
    return here
        ? Survey.inLoop()
        : Survey.onSpark(
            Sessions.context("cornerturn photometry", global.master(), global.spark()));
  }

  private PhotometryTask task(String list, String table) throws IOException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return new PhotometryTask(settings, least, list, table, global.hadoop(), Versions.own(), now);
  }

  ExitCode dryRun(Places places) {
    List<PhotometryTask.Tile> tiles = tiles(images, places);
    int count = tiles.stream().mapToInt(PhotometryTask.Tile::own).sum();
    if (global.json()) {
      console.json(Map.of("images", images.size(), "tiles", tiles.size(), "positions", count));
    } else {
      console.print(
          String.format(
              Locale.ROOT,
              "photometry: %d fluxes would be measured in %d images, %d tiles",
              count,
              images.size(),
              tiles.size()));
    }
    return ExitCode.COMPLETE;
  }

  ExitCode run(Places places) throws IOException {
    long start = System.nanoTime();
    List<PhotometryTask.Tile> tiles = tiles(images, places);
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), PhotometryTable.PHOTOMETRY, global.hadoop());
    PhotometryTask task = task(places.list(), table.uri());
    List<DataFile> rows = new ArrayList<>();
    long[] sums = new long[3];
    long pixels = images.stream().mapToLong(ImagePlane::pixels).sum();
    try (Progress progress = console.count("photometry", tiles.size(), "tiles")) {
      survey(pixels)
          .run(
              tiles,
              task,
              a -> {
                rows.addAll(a.rows());
                sums[0] += a.measured();
                sums[1] += a.seen();
                sums[2] += a.nanos();
                progress.advance(a.tiles());
              });
    }
    Set<String> epochs =
        images.stream()
            .map(i -> PhotometryTask.epoch(i, places.list()))
            .collect(Collectors.toSet());
    table.replaceFiles(PhotometryTable.EPOCH, epochs, rows);
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = sums[2] > 0 ? sums[0] * 1e9 / sums[2] : 0;
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("images", images.size());
      document.put("places", places.list());
      document.put("measured", sums[0]);
      document.put("above_3_errors", sums[1]);
      document.put("per_core_second", rate);
      document.put("seconds", seconds);
      console.json(document);
    }
    console.say(
        String.format(
            Locale.ROOT,
            "photometry: %d fluxes in %d images, %d above three errors; %.0f a second and core,"
                + " %.1f s",
            sums[0],
            images.size(),
            sums[1],
            rate,
            seconds));
    return ExitCode.COMPLETE;
  }

  /** Measures sources that are put into the images; the distribution of what is wrong with them. */
  ExitCode inject(int count, long seed) throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    long pixels = images.stream().mapToLong(ImagePlane::pixels).sum();
    for (double snr : INJECTED) {
      List<PhotometryTask.Tile> tiles = new ArrayList<>();
      for (ImagePlane image : images) {
        for (CutOut part : parts(image)) {
          int share =
              (int) Math.ceil((double) count * part.width() * part.height() / image.pixels());
          tiles.add(PhotometryTask.injected(image, part, share, snr, seed));
        }
      }
      List<Double> pulls = new ArrayList<>();
      survey(pixels)
          .run(tiles, task("injected", null), a -> Arrays.stream(a.pulls()).forEach(pulls::add));
      double[] all = pulls.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("snr", snr);
      line.put("measured", all.length);
      // Places beside the image's own sources are outliers: quantiles leave them out.
      line.put("pull_median", all.length == 0 ? null : all[all.length / 2]);
      line.put("pull_sigma", all.length < 10 ? null : sigma(all));
      lines.add(line);
    }
    if (global.json()) {
      console.json(lines);
    } else {
      console.print("  SNR  measured  median pull  sigma of pulls");
      lines.forEach(
          l ->
              console.print(
                  String.format(
                      Locale.ROOT,
                      "%5.0f %9d %12.3f %15.3f",
                      l.get("snr"),
                      l.get("measured"),
                      l.get("pull_median"),
                      l.get("pull_sigma"))));
    }
    return ExitCode.COMPLETE;
  }

  /** Half of the distance between the quantiles that are one deviation from the middle. */
  private static double sigma(double[] sorted) {
    int low = (int) Math.round(0.158655 * (sorted.length - 1));
    int high = (int) Math.round(0.841345 * (sorted.length - 1));
    return (sorted[high] - sorted[low]) / 2;
  }
}
