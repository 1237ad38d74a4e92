package org.cornerturn.source;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.plane.CutOut;

/**
 * Finds sources in a window of an image: background, islands, summits, fits. What is found in a
 * part of an image is the same, to the last bit, from every window that is wide enough.
 */
public final class SourceFinder {
  private final int width;
  private final int height;
  private final PixelShape beam;
  private final FindSettings settings;

  /**
   * @param width of the whole image
   * @param height of the whole image
   */
  public SourceFinder(int width, int height, PixelShape beam, FindSettings settings) {
    this.width = width;
    this.height = height;
    this.beam = beam;
    this.settings = settings.resolved(beam);
  }

  /**
   * What was found.
   *
   * @param components whose centres are in the part
   * @param complete whether the window was wide enough for all of them
   * @param medianRms noise in the middle of the part; NaN where there is none
   */
  public record Found(List<Component> components, boolean complete, double medianRms) {}

  /** Pixels beyond a part that a window needs at least: for the background, and for sources. */
  public int margin(int reach) {
    return settings.box() + reach;
  }

  /** How far sources reach that aren't uncommonly large, pixels. */
  public int reach() {
    return (int) Math.ceil(8 * beam.major());
  }

  /** The window of a part. */
  public CutOut window(CutOut part, int reach) {
    return grown(part, margin(reach));
  }

  private CutOut grown(CutOut part, int by) {
    int x0 = Math.max(0, part.x() - by);
    int y0 = Math.max(0, part.y() - by);
    long x1 = Math.min(width, (long) part.x() + part.width() + by);
    long y1 = Math.min(height, (long) part.y() + part.height() + by);
    return new CutOut(x0, y0, (int) x1 - x0, (int) y1 - y0);
  }

  /** Level and noise of a part of an image and {@code reach} pixels about it. */
  public Background background(float[] plane, CutOut part, int reach) {
    int stride = beam.minor() >= 3 ? 2 : 1;
    return Background.of(
        plane, window(part, reach), grown(part, reach), width, height, settings.box(), stride);
  }

  /**
   * Finds the sources of a part.
   *
   * @param plane pixels of {@link #window}, (y, x); NaN where blank
   * @param reach with which the window was made
   */
  public Found find(float[] plane, CutOut part, int reach) {
    CutOut window = window(part, reach);
    CutOut seen = grown(part, reach);
    Background background = background(plane, part, reach);
    float[] pixels = seen.equals(window) ? plane : cut(plane, window, seen);
    List<Island> islands = Islands.of(pixels, seen, background, settings.flood(), settings.seed());
    IslandFit fit = new IslandFit(pixels, seen, background, beam, settings, width, height);
    List<Component> mine = new ArrayList<>();
    boolean complete = true;
    int near = (int) Math.ceil(beam.major()) + 1;
    for (Island island : islands) {
      if (!isNear(island.bounds(), part, seen)) {
        continue;
      }
      boolean whole = isWhole(island.bounds(), seen, near);
      complete &= whole;
      for (Component c : fit.fit(island, !whole)) {
        if (holds(part, c)) {
          mine.add(c);
        }
      }
    }
    int middleX = part.x() + part.width() / 2;
    int middleY = part.y() + part.height() / 2;
    return new Found(mine, complete, background.rmsAt(middleX, middleY));
  }

  private static float[] cut(float[] plane, CutOut window, CutOut seen) {
    float[] out = new float[Math.multiplyExact(seen.width(), seen.height())];
    int shift = seen.x() - window.x();
    for (int y = 0; y < seen.height(); y++) {
      int from = (y + seen.y() - window.y()) * window.width() + shift;
      System.arraycopy(plane, from, out, y * seen.width(), seen.width());
    }
    return out;
  }

  /** Whether components of an island may have their centres in the part. */
  private static boolean isNear(CutOut bounds, CutOut part, CutOut seen) {
    int x = bounds.x() + seen.x();
    int y = bounds.y() + seen.y();
    return x - 1 < part.x() + part.width()
        && y - 1 < part.y() + part.height()
        && x + bounds.width() + 1 > part.x()
        && y + bounds.height() + 1 > part.y();
  }

  /** Whether an island, and what is fitted with it, does not leave what is seen of the image. */
  private boolean isWhole(CutOut bounds, CutOut seen, int near) {
    return (seen.x() == 0 || bounds.x() >= near)
        && (seen.y() == 0 || bounds.y() >= near)
        && (seen.x() + seen.width() == width || bounds.x() + bounds.width() + near <= seen.width())
        && (seen.y() + seen.height() == height
            || bounds.y() + bounds.height() + near <= seen.height());
  }

  /** Whether a centre is in a part: the pixel that it is nearest to. */
  private boolean holds(CutOut part, Component c) {
    int x = Math.max(0, Math.min(width - 1, (int) Math.floor(c.x() + 0.5)));
    int y = Math.max(0, Math.min(height - 1, (int) Math.floor(c.y() + 0.5)));
    return x >= part.x()
        && y >= part.y()
        && x < part.x() + part.width()
        && y < part.y() + part.height();
  }
}
