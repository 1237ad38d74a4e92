package org.cornerturn.calibrator;

import java.util.Optional;

/** Bands of the VLA's list of calibrators, by their letters there, with centre frequencies. */
public enum VlaBand {
  P(0.327e9),
  L(1.465e9),
  C(4.885e9),
  X(8.435e9),
  U(14.965e9),
  K(22.485e9),
  Q(43.315e9);

  private final double hz;

  VlaBand(double hz) {
    this.hz = hz;
  }

  public double frequencyHz() {
    return hz;
  }

  static Optional<VlaBand> of(String letter) {
    for (VlaBand b : values()) {
      if (b.name().equals(letter)) {
        return Optional.of(b);
      }
    }
    return Optional.empty();
  }
}
