package org.cornerturn.simulate;

import org.cornerturn.radio.Instrument.Band;

/**
 * True complex gains of antennas: g(time, channel) = B(channel) G(time) of each receptor. A
 * visibility is g_1 conj(g_2) times the model's.
 */
public final class AntennaGains {
  private static final long STREAM = 11;
  private static final long BANDPASS = 8;
  // A gain never falls below this part of 1, so that every antenna can be calibrated.
  private static final double LEAST = 0.2;

  private final Corruption corruption;
  private final Band band;
  private final int integrations;
  private final long seed;

  AntennaGains(long seed, Corruption corruption, Band band, int integrations) {
    this.seed = seed;
    this.corruption = corruption;
    this.band = band;
    this.integrations = integrations;
  }

  private CounterRandom draws(int antenna, int receptor) {
    return new CounterRandom(seed, STREAM, antenna, receptor);
  }

  /** Normal deviates number {@code i} of an antenna's receptor. */
  private static double normal(CounterRandom draws, long i) {
    return Ziggurat.normal((int) (draws.bits(i) >>> 32));
  }

  /**
   * B of a receptor: (real, imaginary).
   *
   * @param channel counted upwards from the band's lowest
   */
  public double[] bandpass(int antenna, int receptor, int channel) {
    CounterRandom d = draws(antenna, receptor);
    double middle = (band.channels() - 1) / 2.0;
    double x = middle == 0 ? 0 : (channel - middle) / middle;
    double shape = 1;
    double power = x;
    for (int k = 0; k < 3; k++) {
      shape += corruption.bandpass() * normal(d, BANDPASS + k) * power;
      power *= x;
    }
    double modulus =
        Math.max(LEAST, 1 + corruption.amplitude() * normal(d, 0)) * Math.max(LEAST, shape);
    double delay = corruption.delaySeconds() * normal(d, 1);
    double hertz = (channel - middle) * band.channelWidthHz();
    double phase = corruption.phaseRad() * normal(d, 2) + 2 * Math.PI * delay * hertz;
    return new double[] {modulus * Math.cos(phase), modulus * Math.sin(phase)};
  }

  /** Delay of a receptor in seconds. */
  public double delaySeconds(int antenna, int receptor) {
    return corruption.delaySeconds() * normal(draws(antenna, receptor), 1);
  }

  /** G of a receptor: (real, imaginary); 1 in the observation's middle. */
  public double[] gain(int antenna, int receptor, int integration) {
    CounterRandom d = draws(antenna, receptor);
    double middle = (integrations - 1) / 2.0;
    double t = middle == 0 ? 0 : (integration - middle) / middle;
    double modulus = Math.max(LEAST, 1 + corruption.drift() * normal(d, 3) * t);
    double phase = corruption.drift() * normal(d, 4) * t;
    return new double[] {modulus * Math.cos(phase), modulus * Math.sin(phase)};
  }
}
