package org.cornerturn.radio;

/**
 * How one integration goes from one phase reference to another: a rotation of its uvw, and for each
 * baseline the metres by which {@link FringeRotator} is to turn its visibilities.
 */
public final class Rephasing {
  private final double[] rotation;
  private final double oldDelays;
  private final double newDelays;

  private Rephasing(double[] rotation, boolean oldDelays, boolean newDelays) {
    this.rotation = rotation;
    this.oldDelays = oldDelays ? 1 : 0;
    this.newDelays = newDelays ? 1 : 0;
  }

  /**
   * @param sky over the site at the integration's middle
   */
  public static Rephasing between(
      PhaseReference from, PhaseReference to, Geodetic site, LocalSky sky) {
    double[] rotation = to.frame(site, sky).from(from.frame(site, sky));
    return new Rephasing(rotation, from.delaysTaken(), to.delaysTaken());
  }

  /**
   * Turns uvw in place.
   *
   * @param uvw (baseline, 3) metres
   * @param at index of the first baseline's u
   * @param shiftMetres what {@link FringeRotator#rotate} takes, one for each baseline; overwritten
   */
  public void apply(double[] uvw, int at, int baselines, double[] shiftMetres) {
    for (int b = 0; b < baselines; b++) {
      shiftMetres[b] = -oldDelays * uvw[at + 3 * b + 2];
    }
    UvwFrame.apply(rotation, uvw, at, uvw, at, baselines);
    for (int b = 0; b < baselines; b++) {
      shiftMetres[b] += newDelays * uvw[at + 3 * b + 2];
    }
  }
}
