package org.cornerturn.radio;

/**
 * How one integration goes from one phase reference to another: a rotation of its uvw, and for each
 * baseline the metres by which {@link FringeRotator} is to turn its visibilities.
 */
public final class Rephasing {
  private final UvwFrame from;
  private final UvwFrame to;
  private final double[] rotation;
  private final double oldDelays;
  private final double newDelays;

  private Rephasing(UvwFrame from, UvwFrame to, boolean oldDelays, boolean newDelays) {
    this.from = from;
    this.to = to;
    this.rotation = to.from(from);
    this.oldDelays = oldDelays ? 1 : 0;
    this.newDelays = newDelays ? 1 : 0;
  }

  /**
   * @param sky over the site at the integration's middle
   */
  public static Rephasing between(
      PhaseReference from, PhaseReference to, Geodetic site, LocalSky sky) {
    return new Rephasing(
        from.frame(site, sky), to.frame(site, sky), from.delaysTaken(), to.delaysTaken());
  }

  /**
   * Between directions among the stars, v to ICRS north in both: a rotation of the sky, whatever
   * the site and the time. Both have their delays taken.
   */
  public static Rephasing between(IcrsDirection from, IcrsDirection to) {
    return new Rephasing(
        UvwFrame.towards(-from.raRad(), from.decRad(), 0),
        UvwFrame.towards(-to.raRad(), to.decRad(), 0),
        true,
        true);
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

  /**
   * Puts the uvw of antennas' places in place of those stated. The stated w is what was taken out
   * of the data; where it {@linkplain BaselineVectors#agree agrees} with the antennas', the
   * antennas' was.
   *
   * @param uvw (baseline, 3) metres as stated; NaN, which stays, where a baseline has no data
   * @param at index of the first baseline's u
   * @param shiftMetres what {@link FringeRotator#rotate} takes, one for each baseline; overwritten
   */
  public void replace(BaselineVectors baselines, double[] uvw, int at, double[] shiftMetres) {
    double[] before = baselines.uvw(from);
    double[] after = baselines.uvw(to);
    for (int b = 0; b < baselines.count(); b++) {
      double stated = uvw[at + 3 * b + 2];
      double taken = BaselineVectors.agree(stated, before[3 * b + 2]) ? before[3 * b + 2] : stated;
      shiftMetres[b] = newDelays * after[3 * b + 2] - oldDelays * taken;
      if (!Double.isNaN(stated)) {
        System.arraycopy(after, 3 * b, uvw, at + 3 * b, 3);
      }
    }
  }
}
