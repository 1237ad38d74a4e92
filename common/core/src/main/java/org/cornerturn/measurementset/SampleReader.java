package org.cornerturn.measurementset;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.zarr.BoxReader;

/**
 * Reads the samples of a data group piece by piece, as numbers, into arrays that are used again:
 * what a method gave is gone when it is called again. Pieces of whole chunks, one of each, cost
 * least. Boxes are those of {@link Msv4Reader#shape()}: (time, baseline_id, frequency,
 * polarization). For one thread.
 */
public final class SampleReader {
  private final Msv4Reader reader;
  private final BoxReader visibilityBoxes;
  private final BoxReader weightBoxes;
  private final BoxReader flagBoxes;
  private float[] visibilities = {};
  private float[] weights = {};
  private short[] flags = {};

  public SampleReader(Msv4Reader reader) throws IOException {
    this.reader = reader;
    DataGroup group = reader.dataGroup();
    visibilityBoxes = reader.visibilityArray().boxes();
    weightBoxes = reader.array(group.weight()).boxes();
    flagBoxes = reader.array(group.flag()).boxes();
  }

  /** As {@link Msv4Reader#visibilities}. */
  public float[] visibilities(Box box) throws IOException {
    if (visibilityBoxes.metadata().type() != Primitive.COMPLEX64) {
      return reader.visibilities(box);
    }
    visibilities = floats(visibilityBoxes.read(box), visibilities);
    return visibilities;
  }

  /** As {@link Msv4Reader#weights}. */
  public float[] weights(Box box) throws IOException {
    if (weightBoxes.metadata().type() != Primitive.FLOAT32) {
      return reader.weights(box);
    }
    weights = floats(weightBoxes.read(box), weights);
    return weights;
  }

  private static float[] floats(byte[] bytes, float[] room) {
    int n = bytes.length / Float.BYTES;
    float[] all = room.length == n ? room : new float[n];
    Block.copy(bytes, all);
    return all;
  }

  /** As {@link Msv4Reader#flagBits}. */
  public short[] flagBits(Box box) throws IOException {
    int width = flagBoxes.metadata().type().itemSize();
    if (width > Short.BYTES) {
      return reader.flagBits(box);
    }
    byte[] bytes = flagBoxes.read(box);
    int n = bytes.length / width;
    flags = flags.length == n ? flags : new short[n];
    if (width == Short.BYTES) {
      Block.copy(bytes, flags);
    } else {
      widen(bytes, flags);
    }
    return flags;
  }

  private static void widen(byte[] from, short[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (short) (from[i] & 0xff);
    }
  }
}
