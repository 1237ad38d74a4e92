package org.cornerturn.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.plane.CutOut;
import org.cornerturn.source.Peaks.Peak;

/**
 * Fits Gaussians to islands: one for each summit, and more where the rest still has one. The shape
 * is the beam's unless the pixels tell clearly that it is another.
 */
final class IslandFit {
  /** A summit stands out that rises so many times the noise above the saddle. */
  private static final double RISE = 4;

  /** A rest of so many times the noise is another source. */
  private static final double REST = 5;

  /** A rest that is less than this part of the island's peak is what the beam's shape leaves. */
  private static final double REST_PART = 0.03;

  /** Summits that are fitted together. */
  private static final int MOST = 10;

  /** Components that a rest adds at most. */
  private static final int ADDED = 3;

  /** Beams from a summit within which pixels are fitted that are below the island's level. */
  private static final double SKIRT = 0.6;

  /** What chi squared falls by, per beam, where three more parameters mean something. */
  private static final double TELLING = 14;

  private final float[] plane;
  private final CutOut window;
  private final Background background;
  private final PixelShape beam;
  private final double[] bell;
  private final double flood;
  private final int width;
  private final int height;

  IslandFit(
      float[] plane,
      CutOut window,
      Background background,
      PixelShape beam,
      FindSettings settings,
      int width,
      int height) {
    this.plane = plane;
    this.window = window;
    this.background = background;
    this.beam = beam;
    this.bell = beam.inverse();
    this.flood = settings.flood();
    this.width = width;
    this.height = height;
  }

  /** Pixels to fit, about a corner of the island. */
  private static final class Pixels {
    double[] x = new double[64];
    double[] y = new double[64];
    double[] value = new double[64];
    double[] weight = new double[64];
    int count;

    void add(double px, double py, double v, double w) {
      if (count == x.length) {
        x = Arrays.copyOf(x, 2 * count);
        y = Arrays.copyOf(y, 2 * count);
        value = Arrays.copyOf(value, 2 * count);
        weight = Arrays.copyOf(weight, 2 * count);
      }
      x[count] = px;
      y[count] = py;
      value[count] = v;
      weight[count++] = w;
    }
  }

  /** The island's components, the brightest first. */
  List<Component> fit(Island island, boolean truncated) {
    float[] above = new float[island.pixels().length];
    for (int i = 0; i < above.length; i++) {
      int p = island.pixels()[i];
      above[i] = (float) (plane[p] - level(p));
    }
    double rms = rms(island.peak());
    List<Peak> peaks = Peaks.of(island, above, window.width(), RISE * rms);
    List<Component> all = new ArrayList<>();
    int common = truncated ? SourceFlag.TRUNCATED.bit() : 0;
    if (peaks.size() <= MOST) {
      Pixels pixels = pixels(island, above, peaks, null);
      all.addAll(fit(island, peaks, pixels, peaks.size() > 1 ? 0 : ADDED, common));
    } else {
      for (Peak peak : peaks) {
        Pixels pixels = pixels(island, above, List.of(peak), peak.ground());
        all.addAll(fit(island, List.of(peak), pixels, 0, common | SourceFlag.CROWDED.bit()));
      }
    }
    return numbered(all);
  }

  private static List<Component> numbered(List<Component> all) {
    all.sort(
        Comparator.comparingDouble((Component c) -> -c.peak())
            .thenComparingDouble(Component::y)
            .thenComparingDouble(Component::x));
    List<Component> out = new ArrayList<>();
    for (Component c : all) {
      out.add(
          new Component(
              c.island(),
              out.size(),
              all.size(),
              c.x(),
              c.y(),
              c.peak(),
              c.shape(),
              c.error(),
              c.level(),
              c.rms(),
              c.residualMean(),
              c.residualRms(),
              c.pixels(),
              c.flags() | (all.size() > 1 ? SourceFlag.BLENDED.bit() : 0)));
    }
    return out;
  }

