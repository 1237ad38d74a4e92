package org.cornerturn.simulate;

import java.io.Serializable;
import java.util.Locale;
import org.cornerturn.array.Shape;

/**
 * Parameters of a simulated oscilloscope recording of shape (channel, trc, segment, sample): a
 * periodic signal with jitter in time, a short decaying feature, slow drift, Gaussian noise and a
 * few one-sample glitches, digitised to int16 with a gain and an offset of each (channel, trc).
 *
 * <p>Volts are recovered as {@code adc * gain - offset}. Every sample follows from the seed and its
 * four indices; segments differ in noise and glitches.
 *
 * @param seed chooses noise, jitter, glitches, gains and offsets
 * @param intervalSeconds time between two samples
 * @param frequencyHz of the signal
 */
public record Waveform(
    long seed,
    int channels,
    int trcs,
    int segments,
    long samples,
    Signal signal,
    double intervalSeconds,
    double frequencyHz)
    implements Serializable {
  /** Standard deviation of the noise, in volts. */
  public static final double NOISE_VOLTS = 0.01;

  /** Standard deviation of a sample's time, as a part of the interval. */
  public static final double JITTER = 0.05;

  /** Glitches of a trace. */
  public static final int GLITCHES = 3;

  /** Volts between one channel and the next. */
  public static final double CHANNEL_STEP_VOLTS = 0.05;

  static final double AMPLITUDE_VOLTS = 0.1;
  private static final long GAIN_STREAM = 1;
  private static final long OFFSET_STREAM = 2;

  /** Shape of the periodic signal. */
  public enum Signal {
    /** 0.1 V times the sine. */
    SINE,
    /** 0.1 V times the sine's sign. */
    SQUARE,
    /** From -0.1 V to 0.1 V over a period, through zero where the period starts. */
    SAWTOOTH,
    /** 0.2 V during the first twentieth of a period, else zero. */
    PULSE;

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Waveform {
    if (channels < 1 || trcs < 1 || segments < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "a waveform needs one channel, trc, segment and sample at least");
    }
    if (!(intervalSeconds > 0) || !(frequencyHz > 0) || frequencyHz * intervalSeconds > 0.5) {
      throw new IllegalArgumentException(
          "interval and frequency must be positive, with two samples a period at least");
    }
  }

  /** Two channels, one trc, three segments of 100 million samples, 2 ns apart; a sine of 50 Hz. */
  public static Waveform standard(long seed) {
    return new Waveform(seed, 2, 1, 3, 100_000_000, Signal.SINE, 2e-9, 50);
  }

  /** A small recording: 2 channels, 3 trcs, 5 segments of a million samples. */
  public static Waveform minimal(long seed) {
    return standard(seed).withShape(2, 3, 5, 1_000_000);
  }

  public Waveform withShape(int channel, int trc, int segment, long sample) {
    return new Waveform(seed, channel, trc, segment, sample, signal, intervalSeconds, frequencyHz);
  }

  public Waveform withSignal(Signal other) {
    return new Waveform(
        seed, channels, trcs, segments, samples, other, intervalSeconds, frequencyHz);
  }

  /** (channel, trc, segment, sample). */
  public Shape shape() {
    return Shape.of(channels, trcs, segments, samples);
  }

  /** Volts per ADC count: 1e-4 V, up to 2 % more or less. */
  public float gain(int channel, int trc) {
    return (float)
        (1e-4 * new CounterRandom(seed, GAIN_STREAM).uniform(place(channel, trc), 0.98, 1.02));
  }

  /** Volts added before the ADC: -0.2 V, up to 10 mV more or less. */
  public float offset(int channel, int trc) {
    double part = new CounterRandom(seed, OFFSET_STREAM).uniform(place(channel, trc), -0.01, 0.01);
    return (float) (-0.2 + part);
  }

  private long place(int channel, int trc) {
    return (long) channel * trcs + trc;
  }

  /** Gains of shape (channel, trc), in volts per count. */
  public float[][] gains() {
    float[][] all = new float[channels][trcs];
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < trcs; t++) {
        all[c][t] = gain(c, t);
      }
    }
    return all;
  }

  /** Offsets of shape (channel, trc), in volts. */
  public float[][] offsets() {
    float[][] all = new float[channels][trcs];
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < trcs; t++) {
        all[c][t] = offset(c, t);
      }
    }
    return all;
  }

  /** A source of the samples of one trace. */
  public WaveformTrace trace(int channel, int trc, int segment) {
    if (channel < 0
        || channel >= channels
        || trc < 0
        || trc >= trcs
        || segment < 0
        || segment >= segments) {
      throw new IllegalArgumentException(
          "no trace " + channel + "," + trc + "," + segment + " in " + shape());
    }
    return new WaveformTrace(this, channel, trc, segment);
  }
}
