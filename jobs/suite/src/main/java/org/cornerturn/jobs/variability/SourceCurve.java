package org.cornerturn.jobs.variability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.variability.FluxScale;
import org.cornerturn.variability.LightCurve;

/** The points of a source, before and after they are put on a common scale. */
final class SourceCurve {
  final String id;
  final double raDeg;
  final double decDeg;
  private final List<Point> points = new ArrayList<>();

  /**
   * A flux.
   *
   * @param epoch number of its image in the order of time
   */
  record Point(int epoch, double mjd, double flux, double error) {}

  SourceCurve(String id, double raDeg, double decDeg) {
    this.id = id;
    this.raDeg = raDeg;
    this.decDeg = decDeg;
  }

  void add(Point point) {
    points.add(point);
  }

  /** In the order of time. */
  List<Point> points() {
    points.sort(Comparator.comparingInt(Point::epoch));
    return points;
  }

  int size() {
    return points.size();
  }

  LightCurve scaled(FluxScale scale) {
    int n = points.size();
    double[] t = new double[n];
    double[] s = new double[n];
    double[] e = new double[n];
    int i = 0;
    for (Point p : points()) {
      double[] on = scale.apply(p.flux(), p.error(), p.epoch());
      t[i] = p.mjd();
      s[i] = on[0];
      e[i++] = on[1];
    }
    return new LightCurve(t, s, e);
  }

  /** Median of flux over error. */
  double snr() {
    double[] all = points.stream().mapToDouble(p -> p.flux() / p.error()).sorted().toArray();
    return all[all.length / 2];
  }
}