  /** Pixels of the island, or some of them, and those about its summits. */
  private Pixels pixels(Island island, float[] above, List<Peak> peaks, List<Integer> ground) {
    Pixels out = new Pixels();
    int[] all = island.pixels();
    int w = window.width();
    for (int i = 0; i < (ground == null ? all.length : ground.size()); i++) {
      int at = ground == null ? i : ground.get(i);
      double noise = rms(all[at]);
      int y = all[at] / w;
      out.add(all[at] - y * w - x0(island), y - y0(island), above[at], 1 / (noise * noise));
    }
    // Without the pixels beside it an island is too high: only what noise lifts is above its level.
    int reach = (int) Math.ceil(SKIRT * beam.major());
    CutOut b = island.bounds();
    boolean[] taken = new boolean[(b.width() + 2 * reach + 2) * (b.height() + 2 * reach + 2)];
    for (Peak peak : peaks) {
      int py = peak.place() / w;
      int px = peak.place() - py * w;
      for (int y = Math.max(0, py - reach); y <= Math.min(window.height() - 1, py + reach); y++) {
        for (int x = Math.max(0, px - reach); x <= Math.min(w - 1, px + reach); x++) {
          int mark = (y - b.y() + reach + 1) * (b.width() + 2 * reach + 2) + x - b.x() + reach + 1;
          int at = y * w + x;
          double value = plane[at] - level(at);
          double noise = rms(at);
          if (!taken[mark] && isSkirt(x - px, y - py) && value < flood * noise) {
            taken[mark] = true;
            out.add(x - x0(island), y - y0(island), value, 1 / (noise * noise));
          }
        }
      }
    }
    return out;
  }

  private boolean isSkirt(int dx, int dy) {
    double e = bell[0] * dx * dx + 2 * bell[1] * dx * dy + bell[2] * dy * dy;
    return e <= 8 * Math.log(2) * SKIRT * SKIRT;
  }

  private static int x0(Island island) {
    return island.bounds().x();
  }

  private static int y0(Island island) {
    return island.bounds().y();
  }

  private double level(int place) {
    int y = place / window.width();
    return background.levelAt(place - y * window.width() + window.x(), y + window.y());
  }

  private double rms(int place) {
    int y = place / window.width();
    return background.rmsAt(place - y * window.width() + window.x(), y + window.y());
  }

  private List<Component> fit(Island island, List<Peak> peaks, Pixels pixels, int more, int flags) {
    CutOut b = island.bounds();
    double[] box = {-1, -1, b.width(), b.height()};
    GaussianFit fit =
        new GaussianFit(pixels.x, pixels.y, pixels.value, pixels.weight, pixels.count, box);
    double[] start = new double[0];
    for (Peak peak : peaks) {
      int y = peak.place() / window.width();
      start = with(start, peak.height(), peak.place() - y * window.width() - b.x(), y - b.y());
    }
    boolean free = best(fit, start, pixels.count);
    double[] fitted = fit.parameters();
    double chi = fit.chiSquared();
    boolean converged = fit.isConverged();
    for (int added = 0; added < more && converged; added++) {
      double[] further = withRest(fitted, pixels);
      if (further == null) {
        break;
      }
      boolean shapes = best(fit, further, pixels.count);
      if (!fit.isConverged() || chi - fit.chiSquared() < 2 * TELLING * beam.area()) {
        break;
      }
      free = shapes;
      fitted = fit.parameters();
      chi = fit.chiSquared();
    }
    return components(island, pixels, converged ? fitted : start, free, converged, flags);
  }

  private double[] with(double[] start, double peak, double x, double y) {
    double[] more = Arrays.copyOf(start, start.length + GaussianFit.PARAMETERS);
    more[start.length] = peak;
    more[start.length + 1] = x;
    more[start.length + 2] = y;
    System.arraycopy(bell, 0, more, start.length + 3, 3);
    return more;
  }

  /** The components and one where the rest is highest; null where it is too low to be anything. */
  private double[] withRest(double[] fitted, Pixels pixels) {
    double most = 0;
    double brightest = 0;
    int at = -1;
    for (int i = 0; i < pixels.count; i++) {
      double rest = pixels.value[i] - GaussianFit.model(fitted, pixels.x[i], pixels.y[i]);
      brightest = Math.max(brightest, pixels.value[i]);
      if (rest * Math.sqrt(pixels.weight[i]) > Math.max(most, REST)) {
        most = rest * Math.sqrt(pixels.weight[i]);
        at = i;
      }
    }
    if (at < 0 || most / Math.sqrt(pixels.weight[at]) < REST_PART * brightest) {
      return null;
    }
    double rest = most / Math.sqrt(pixels.weight[at]);
    double[] shapes = fitted.clone();
    for (int c = 0; c < shapes.length; c += GaussianFit.PARAMETERS) {
      System.arraycopy(bell, 0, shapes, c + 3, 3);
    }
    return with(shapes, rest, pixels.x[at], pixels.y[at]);
  }

