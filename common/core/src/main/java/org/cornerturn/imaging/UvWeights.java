package org.cornerturn.imaging;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * Weights of visibilities for an image: natural, uniform or Briggs's, times a Gaussian taper,
 * within a range of baselines.
 *
 * <p>For all but natural weighting the summed weight of each cell of the uv plane is needed first,
 * over all channels (multi-frequency synthesis): {@link Density} gathers it from blocks in turn. A
 * cell is 1 / (N pixel) wide, N being 1.2 times the image's size, up to a multiple of 4: the cells
 * of WSClean, so that a robustness gives the beam that it gives there. A visibility and its mirror
 * image count in the same cell, that with v of at least 0. With W_k the summed weight of cell k,
 * natural weights w become w / W_k (uniform) or w / (1 + W_k f^2) with f^2 = (5 x 10^-R)^2 / (sum
 * of W_k^2 / sum of w) (Briggs 1995, robustness R), sums over the half plane.
 *
 * @param scheme how samples are weighed among each other
 * @param robustness R of Briggs's weighting, from about -2 (uniform) to 2 (natural)
 * @param taperWavelengths of baselines at which a Gaussian taper has fallen to one half; infinite
 *     for none
 * @param shortest of baselines that count, in wavelengths of u and v
 * @param longest of baselines that count, or infinite
 */
