package org.cornerturn.jobs.apply;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.GainApplier;
import org.cornerturn.jobs.solutions.GainChain;

/**
 * Corrects pieces of a stored object in their places, as bytes, a few baselines at a time: what is
 * made numbers, corrected and made bytes again stays in the processor's nearest cache. For one
 * thread.
 */
final class BlockCorrection {
  /** Samples of a block, about: 16 KiB of visibilities. */
  private static final int SAMPLES = 2048;

  private final GainChain chain;
  private final double[] seconds;
  private final long firstChannel;
  private float[] visibilities = {};
  private float[] weights = {};
  private short[] flags = {};

  /**
   * @param seconds of all integrations
   * @param object box of the samples that the chain's gains are of: (time, baseline, frequency,
   *     polarization)
   */
  BlockCorrection(GainChain chain, double[] seconds, Box object) {
    this.chain = chain;
    this.seconds = seconds;
    firstChannel = object.start(2);
  }

  /**
   * Corrects a piece of the object that has all of its baselines and polarizations.
   *
   * @param v complex visibilities, little-endian bytes of floats
   * @param w weights, likewise
   * @return whether flags have changed
   */
  boolean correct(Box piece, byte[] v, byte[] w, short[] f) {
    FloatBuffer allVisibilities = floats(v);
    FloatBuffer allWeights = floats(w);
    int baselines = (int) piece.extent(1);
    int channels = (int) piece.extent(2);
    int row = (int) (piece.extent(2) * piece.extent(3));
    int most = Math.max(1, SAMPLES / row);
    boolean changed = false;
    int at = 0;
    for (long t = piece.start(0); t < piece.end(0); t++) {
      for (int b = 0; b < baselines; b += most) {
        int some = Math.min(most, baselines - b);
        int n = some * row;
        room(n);
        allVisibilities.get(2 * at, visibilities);
        allWeights.get(at, weights);
        System.arraycopy(f, at, flags, 0, n);
        chain.apply(
            seconds[(int) t],
            visibilities,
            weights,
            flags,
            0,
            new GainApplier.Part(b, some, (int) (piece.start(2) - firstChannel), channels));
        allVisibilities.put(2 * at, visibilities);
        allWeights.put(at, weights);
        if (!Arrays.equals(f, at, at + n, flags, 0, n)) {
          System.arraycopy(flags, 0, f, at, n);
          changed = true;
        }
        at += n;
      }
    }
    return changed;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private void room(int samples) {
    if (flags.length != samples) {
      visibilities = new float[2 * samples];
      weights = new float[samples];
      flags = new short[samples];
    }
  }
}
