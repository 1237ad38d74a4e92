package org.cornerturn.query.waveform;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.Envelope;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.waveform.WaveformScale;

/**
 * The values of an envelope, all minima, then all maxima: counts in the samples' own type; volts in
 * float32 where that holds what the samples do, else in float64.
 *
 * @param type float32, float64, or the samples' own
 * @param bytes little-endian, of shape (2, bucket)
 */
record EnvelopeValues(Primitive type, int buckets, byte[] bytes) {

  static EnvelopeValues of(Envelope envelope, WaveformScale scale, Trace trace, Units units) {
    byte[] pairs = envelope.minMax();
    int n = envelope.buckets();
    if (units == Units.COUNTS) {
      return new EnvelopeValues(envelope.valueType(), n, planes(pairs, n));
    }
    double[] counts = new Block(envelope.valueType(), Shape.of(n, 2), pairs).toDoubles();
    Primitive type = WaveformPyramid.meanType(envelope.valueType());
    ByteBuffer out = ByteBuffer.allocate(2 * n * type.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
    int first = scale.isInverted(trace.channel(), trace.trc()) ? 1 : 0;
    for (int stat = 0; stat < 2; stat++) {
      for (int i = 0; i < n; i++) {
        double count = counts[2 * i + (stat ^ first)];
        double v = units.ofMillivolts(scale.millivolts(trace.channel(), trace.trc(), count));
        if (type == Primitive.FLOAT32) {
          out.putFloat((float) v);
        } else {
          out.putDouble(v);
        }
      }
    }
    return new EnvelopeValues(type, n, out.array());
  }

  /** From shape (bucket, 2) to (2, bucket). */
  private static byte[] planes(byte[] pairs, int n) {
    int width = n == 0 ? 0 : pairs.length / (2 * n);
    byte[] out = new byte[pairs.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(pairs, 2 * i * width, out, i * width, width);
      System.arraycopy(pairs, (2 * i + 1) * width, out, (n + i) * width, width);
    }
    return out;
  }

  /** Minima as JSON has them: an array of numbers. */
  Object minima() {
    return numbers(0);
  }

  Object maxima() {
    return numbers(buckets);
  }

  private Object numbers(int from) {
    int width = type.itemSize();
    byte[] plane = Arrays.copyOfRange(bytes, from * width, (from + buckets) * width);
    Block block = new Block(type, Shape.of(buckets), plane);
    if (type == Primitive.FLOAT32) {
      return block.floats();
    }
    if (type == Primitive.UINT64) {
      return Arrays.stream(block.longs())
          .mapToObj(Long::toUnsignedString)
          .map(BigInteger::new)
          .toList();
    }
    if (type == Primitive.INT64) {
      return block.longs();
    }
    double[] values = block.toDoubles();
    return type.isFloat() ? values : Arrays.stream(values).mapToLong(v -> (long) v).toArray();
  }

  /** NumPy's name of the type. */
  String dtype() {
    String kind =
        type == Primitive.BOOL ? "b" : type.isFloat() ? "f" : type.isUnsigned() ? "u" : "i";
    return (type.itemSize() == 1 ? "|" : "<") + kind + type.itemSize();
  }
}
