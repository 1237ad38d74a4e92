package org.cornerturn.simulate;

import java.io.Serializable;
import java.util.List;

/**
 * How a source's flux changes: factors at times, linear between them, constant before the first and
 * after the last. Without points it is steady.
 */
public record LightCurve(List<Point> points) implements Serializable {
  /** A source that doesn't change. */
  public static final LightCurve STEADY = new LightCurve(List.of());

  /**
   * @param seconds since the observation's start
   * @param factor of the flux
   */
  public record Point(double seconds, double factor) implements Serializable {}

  public LightCurve {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (!(points.get(i).seconds() > points.get(i - 1).seconds())) {
        throw new IllegalArgumentException("a light curve's times must ascend");
      }
    }
  }

  /** The factor at a time. */
  public double at(double seconds) {
    if (points.isEmpty()) {
      return 1;
    }
    Point before = points.get(0);
    for (Point p : points) {
      if (p.seconds() > seconds) {
        if (p == before) {
          return p.factor();
        }
        double part = (seconds - before.seconds()) / (p.seconds() - before.seconds());
        return before.factor() + part * (p.factor() - before.factor());
      }
      before = p;
    }
    return before.factor();
  }
}
