package org.cornerturn.simulate;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.radio.IcrsDirection;

/** Point sources at random in a field, with counts as the sky has them: N(&gt; S) as S^-0.9. */
public final class RandomField {
  private static final long STREAM = 41;
  private static final double FAINTEST_JY = 0.02;
  private static final double BRIGHTEST_JY = 2;
  private static final double COUNTS = 0.9;
  private static final double REFERENCE_HZ = 1.4e9;
  private static final double APART_RAD = Math.toRadians(0.03);
  private static final int TRIES = 1000;

  private RandomField() {}

  /**
   * As many sources as asked for, 0.03 degrees from each other at least.
   *
   * @param radiusRad of the field about its centre
   */
  public static List<SkySource> sources(
      long seed, IcrsDirection centre, double radiusRad, int count) {
    CounterRandom draws = new CounterRandom(seed, STREAM);
    double reach = Math.sin(radiusRad);
    List<SkySource> all = new ArrayList<>();
    for (long i = 0; all.size() < count; i++) {
      if (i > (long) TRIES * count) {
        throw new UserError(
            count + " sources",
            "they don't find room in the field, 0.03 degrees from each other",
            "Ask for fewer, or for a wider --field-radius");
      }
      double r = reach * Math.sqrt(draws.uniform(4 * i));
      double angle = 2 * Math.PI * draws.uniform(4 * i + 1);
      IcrsDirection place = centre.at(r * Math.cos(angle), r * Math.sin(angle));
      if (all.stream().anyMatch(s -> s.direction().separationRad(place) < APART_RAD)) {
        continue;
      }
      double part = 1 - Math.pow(FAINTEST_JY / BRIGHTEST_JY, COUNTS);
      double flux = FAINTEST_JY * Math.pow(1 - draws.uniform(4 * i + 2) * part, -1 / COUNTS);
      double kind = draws.uniform(4 * i + 3);
      double index = kind < 0.25 ? -1.2 : kind < 0.8 ? -0.7 : 0;
      all.add(SkySource.point("S" + all.size(), place, flux, REFERENCE_HZ, index));
    }
    return all;
  }
}