public record UvWeights(
    Scheme scheme, double robustness, double taperWavelengths, double shortest, double longest)
    implements Serializable {
  /** How samples are weighed among each other. */
  public enum Scheme {
    /** By their noise alone: the least noise. */
    NATURAL,
    /** Each cell of the uv plane the same: the narrowest beam. */
    UNIFORM,
    /** Between the two. */
    BRIGGS;

    /** Name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double SPEED_OF_LIGHT = 299_792_458.0;

  public UvWeights {
    if (!Double.isFinite(robustness)
        || !(taperWavelengths > 0)
        || !(shortest >= 0 && longest > shortest)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "robustness %s, a taper at %s, baselines from %s to %s wavelengths",
              robustness,
              taperWavelengths,
              shortest,
              longest));
    }
  }

  public static UvWeights natural() {
    return of(Scheme.NATURAL, 0);
  }

  public static UvWeights uniform() {
    return of(Scheme.UNIFORM, 0);
  }

  public static UvWeights briggs(double robustness) {
    return of(Scheme.BRIGGS, robustness);
  }

  private static UvWeights of(Scheme scheme, double robustness) {
    double none = Double.POSITIVE_INFINITY;
    return new UvWeights(scheme, robustness, none, 0, none);
  }

  /** The same with a taper that has a half power beam of this width in the image. */
  public UvWeights tapered(double beamRad) {
    if (!(beamRad > 0)) {
      throw new IllegalArgumentException("a taper of " + beamRad + " rad");
    }
    // A Gaussian of full width b has the transform exp(-(pi b q)^2 / (4 ln 2)).
    double half = 2 * Math.log(2) / (Math.PI * beamRad);
    return new UvWeights(scheme, robustness, half, shortest, longest);
  }

  /** The same for baselines of a range alone, in wavelengths. */
  public UvWeights between(double least, double most) {
    return new UvWeights(scheme, robustness, taperWavelengths, least, most);
  }

  /** An empty sum of weights by cell, for an image. */
  public Density density(ImageGeometry geometry) {
    return new Density(this, geometry);
  }

  /** Bytes that a {@link Density} takes. */
  public long densityBytes(ImageGeometry geometry) {
    return scheme == Scheme.NATURAL
        ? 0
        : 8L * Density.cells(geometry.width()) * (Density.cells(geometry.height()) / 2);
  }

  private double taper(double q2) {
    return Math.exp(-Math.log(2) * q2 / (taperWavelengths * taperWavelengths));
  }

  private boolean covers(double q2) {
    return q2 >= shortest * shortest && q2 <= longest * longest;
  }

  /**
   * Summed weight by cell of the uv plane. Parts are merged in a fixed order, for the same bytes.
   */
  public static final class Density {
    private final UvWeights weights;
    private final double cellU;
    private final double cellV;
    private final int width;
    private final int height;
    // (v from 0, u from -width / 2)
    private final double[][] cells;
    private double total;

    private Density(UvWeights weights, ImageGeometry geometry) {
      this.weights = weights;
      width = cells(geometry.width());
      height = cells(geometry.height()) / 2;
      cellU = 1 / (width * geometry.pixelRad());
      cellV = 1 / (2 * height * geometry.pixelRad());
      cells = weights.scheme == Scheme.NATURAL ? new double[0][] : new double[height][width];
    }

    /** Cells along an axis: a fifth more than pixels, a multiple of 4. */
    private static int cells(int pixels) {
      int enlarged = Math.toIntExact((6L * pixels + 4) / 5);
      return (enlarged + 3) / 4 * 4;
    }

    /**
     * Adds natural weights.
     *
     * @param uvwMetres (row, 3)
     * @param weight (row, channel); 0 for what is flagged
     */
    public void add(double[] uvwMetres, double[] frequencyHz, float[] weight) {
      visit(
          uvwMetres,
          frequencyHz,
          weight,
          0,
          uvwMetres.length / 3,
          (at, cell, column, q2) -> {
            double w = weight[at];
            total += w;
            if (cell != null) {
              cell[column] += w;
            }
          });
    }

    /** Adds another part of the same image's. */
    public void merge(Density other) {
      if (!other.weights.equals(weights) || other.width != width || other.height != height) {
        throw new IllegalArgumentException("densities of different images");
      }
      total += other.total;
      for (int v = 0; v < cells.length; v++) {
        for (int u = 0; u < width; u++) {
          cells[v][u] += other.cells[v][u];
        }
      }
    }

    /** Lines of cells, of {@link #columns}; none of natural weights. */
    public int lines() {
      return cells.length;
    }

    /** Cells of a line. */
    public int columns() {
      return width;
    }

    /** Summed weights of a line, for a part that goes elsewhere; not to be changed. */
    public double[] line(int index) {
      return cells[index];
    }

    /** Adds a line of another part. */
    public void addLine(int index, double[] sums) {
      double[] line = cells[index];
      for (int u = 0; u < width; u++) {
        line[u] += sums[u];
      }
    }

    /** Adds the {@link #total} of another part. */
    public void addTotal(double sum) {
      total += sum;
    }

    /** Sum of all natural weights that count. */
    public double total() {
      return total;
    }

    /** Ends the sum. */
    public Weighting weighting() {
      double squares = 0;
      for (double[] row : cells) {
        for (double w : row) {
          squares += w * w;
        }
      }
      double five = 5 * Math.pow(10, -weights.robustness);
      return new Weighting(this, squares == 0 ? 0 : five * five / (squares / total));
    }

    private interface Samples {
      void sample(int at, double[] cell, int column, double q2);
    }

    private void visit(
        double[] uvwMetres, double[] f, float[] weight, int first, int end, Samples samples) {
      int rows = uvwMetres.length / 3;
      if (weight.length != rows * f.length) {
        throw new IllegalArgumentException(weight.length + " weights of " + rows + " rows");
      }
      for (int row = first; row < end; row++) {
        double u = uvwMetres[3 * row] / SPEED_OF_LIGHT;
        double v = uvwMetres[3 * row + 1] / SPEED_OF_LIGHT;
        if (!Double.isFinite(u + v)) {
          continue;
        }
        if (v < 0) {
          u = -u;
          v = -v;
        }
        for (int c = 0; c < f.length; c++) {
          int at = row * f.length + c;
          double q2 = (u * u + v * v) * f[c] * f[c];
          if (weight[at] != 0 && weights.covers(q2)) {
            long column = (long) Math.floor(u * f[c] / cellU) + width / 2;
            long line = (long) Math.floor(v * f[c] / cellV);
            boolean inside = cells.length > 0 && column >= 0 && column < width && line < height;
            samples.sample(at, inside ? cells[(int) line] : null, (int) column, q2);
          }
        }
      }
    }
  }

  /** Imaging weights from natural ones, once all weights are known. */
  public static final class Weighting {
    private final Density density;
    private final double factor;

    private Weighting(Density density, double factor) {
      this.density = density;
      this.factor = factor;
    }

    /**
     * Imaging weights of a block. What lies beyond the range of baselines, or beyond the cells that
     * the image has, gets 0.
     *
     * @param weight natural, (row, channel)
     * @param imaging (row, channel), overwritten; not the same array
     */
    public void apply(double[] uvwMetres, double[] frequencyHz, float[] weight, float[] imaging) {
      apply(uvwMetres, frequencyHz, weight, imaging, 0, uvwMetres.length / 3);
    }

    /**
     * The same for some rows.
     *
     * @param first row
     * @param end after the last
     */
    public void apply(
        double[] uvwMetres,
        double[] frequencyHz,
        float[] weight,
        float[] imaging,
        int first,
        int end) {
      Arrays.fill(imaging, first * frequencyHz.length, end * frequencyHz.length, 0);
      UvWeights weights = density.weights;
      boolean tapers = weights.taperWavelengths != Double.POSITIVE_INFINITY;
      density.visit(
          uvwMetres,
          frequencyHz,
          weight,
          first,
          end,
          (at, cell, column, q2) -> {
            double w = tapers ? weight[at] * weights.taper(q2) : weight[at];
            if (weights.scheme == Scheme.NATURAL) {
              imaging[at] = (float) w;
            } else if (cell != null) {
              double sum = cell[column];
              imaging[at] =
                  (float) (weights.scheme == Scheme.UNIFORM ? w / sum : w / (1 + sum * factor));
            }
          });
    }
  }
}