  /** Fits with the beam's shape, and with free shapes if that is telling; whether it was. */
  private boolean best(GaussianFit fit, double[] start, int count) {
    fit.fit(start, false);
    int components = start.length / GaussianFit.PARAMETERS;
    double points = fit.chiSquared();
    double[] asPoints = fit.parameters();
    if (count < 2 * GaussianFit.PARAMETERS * components) {
      return false;
    }
    boolean converged = fit.isConverged();
    fit.fit(asPoints, true);
    if (converged
        && (!fit.isConverged() || points - fit.chiSquared() < TELLING * components * beam.area())) {
      fit.fit(asPoints, false);
      return false;
    }
    return true;
  }

  private List<Component> components(
      Island island, Pixels pixels, double[] p, boolean free, boolean converged, int flags) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < pixels.count; i++) {
      double rest = pixels.value[i] - GaussianFit.model(p, pixels.x[i], pixels.y[i]);
      sum += rest;
      squares += rest * rest;
    }
    double mean = sum / pixels.count;
    double spread = Math.sqrt(Math.max(0, squares / pixels.count - mean * mean));
    int w = window.width();
    int peakY = island.peak() / w;
    long id = (peakY + (long) window.y()) * width + island.peak() - peakY * w + window.x();
    List<Component> out = new ArrayList<>();
    for (int c = 0; c < p.length; c += GaussianFit.PARAMETERS) {
      double det = p[c + 3] * p[c + 5] - p[c + 4] * p[c + 4];
      PixelShape shape =
          free ? new PixelShape(p[c + 5] / det, -p[c + 4] / det, p[c + 3] / det) : beam;
      // Whole numbers first: the sum is then rounded alike in every window.
      double x = p[c + 1] + (island.bounds().x() + window.x());
      double y = p[c + 2] + (island.bounds().y() + window.y());
      int px = within((int) Math.floor(x + 0.5) - window.x(), w);
      int py = within((int) Math.floor(y + 0.5) - window.y(), window.height());
      int at = py * w + px;
      double noise = rms(at) > 0 ? rms(at) : rms(island.peak());
      double snr = p[c] / noise;
      CondonErrors error =
          free
              ? CondonErrors.of(shape.major(), shape.minor(), beam.major(), beam.minor(), snr)
              : CondonErrors.ofPoint(beam.major(), beam.minor(), snr);
      double ratio = shape.area() / beam.area();
      double ratioError = ratio * Math.hypot(error.major(), error.minor());
      int bits =
          flags
              | (free ? 0 : SourceFlag.POINT.bit())
              | (free && ratio - 1 > 3 * ratioError ? SourceFlag.EXTENDED.bit() : 0)
              | (isAtEdge(px, py) ? SourceFlag.EDGE.bit() : 0)
              | (converged ? 0 : SourceFlag.UNFITTED.bit());
      out.add(
          new Component(
              id,
              0,
              0,
              x,
              y,
              p[c],
              shape,
              error,
              level(at),
              noise,
              mean,
              spread,
              island.pixels().length,
              bits));
    }
    return out;
  }

  private static int within(int pixel, int size) {
    return Math.max(0, Math.min(size - 1, pixel));
  }

  private boolean isAtEdge(int px, int py) {
    int reach = (int) Math.ceil(beam.major());
    for (int dy = -reach; dy <= reach; dy += reach) {
      for (int dx = -reach; dx <= reach; dx += reach) {
        int x = px + dx;
        int y = py + dy;
        boolean inWindow = x >= 0 && y >= 0 && x < window.width() && y < window.height();
        if (inWindow ? Float.isNaN(plane[y * window.width() + x]) : isOutside(x, y)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isOutside(int x, int y) {
    return x + window.x() < 0
        || y + window.y() < 0
        || x + window.x() >= width
        || y + window.y() >= height;
  }
}
