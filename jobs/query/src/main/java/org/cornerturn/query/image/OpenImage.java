package org.cornerturn.query.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.cornerturn.array.Shape;
import org.cornerturn.plane.CutOut;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * An image of a product, and which of its planes is asked for.
 *
 * @param place time, channel and polarization
 */
record OpenImage(OpenGroup opened, SkyImage image, String array, int[] place) {
  /** Reading decodes chunks, turns them, and keeps both for a moment. */
  private static final int BYTES_A_PIXEL = 12;

  /** Reads something of an image's store. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  static SkyImage of(OpenGroup group) {
    return told(group, () -> SkyImage.of(group.group(), group.place().fullKey()));
  }

  /** What is read, faults told as the asker's or the store's. */
  static <T> T told(OpenGroup group, Reading<T> reading) {
    try {
      return reading.read();
    } catch (ZarrException e) {
      throw Problem.unprocessable(e.getMessage());
    } catch (IOException e) {
      throw group.place().failed(e);
    }
  }

  <T> T told(Reading<T> reading) {
    return told(opened, reading);
  }

  /** Another plane of the same array. */
  OpenImage at(int time, int channel) {
    return new OpenImage(opened, image, array, new int[] {time, channel, place[2]});
  }

  /**
   * Reserves what pictures of so many pixels take.
   *
   * @throws Problem 413 for more than a request may read
   */
  static RequestMemory.Reservation reserve(
      RequestMemory memory, Limit most, long pixels, Deadline deadline)
      throws InterruptedException {
    most.check(Float.BYTES * pixels);
    return memory.reserve(BYTES_A_PIXEL * pixels, deadline);
  }

  /** Pixels of a rectangle, (y, x); NaN beyond the image. */
  float[] pixels(CutOut cut) {
    int x0 = Math.max(0, cut.x());
    int y0 = Math.max(0, cut.y());
    int x1 = (int) Math.min(image.width(), (long) cut.x() + cut.width());
    int y1 = (int) Math.min(image.height(), (long) cut.y() + cut.height());
    float[] inside =
        told(() -> image.read(array, place[0], place[1], place[2], x0, y0, x1 - x0, y1 - y0));
    return new CutOut(cut.x() - x0, cut.y() - y0, cut.width(), cut.height())
        .of(inside, x1 - x0, y1 - y0);
  }

  /**
   * A plane, perhaps coarser.
   *
   * @param pixels (y, x)
   */
  record Plane(float[] pixels, int width, int height) {}

  /** A level that can be read: its extent is known before. */
  record Level(ZarrArray array, int width, int height) {
    long pixels() {
      return (long) width * height;
    }
  }

  /** The coarsest level whose longer side has so many pixels; the image itself is the finest. */
  Level level(int side) {
    return told(
        () -> {
          ZarrGroup group = opened.group();
          Level best = new Level(group.array(array), image.width(), image.height());
          IntFunction<String> name = n -> array + "_pyramid/mean/" + n;
          List<String> there = List.copyOf(group.arrayPaths());
          for (int n = 1; there.contains(name.apply(n)); n++) {
            ZarrArray coarser = group.array(name.apply(n));
            Shape shape = coarser.metadata().shape();
            if (shape.rank() != 5 || Math.max(shape.dim(3), shape.dim(4)) < side) {
              break;
            }
            best = new Level(coarser, (int) shape.dim(3), (int) shape.dim(4));
          }
          return best;
        });
  }

  Plane plane(Level level) {
    return told(
        () ->
            new Plane(
                SkyImage.read(level.array(), place, 0, 0, level.width(), level.height()),
                level.width(),
                level.height()));
  }

  /** Frequency of the plane, Hz; empty where it isn't known. */
  Optional<Double> hertz() {
    double hertz = told(image::hertz)[place[1]];
    return hertz > 0 ? Optional.of(hertz) : Optional.empty();
  }
}
