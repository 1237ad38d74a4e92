package org.cornerturn.jobs.source;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.source.Background;
import org.cornerturn.source.Component;
import org.cornerturn.source.FindSettings;
import org.cornerturn.source.Injection;
import org.cornerturn.source.PixelShape;
import org.cornerturn.source.SourceFinder;
import org.cornerturn.spark.Survey;

/** Measures how complete and how true what is found in an image is. */
final class FindTest {
  private static final double[] SNRS = {3, 4, 5, 6, 7, 8, 10, 15, 20, 50};

  /** Thresholds for which sources and false ones are counted. */
  private static final double[] SEEDS = {4, 4.5, 5, 5.5, 6, 7, 10};

  private final GlobalOptions global;
  private final Console console;

  FindTest(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
  }

  /** One search: with injected sources of a brightness, or (0) upright and upside down. */
  private record Trial(ImagePlane image, double snr, long seed) implements Serializable {}

  /**
   * @param injected sources
   * @param found of these
   * @param ratios measured over true heights of those
   * @param positive detections of each threshold upright
   * @param negative the same upside down
   */
  private record Result(
      double snr, int injected, int found, double[] ratios, int[] positive, int[] negative)
      implements Serializable {}

  private record Search(FindSettings settings, int count, Map<String, String> hadoop)
      implements Survey.Question<Trial, ArrayList<Result>> {
    private static final long serialVersionUID = 1L;

    @Override
    public ArrayList<Result> ask(List<Trial> trials) {
      ArrayList<Result> out = new ArrayList<>();
      for (Trial t : trials) {
        try {
          float[] plane = t.image().read(t.image().all(), hadoop);
          out.add(t.snr() > 0 ? injected(t, plane) : inverted(t, plane));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return out;
    }

    private SourceFinder finder(ImagePlane image, FindSettings with) {
      return new SourceFinder(image.width(), image.height(), image.shape(), with);
    }

    private Result injected(Trial t, float[] plane) {
      ImagePlane image = t.image();
      PixelShape beam = image.shape();
      SourceFinder finder = finder(image, settings);
      int reach = finder.reach();
      Background background = finder.background(plane, image.all(), reach);
      List<Component> before = finder.find(plane, image.all(), reach).components();
      Random random = new Random(t.seed() * 31 + Double.hashCode(t.snr()));
      double apart = 6 * beam.major();
      List<double[]> places = new ArrayList<>();
      Grid taken = new Grid(apart);
      before.forEach(c -> taken.add(c.x(), c.y()));
      for (int attempt = 0; attempt < 20 * count && places.size() < count; attempt++) {
        double x = apart + random.nextDouble() * (image.width() - 2 * apart);
        double y = apart + random.nextDouble() * (image.height() - 2 * apart);
        int px = (int) Math.rint(x);
        int py = (int) Math.rint(y);
        boolean inside = px >= 0 && py >= 0 && px < image.width() && py < image.height();
        if (inside && !Float.isNaN(plane[py * image.width() + px]) && taken.isFree(x, y)) {
          double rms = background.rmsAt(px, py);
          if (rms > 0) {
            taken.add(x, y);
            places.add(new double[] {x, y, t.snr() * rms});
          }
        }
      }
      places.forEach(p -> Injection.add(plane, image.all(), p[0], p[1], p[2], beam));
      Grid found = new Grid(beam.major());
      List<Component> all = finder.find(plane, image.all(), reach).components();
      all.forEach(c -> found.add(c.x(), c.y()));
      List<Double> ratios = new ArrayList<>();
      for (double[] p : places) {
        int nearest = found.nearest(p[0], p[1]);
        if (nearest >= 0) {
          ratios.add(all.get(nearest).peak() / p[2]);
        }
      }
      double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
      return new Result(t.snr(), places.size(), values.length, values, new int[0], new int[0]);
    }

    private Result inverted(Trial t, float[] plane) {
      int[][] counts = new int[2][];
      for (int side = 0; side < 2; side++) {
        FindSettings low =
            new FindSettings(SEEDS[0], Math.min(SEEDS[0], settings.flood()), settings.box());
        SourceFinder finder = finder(t.image(), low);
        List<Component> all = finder.find(plane, t.image().all(), finder.reach()).components();
        counts[side] =
            Arrays.stream(SEEDS)
                .mapToInt(s -> (int) all.stream().filter(c -> c.snr() >= s).count())
                .toArray();
        for (int i = 0; i < plane.length; i++) {
          plane[i] = -plane[i];
        }
      }
      return new Result(0, 0, 0, new double[0], counts[0], counts[1]);
    }
  }

  /** Places by cells of a plane. */
  private static final class Grid {
    private final double radius;
    private final Map<Long, List<Integer>> cells = new LinkedHashMap<>();
    private final List<double[]> places = new ArrayList<>();

    Grid(double radius) {
      this.radius = radius;
    }

    private static long key(long i, long j) {
      return i << 32 ^ j & 0xffffffffL;
    }

    void add(double x, double y) {
      long i = (long) Math.floor(x / radius);
      long j = (long) Math.floor(y / radius);
      cells.computeIfAbsent(key(i, j), k -> new ArrayList<>()).add(places.size());
      places.add(new double[] {x, y});
    }

    boolean isFree(double x, double y) {
      return nearest(x, y) < 0;
    }

    /** The nearest place within the radius; negative for none. */
    int nearest(double x, double y) {
      long i = (long) Math.floor(x / radius);
      long j = (long) Math.floor(y / radius);
      int best = -1;
      double least = radius;
      for (long a = i - 1; a <= i + 1; a++) {
        for (long b = j - 1; b <= j + 1; b++) {
          for (int p : cells.getOrDefault(key(a, b), List.of())) {
            double d = Math.hypot(places.get(p)[0] - x, places.get(p)[1] - y);
            if (d < least) {
              least = d;
              best = p;
            }
          }
        }
      }
      return best;
    }
  }

  ExitCode run(FindParameters p, int count, long seed) throws IOException {
    List<ImagePlane> images =
        new ImagePlanes(global.hadoop(), p.channel(), p.polarization()).all(p.images());
    List<Trial> trials = new ArrayList<>();
    long pixels = 0;
    for (ImagePlane image : images) {
      if (image.pixels() > FindJob.MOST_PIXELS) {
        throw new UserError(
            image.id(),
            image.width() + " x " + image.height() + " pixels are too many for a test",
            "Test a cut-out of 8192 x 8192 pixels");
      }
      trials.add(new Trial(image, 0, seed));
      for (double snr : SNRS) {
        trials.add(new Trial(image, snr, seed));
      }
      pixels += image.pixels() * SNRS.length;
    }
    List<Result> results = new ArrayList<>();
    Search search = new Search(p.settings(), count, global.hadoop());
    FindJob.survey(global, "find-sources", pixels).run(trials, search, results::addAll);
    tell(results);
    return ExitCode.COMPLETE;
  }

  private void tell(List<Result> results) {
    List<Map<String, Object>> completeness = new ArrayList<>();
    for (double snr : SNRS) {
      List<Result> of = results.stream().filter(r -> r.snr() == snr).toList();
      int injected = of.stream().mapToInt(Result::injected).sum();
      int found = of.stream().mapToInt(Result::found).sum();
      double[] ratios =
          of.stream().flatMapToDouble(r -> Arrays.stream(r.ratios())).sorted().toArray();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("snr", snr);
      row.put("injected", injected);
      row.put("found", found);
      row.put("completeness", injected == 0 ? null : (double) found / injected);
      row.put("median_ratio", ratios.length == 0 ? null : ratios[ratios.length / 2]);
      completeness.add(row);
    }
    List<Map<String, Object>> truth = new ArrayList<>();
    for (int i = 0; i < SEEDS.length; i++) {
      int at = i;
      List<Result> of = results.stream().filter(r -> r.positive().length > 0).toList();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("threshold", SEEDS[i]);
      row.put("found", of.stream().mapToInt(r -> r.positive()[at]).sum());
      row.put("upside_down", of.stream().mapToInt(r -> r.negative()[at]).sum());
      truth.add(row);
    }
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("completeness", completeness);
      document.put("false_positives", truth);
      console.json(document);
      return;
    }
    console.print("  SNR  injected   found  completeness  median ratio");
    completeness.stream()
        .sorted(Comparator.comparingDouble(r -> (Double) r.get("snr")))
        .forEach(
            r ->
                console.print(
                    String.format(
                        Locale.ROOT,
                        "%5.1f %9d %7d %13.3f %13.3f",
                        r.get("snr"),
                        r.get("injected"),
                        r.get("found"),
                        r.get("completeness"),
                        r.get("median_ratio"))));
    console.print("threshold  found  upside down");
    truth.forEach(
        r ->
            console.print(
                String.format(
                    Locale.ROOT,
                    "%9.1f %6d %12d",
                    r.get("threshold"),
                    r.get("found"),
                    r.get("upside_down"))));
  }
}
