package org.cornerturn.radio;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A correlation of two feeds, or a Stokes parameter. The constants stand in CASA's order, the one
 * in which correlations leave the program: I Q U V, RR RL LR LL, XX XY YX YY.
 */
public enum Polarization {
  I(1),
  Q(2),
  U(3),
  V(4),
  RR(-1),
  RL(-3),
  LR(-4),
  LL(-2),
  XX(-5),
  XY(-7),
  YX(-8),
  YY(-6);

  /** CASA's order; ties don't occur, since each is listed once. */
  public static final Comparator<Polarization> CASA_ORDER = Comparator.naturalOrder();

  private final int aipsCode;

  Polarization(int aipsCode) {
    this.aipsCode = aipsCode;
  }

  /** AIPS memo 117's number: 1..4 Stokes, -1..-4 circular, -5..-8 linear. */
  public int aipsCode() {
    return aipsCode;
  }

  /** The polarization of an AIPS number; empty where there is none. */
  public static Optional<Polarization> ofAips(long code) {
    return Arrays.stream(values()).filter(p -> p.aipsCode == code).findFirst();
  }

  public boolean isStokes() {
    return aipsCode > 0;
  }

  /** Whether an unpolarised source is seen in it, with its flux: parallel hands and Stokes I. */
  public boolean isIntensity() {
    return this == I || !isStokes() && name().charAt(0) == name().charAt(1);
  }

  /**
   * What this becomes when the two antennas change places: XY and YX do, RL and LR do, the others
   * stay.
   */
  public Polarization exchanged() {
    return switch (this) {
      case RL -> LR;
      case LR -> RL;
      case XY -> YX;
      case YX -> XY;
      default -> this;
    };
  }

  /** Feeds of both antennas, {@code X} and {@code Y} say; empty for Stokes parameters. */
  public List<String> feeds() {
    return isStokes() ? List.of() : List.of(name().substring(0, 1), name().substring(1));
  }
}
