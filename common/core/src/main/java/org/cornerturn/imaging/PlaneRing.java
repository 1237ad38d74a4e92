package org.cornerturn.imaging;

/** Some successive planes of every image, kept in turn. */
final class PlaneRing {
  private final Plane[][][] kept;
  private final int held;
  private final int reach;

  /** Of so many planes: as many as a sample reaches, or more. */
  PlaneRing(GridPlan plan, int images, int held) {
    this.held = held;
    reach = plan.wSupport();
    kept = new Plane[images][held][2];
    for (Plane[][] image : kept) {
      for (Plane[] plane : image) {
        plane[0] = new Plane(plan.columns(), plan.rows(), plan.precision());
        plane[1] = new Plane(plan.columns(), plan.rows(), plan.precision());
      }
    }
  }

  /** Real and imaginary part of a plane, (u, v). */
  Plane[] plane(int image, int plane) {
    return kept[image][plane % held];
  }

  /** By image, tap and part: those that samples of a first plane reach. */
  Plane[][][] from(int first) {
    Plane[][][] reached = new Plane[kept.length][reach][];
    for (int image = 0; image < kept.length; image++) {
      for (int k = 0; k < reach; k++) {
        reached[image][k] = plane(image, first + k);
      }
    }
    return reached;
  }
}
