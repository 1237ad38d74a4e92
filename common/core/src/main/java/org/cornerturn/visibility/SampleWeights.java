package org.cornerturn.visibility;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Weights from counts of samples. Arrays are the little-endian bytes of (cell, frequency,
 * polarization); a cell is one baseline at one time.
 */
public final class SampleWeights {
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private SampleWeights() {}

  /** How long a cell integrates. */
  @FunctionalInterface
  public interface CellSeconds {
    /** Seconds; NaN where the cell has no data, whose weights are NaN then. */
    double of(int cell);
  }

  /**
   * Weight = samples x width x time x scale, rounded once.
   *
   * @param samples float32
   * @param cells how many
   * @param widthHz of each channel
   * @param scale weight of one sample of a hertz second
   * @return float32, the shape of {@code samples}
   */
  public static byte[] ofFloats(
      byte[] samples,
      int cells,
      CellSeconds seconds,
      double[] widthHz,
      int polarizations,
      double scale) {
    byte[] weights = new byte[samples.length];
    int at = 0;
    for (int cell = 0; cell < cells; cell++) {
      double factor = seconds.of(cell) * scale;
      for (double w : widthHz) {
        double one = w * factor;
        for (int p = 0; p < polarizations; p++) {
          FLOATS.set(weights, at, (float) ((float) FLOATS.get(samples, at) * one));
          at += Float.BYTES;
        }
      }
    }
    return weights;
  }

  /** As {@link #ofFloats}, of counts in float64. */
  public static byte[] ofDoubles(
      byte[] samples,
      int cells,
      CellSeconds seconds,
      double[] widthHz,
      int polarizations,
      double scale) {
    byte[] weights = new byte[samples.length / 2];
    int at = 0;
    for (int cell = 0; cell < cells; cell++) {
      double factor = seconds.of(cell) * scale;
      for (double w : widthHz) {
        double one = w * factor;
        for (int p = 0; p < polarizations; p++) {
          FLOATS.set(weights, at, (float) ((double) DOUBLES.get(samples, 2 * at) * one));
          at += Float.BYTES;
        }
      }
    }
    return weights;
  }

  /** How many of some bytes are not zero. */
  public static long countNonZero(byte[] flags) {
    long n = 0;
    for (byte f : flags) {
      n += f == 0 ? 0 : 1;
    }
    return n;
  }
}
