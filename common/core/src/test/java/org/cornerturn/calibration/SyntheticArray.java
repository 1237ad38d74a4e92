package org.cornerturn.calibration;

import java.util.Random;

/**
 * An array of antennas at random that looks at a few sources: model, true gains, and data of one
 * integration, (baseline, channel, polarization) with two parallel hands.
 */
final class SyntheticArray {
  static final int HANDS = 2;

  final Baselines baselines;
  final int channels;
  final float[] model;

  /** (antenna, channel, receptor), complex. */
  final double[] gains;

  private final Random random;

  SyntheticArray(long seed, int antennas, int channels, int sources, double amplitudeSpread) {
    random = new Random(seed);
    baselines = Baselines.all(antennas);
    this.channels = channels;
    double[] x = random.doubles(antennas, -500, 500).toArray();
    double[] y = random.doubles(antennas, -500, 500).toArray();
    double[] l = random.doubles(sources, -0.02, 0.02).toArray();
    double[] m = random.doubles(sources, -0.02, 0.02).toArray();
    double[] flux = random.doubles(sources, 0.02, 1).toArray();
    l[0] = 0;
    m[0] = 0;
    flux[0] = 5;
    model = new float[2 * elements()];
    for (int b = 0; b < baselines.count(); b++) {
      double u = x[baselines.second(b)] - x[baselines.first(b)];
      double v = y[baselines.second(b)] - y[baselines.first(b)];
      for (int c = 0; c < channels; c++) {
        double perMetre = 2 * Math.PI * (1.3e9 + c * 1e6) / 299792458.0;
        double re = 0;
        double im = 0;
        for (int s = 0; s < sources; s++) {
          double phase = perMetre * (u * l[s] + v * m[s]);
          re += flux[s] * Math.cos(phase);
          im += flux[s] * Math.sin(phase);
        }
        for (int p = 0; p < HANDS; p++) {
          int e = element(b, c, p);
          model[2 * e] = (float) re;
          model[2 * e + 1] = (float) im;
        }
      }
    }
    gains = new double[2 * antennas * channels * HANDS];
    for (int g = 0; g < gains.length; g += 2) {
      double modulus = Math.exp(amplitudeSpread * random.nextGaussian());
      double phase = random.nextDouble() * 2 * Math.PI;
      gains[g] = modulus * Math.cos(phase);
      gains[g + 1] = modulus * Math.sin(phase);
    }
  }

  int elements() {
    return baselines.count() * channels * HANDS;
  }

  int element(int b, int c, int p) {
    return (b * channels + c) * HANDS + p;
  }

  int gain(int antenna, int c, int p) {
    return 2 * ((antenna * channels + c) * HANDS + p);
  }

  /** g_p conj(g_q) M with noise. */
  float[] data(double sigma) {
    float[] data = new float[model.length];
    for (int b = 0; b < baselines.count(); b++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < HANDS; p++) {
          int i = 2 * element(b, c, p);
          int g = gain(baselines.first(b), c, p);
          int h = gain(baselines.second(b), c, p);
          double gr = gains[g] * gains[h] + gains[g + 1] * gains[h + 1];
          double gi = gains[g + 1] * gains[h] - gains[g] * gains[h + 1];
          double re = gr * model[i] - gi * model[i + 1] + sigma * random.nextGaussian();
          double im = gr * model[i + 1] + gi * model[i] + sigma * random.nextGaussian();
          data[i] = (float) re;
          data[i + 1] = (float) im;
        }
      }
    }
    return data;
  }

  Random random() {
    return random;
  }
}
