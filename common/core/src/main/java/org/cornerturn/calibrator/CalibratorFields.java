package org.cornerturn.calibrator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.cornerturn.radio.IcrsDirection;

/**
 * Finds the calibrators in the fields of an observation: the directions to which it points one
 * after the other, as a drift scan does. Flux counts as far as the beam lets it through.
 */
public final class CalibratorFields {
  private final List<IcrsDirection> fields;
  private final DoubleUnaryOperator beam;

  /**
   * @param fields directions in the order of time
   * @param beam power response at an angle (radians) from the middle, 0 to 1
   */
  public CalibratorFields(List<IcrsDirection> fields, DoubleUnaryOperator beam) {
    this.fields = List.copyOf(fields);
    this.beam = beam;
  }

  /**
   * The sources that come within a radius of a field, the one of the largest apparent flux first.
   *
   * @param directions of the sources
   * @param fluxJy of each at the frequency of the beam
   * @param radiusRad from the nearest field's middle, the edge included
   * @param fieldsOfWindow how many fields a window has, centred on the peak as far as the
   *     observation reaches
   */
  public List<CalibratorField> within(
      List<IcrsDirection> directions, double[] fluxJy, double radiusRad, int fieldsOfWindow) {
    if (fieldsOfWindow < 1 || !(radiusRad >= 0) || fluxJy.length != directions.size()) {
      throw new IllegalArgumentException(
          fieldsOfWindow + " fields, radius " + radiusRad + ", " + fluxJy.length + " fluxes");
    }
    List<CalibratorField> found = new ArrayList<>();
    for (int s = 0; s < directions.size(); s++) {
      int peak = nearest(directions.get(s));
      double separation = peak < 0 ? Double.NaN : separation(peak, directions.get(s));
      if (separation <= radiusRad) {
        double response = beam.applyAsDouble(separation);
        int first =
            Math.max(0, Math.min(peak - (fieldsOfWindow - 1) / 2, fields.size() - fieldsOfWindow));
        int last = Math.min(fields.size() - 1, first + fieldsOfWindow - 1);
        found.add(new CalibratorField(s, peak, first, last, response, fluxJy[s] * response));
      }
    }
    found.sort(Comparator.comparingDouble(CalibratorField::apparentJy).reversed());
    return found;
  }

  /** The best of {@link #within}, if there is any. */
  public Optional<CalibratorField> best(
      List<IcrsDirection> directions, double[] fluxJy, double radiusRad, int fieldsOfWindow) {
    return within(directions, fluxJy, radiusRad, fieldsOfWindow).stream()
        .filter(f -> f.apparentJy() > 0)
        .findFirst();
  }

  /**
   * The same calibrator with the window of all fields next to its peak, without a gap, in which the
   * response is at least so much.
   */
  public CalibratorField whole(CalibratorField of, IcrsDirection direction, double leastResponse) {
    int first = of.peak();
    while (first > 0 && response(first - 1, direction) >= leastResponse) {
      first--;
    }
    int last = of.peak();
    while (last < fields.size() - 1 && response(last + 1, direction) >= leastResponse) {
      last++;
    }
    return new CalibratorField(of.source(), of.peak(), first, last, of.response(), of.apparentJy());
  }

  private double response(int field, IcrsDirection direction) {
    return beam.applyAsDouble(separation(field, direction));
  }

  private double separation(int field, IcrsDirection direction) {
    return fields.get(field).separationRad(direction);
  }

  /** The field nearest to a direction, the first of equals; -1 where there is none. */
  private int nearest(IcrsDirection direction) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int f = 0; f < fields.size(); f++) {
      double separation = separation(f, direction);
      if (separation < least) {
        least = separation;
        nearest = f;
      }
    }
    return nearest;
  }
}
