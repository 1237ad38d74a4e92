package org.cornerturn.plane;

import java.util.List;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Ds9Regions.Entry;
import org.cornerturn.sky.Region;
import org.cornerturn.sky.Wcs;

/** Masks of regions of the sky: pixels whose middle is inside. */
public final class RegionMask {
  private RegionMask() {}

  /** Pixels of any of the regions. */
  public static PlaneMask of(List<? extends Region> regions, Wcs wcs, int width, int height) {
    PlaneMask mask = PlaneMask.none(width, height);
    for (Region region : regions) {
      draw(region, wcs, mask);
    }
    return mask;
  }

  /**
   * Pixels of a region file: in any that is included, and in none that is excluded; where nothing
   * is included, all that isn't excluded.
   */
  public static PlaneMask ofEntries(List<Entry> entries, Wcs wcs, int width, int height) {
    List<Region> included = entries.stream().filter(e -> !e.excluded()).map(Entry::region).toList();
    List<Region> excluded = entries.stream().filter(Entry::excluded).map(Entry::region).toList();
    PlaneMask mask =
        included.isEmpty() ? PlaneMask.inside(width, height, 0) : of(included, wcs, width, height);
    return mask.without(of(excluded, wcs, width, height));
  }

  /** Disks about sources of a catalogue. */
  public static PlaneMask circles(
      List<IcrsDirection> sources, double radiusRad, Wcs wcs, int width, int height) {
    return of(
        sources.stream().map(s -> new Region.Circle(s, radiusRad)).toList(), wcs, width, height);
  }

  private static void draw(Region region, Wcs wcs, PlaneMask mask) {
    double[] middle = wcs.pixel(region.centre());
    // The projection stretches away from the reference; a margin, and where it is stretched much or
    // the middle isn't shown, all pixels.
    double reach = 2 * region.reachRad() / wcs.cellRad() + 2;
    boolean near =
        !Double.isNaN(middle[0])
            && region.reachRad() < 0.5
            && region.centre().separationRad(wcs.reference()) < 0.7;
    int left = near ? (int) Math.max(0, Math.floor(middle[0] - reach)) : 0;
    int right = near ? (int) Math.min(mask.width(), middle[0] + reach + 1) : mask.width();
    int bottom = near ? (int) Math.max(0, Math.floor(middle[1] - reach)) : 0;
    int top = near ? (int) Math.min(mask.height(), middle[1] + reach + 1) : mask.height();
    for (int y = bottom; y < top; y++) {
      for (int x = left; x < right; x++) {
        IcrsDirection at = wcs.direction(x, y);
        if (!Double.isNaN(at.raRad()) && region.contains(at)) {
          mask.add(x, y);
        }
      }
    }
  }
}
