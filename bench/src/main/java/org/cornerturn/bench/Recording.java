package org.cornerturn.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Samples as an oscilloscope gives them: a slow sine under noise, so about half compressible. */
final class Recording {
  /** Samples of a chunk of the waveform layout. */
  static final int CHUNK = 262_144;

  static final int ITEM_SIZE = 2;

  private Recording() {}

  /** Little-endian int16 samples, always the same. */
  static byte[] samples(int count) {
    Random random = new Random(20240601);
    ByteBuffer b = ByteBuffer.allocate(count * ITEM_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      b.putShort((short) Math.rint(1000 * Math.sin(i * 1e-3) + 100 * random.nextGaussian()));
    }
    return b.array();
  }
}
