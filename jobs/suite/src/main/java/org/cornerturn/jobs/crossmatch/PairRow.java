package org.cornerturn.jobs.crossmatch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.catalogue.Separation;

/**
 * A pair, as tasks leave it and as it is told.
 *
 * @param rightRow -1 for a left row without partner
 * @param separation degrees; NaN without partner, as all of the right side
 * @param rank 1 for the nearest
 */
record PairRow(
    String leftId,
    String rightId,
    long leftRow,
    long rightRow,
    double leftRa,
    double leftDec,
    double rightRa,
    double rightDec,
    double separation,
    int rank,
    double deRuiter,
    double leftFlux,
    double rightFlux) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(leftId == null ? "" : leftId);
    out.writeUTF(rightId == null ? "" : rightId);
    out.writeLong(leftRow);
    out.writeLong(rightRow);
    out.writeDouble(leftRa);
    out.writeDouble(leftDec);
    out.writeDouble(rightRa);
    out.writeDouble(rightDec);
    out.writeDouble(separation);
    out.writeInt(rank);
    out.writeDouble(deRuiter);
    out.writeDouble(leftFlux);
    out.writeDouble(rightFlux);
  }

  static PairRow read(DataInputStream in) throws IOException {
    return new PairRow(
        text(in.readUTF()),
        text(in.readUTF()),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  private static String text(String written) {
    return written.isEmpty() ? null : written;
  }

  boolean isLone() {
    return rightRow < 0;
  }

  /** Right less left right ascension on the sky, arcsec. */
  double offsetRa() {
    double middle = Math.toRadians((leftDec + rightDec) / 2);
    return 3600 * Separation.eastward(leftRa, rightRa) * Math.cos(middle);
  }

  /** Right less left declination, arcsec. */
  double offsetDec() {
    return 3600 * (rightDec - leftDec);
  }

  /**
   * As a row of the table.
   *
   * @param values receives them
   * @param at place of the first
   */
  void values(Object[] values, int at) {
    boolean lone = isLone();
    Object[] own = {
      leftId,
      rightId,
      leftRow,
      lone ? null : (Object) rightRow,
      leftRa,
      leftDec,
      lone ? null : (Object) rightRa,
      lone ? null : (Object) rightDec,
      lone ? null : (Object) (3600 * separation),
      lone ? null : (Object) offsetRa(),
      lone ? null : (Object) offsetDec(),
      lone ? null : (Object) (long) rank,
      known(deRuiter),
      known(leftFlux),
      known(rightFlux),
      Healpix.finest(leftRa, leftDec)
    };
    System.arraycopy(own, 0, values, at, own.length);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
