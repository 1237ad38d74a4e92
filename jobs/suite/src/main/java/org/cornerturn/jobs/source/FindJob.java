package org.cornerturn.jobs.source;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.Versions;
import org.cornerturn.plane.CutOut;
import org.cornerturn.source.SourceFinder;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.Survey;
import org.cornerturn.table.DataFile;

/** Has the tiles of images searched, and puts what is found into the table. */
final class FindJob {
  /** Pixels of a window at most: an island that needs a larger one is truncated. */
  static final long MOST_PIXELS = 1L << 26;

  /** Pixels below which Spark would start longer than the search takes. */
  private static final long FEW_PIXELS = 1L << 22;

  private final GlobalOptions global;
  private final Console console;

  FindJob(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
  }

  /** The tiles of images, row by row. */
  static List<FindTask.Tile> tiles(List<ImagePlane> images, int side) {
    List<FindTask.Tile> tiles = new ArrayList<>();
    for (ImagePlane image : images) {
      for (int y = 0; y < image.height(); y += side) {
        for (int x = 0; x < image.width(); x += side) {
          CutOut part =
              new CutOut(
                  x, y, Math.min(side, image.width() - x), Math.min(side, image.height() - y));
          tiles.add(new FindTask.Tile(image, part));
        }
      }
    }
    return tiles;
  }

  ExitCode dryRun(FindParameters p) throws IOException {
    List<ImagePlane> images = images(p);
    List<FindTask.Tile> tiles = tiles(images, p.tile());
    long largest = 0;
    for (FindTask.Tile t : tiles) {
      SourceFinder finder =
          new SourceFinder(t.image().width(), t.image().height(), t.image().shape(), p.settings());
      CutOut window = finder.window(t.part(), finder.reach());
      largest = Math.max(largest, (long) window.width() * window.height());
    }
    // The window, and what of it has a background.
    long bytes = 2 * Float.BYTES * largest;
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("images", images.stream().map(ImagePlane::id).toList());
      document.put("tiles", tiles.size());
      document.put("bytes_of_a_task", bytes);
      console.json(document);
    } else {
      console.print(
          String.format(
              Locale.ROOT,
              "find-sources: %d images would be searched in %d tiles, with %s each",
              images.size(),
              tiles.size(),
              ByteSize.inWords(bytes)));
    }
    return ExitCode.COMPLETE;
  }

  private List<ImagePlane> images(FindParameters p) throws IOException {
    return new ImagePlanes(global.hadoop(), p.channel(), p.polarization()).all(p.images());
  }

  static Survey survey(GlobalOptions global, String verb, long pixels) {
    boolean here = global.master().startsWith("local") && pixels <= FEW_PIXELS;
    return here
        ? Survey.inLoop()
        : Survey.onSpark(Sessions.context("cornerturn " + verb, global.master(), global.spark()));
  }

  ExitCode run(FindParameters p) throws IOException {
    long start = System.nanoTime();
    List<ImagePlane> images = images(p);
    List<FindTask.Tile> tiles = tiles(images, p.tile());
    long pixels = images.stream().mapToLong(ImagePlane::pixels).sum();
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), SourceTables.DETECTIONS, global.hadoop());
    FindTask task =
        new FindTask(p.settings(), p.least(), table.uri(), global.hadoop(), Versions.own(), now());
    List<DataFile> rows = new ArrayList<>();
    int[] counts = new int[3];
    List<Double> rms = new ArrayList<>();
    try (Progress progress = console.count("find-sources", tiles.size(), "tiles")) {
      survey(global, "find-sources", pixels)
          .run(
              tiles,
              task,
              answer -> {
                rows.addAll(answer.rows());
                counts[0] += answer.found();
                counts[1] += answer.extended();
                counts[2] += answer.truncated();
                rms.addAll(answer.rms());
                progress.advance(answer.rms().size());
              });
    }
    Set<String> ids = images.stream().map(ImagePlane::id).collect(Collectors.toSet());
    table.replaceFiles(SourceTables.IMAGE, ids, rows);
    tell(images.size(), counts, median(rms), pixels, (System.nanoTime() - start) / 1e9);
    return ExitCode.COMPLETE;
  }

  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static double median(List<Double> values) {
    double[] sorted =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private void tell(int images, int[] counts, double rms, long pixels, double seconds) {
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("images", images);
      document.put("detections", counts[0]);
      document.put("extended", counts[1]);
      document.put("truncated", counts[2]);
      document.put("median_rms_mjy_beam", DetectionRow.number(rms));
      document.put("seconds", seconds);
      console.json(document);
    }
    console.say(
        String.format(
            Locale.ROOT,
            "find-sources: %d detections (%d extended) in %d image%s, noise %.4g mJy/beam;"
                + " %.1f million pixels in %.1f s",
            counts[0],
            counts[1],
            images,
            images == 1 ? "" : "s",
            rms,
            pixels / 1e6,
            seconds));
    if (counts[2] > 0) {
      console.warn(
          counts[2] + " of them are in islands too large to be seen whole (flag truncated)");
    }
  }
}
