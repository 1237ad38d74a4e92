package org.cornerturn.sky;

import java.util.List;

/** The ellipse of least area about ellipses with the same centre. */
final class EnclosingEllipse {
  private static final int POINTS = 90;
  private static final int STEPS = 2000;

  private EnclosingEllipse() {}

  /** Nearly: it may cut off a little of them. */
  static GaussianBeam of(List<GaussianBeam> beams) {
    int count = POINTS * beams.size();
    double[] east = new double[count];
    double[] north = new double[count];
    double[] weight = new double[count];
    // Half of each ellipse: the other half is the same for an ellipse about the centre.
    for (int i = 0; i < count; i++) {
      GaussianBeam b = beams.get(i / POINTS);
      double angle = Math.PI * (i % POINTS) / POINTS;
      double along = b.majorRad() * Math.cos(angle);
      double across = b.minorRad() * Math.sin(angle);
      double s = Math.sin(b.positionAngleRad());
      double c = Math.cos(b.positionAngleRad());
      east[i] = along * s + across * c;
      north[i] = along * c - across * s;
      weight[i] = 1.0 / count;
    }
    double ee = 0;
    double en = 0;
    double nn = 0;
    for (int step = 0; step <= STEPS; step++) {
      ee = 0;
      en = 0;
      nn = 0;
      for (int i = 0; i < count; i++) {
        ee += weight[i] * east[i] * east[i];
        en += weight[i] * east[i] * north[i];
        nn += weight[i] * north[i] * north[i];
      }
      double det = ee * nn - en * en;
      for (int i = 0; i < count; i++) {
        double x = east[i];
        double y = north[i];
        weight[i] *= (nn * x * x - 2 * en * x * y + ee * y * y) / det / 2;
      }
    }
    return GaussianBeam.of(2 * ee, 2 * en, 2 * nn);
  }
}
