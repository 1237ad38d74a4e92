package org.cornerturn.jobs.image;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.imaging.GridPlan;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.Resampling;

/**
 * A part of an image that is gridded for itself, so that its grid fits a task: with phases turned
 * to its own middle, on as few cells as its side needs. All samples are gridded for each facet.
 *
 * @param number from 0, row by row
 * @param x first column of the image
 * @param y first row
 * @param geometry its pixels
 * @param resampling to the pixels on which it is gridded
 * @param plan how it is gridded
 */
record Facet(int number, int x, int y, ImageGeometry geometry, Resampling resampling, GridPlan plan)
    implements Serializable {
  /** Facets along either axis, at most. */
  static final int MOST = 16;

  /**
   * The facets of an image.
   *
   * @param side how many there are along either axis
   */
  static List<Facet> of(Imaging imaging, int side) {
    ImageGeometry image = imaging.geometry();
    List<Facet> facets = new ArrayList<>();
    for (int j = 0; j < side; j++) {
      int y = edge(image.height(), j, side);
      int height = edge(image.height(), j + 1, side) - y;
      for (int i = 0; i < side; i++) {
        int x = edge(image.width(), i, side);
        int width = edge(image.width(), i + 1, side) - x;
        facets.add(of(imaging, facets.size(), x, y, image.facet(x, y, width, height)));
      }
    }
    return facets;
  }

  private static Facet of(Imaging imaging, int number, int x, int y, ImageGeometry geometry) {
    double accuracy = imaging.parameters().gridding().accuracy();
    Resampling resampling = Resampling.of(geometry, imaging.extent(), accuracy);
    GridPlan plan =
        GridPlan.of(
            resampling.gridded(),
            resampling.gridAccuracy(accuracy),
            imaging.parameters().gridding().precision(),
            imaging.extent(),
            imaging.blockSamples());
    return new Facet(number, x, y, geometry, resampling, plan);
  }

  /** Even, as sides are. */
  private static int edge(int pixels, int number, int side) {
    return (int) ((long) pixels / 2 * number / side) * 2;
  }

  int width() {
    return geometry.width();
  }

  int height() {
    return geometry.height();
  }

  int pixels() {
    return Math.toIntExact(geometry.pixels());
  }

  /**
   * Bytes that gridding takes, visibilities not counted.
   *
   * @param images gridded at once
   * @param predicts whether a model is predicted, too
   */
  long gridBytes(int images, boolean predicts, long samples) {
    long grid = plan.memoryBytes(images, plan.wSupport(), samples);
    return predicts
        ? grid + images * Float.BYTES * geometry.pixels() + resampling.memoryBytes()
        : grid;
  }

  /** Puts the facet's pixels into those of an image of so many columns. */
  void put(float[] facet, float[] image, int columns) {
    for (int row = 0; row < height(); row++) {
      System.arraycopy(facet, row * width(), image, (y + row) * columns + x, width());
    }
  }
}
