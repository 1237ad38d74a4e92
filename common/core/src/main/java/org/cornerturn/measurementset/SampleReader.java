package org.cornerturn.measurementset;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.BoxReader;
import org.cornerturn.zarr.EncodedChunk;

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

  /** As {@link #visibilities}, little-endian bytes of floats, which may be changed. */
  public byte[] visibilityBytes(Box box) throws IOException {
    return visibilityBoxes.metadata().type() == Primitive.COMPLEX64
        ? visibilityBoxes.read(box)
        : Block.toBytes(reader.visibilities(box));
  }

  /** As {@link #weights}, little-endian bytes of floats, which may be changed. */
  public byte[] weightBytes(Box box) throws IOException {
    return weightBoxes.metadata().type() == Primitive.FLOAT32
        ? weightBoxes.read(box)
        : Block.toBytes(reader.weights(box));
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

  /** How flags are stored. */
  public ArrayMetadata flagMetadata() {
    return flagBoxes.metadata();
  }

  /**
   * The flags that were read last as they are stored; empty where they are not exactly one stored
   * chunk.
   */
  public Optional<EncodedChunk> encodedFlags() {
    return flagBoxes.encoded();
  }

  private static void widen(byte[] from, short[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (short) (from[i] & 0xff);
    }
  }
}
