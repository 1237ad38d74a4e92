package org.cornerturn.plane;

/**
 * Transform of a plane or a kernel, of one {@link Convolver} and those like it. Frequencies v of 0
 * and above lie in blocks; a block is an array of its real and then its imaginary parts, (u, v), u
 * in the order in which the transform leaves it.
 */
public final class PlaneSpectrum {
  final float[][] blocks;

  PlaneSpectrum(float[][] blocks) {
    this.blocks = blocks;
  }

  /** Transform of two kernels one after the other. */
  public PlaneSpectrum times(PlaneSpectrum other) {
    float[][] out = new float[blocks.length][];
    for (int b = 0; b < out.length; b++) {
      float[] x = blocks[b];
      float[] y = other.blocks[b];
      int half = x.length / 2;
      out[b] = new float[x.length];
      for (int i = 0; i < half; i++) {
        out[b][i] = x[i] * y[i] - x[half + i] * y[half + i];
        out[b][half + i] = x[i] * y[half + i] + x[half + i] * y[i];
      }
    }
    return new PlaneSpectrum(out);
  }
}
