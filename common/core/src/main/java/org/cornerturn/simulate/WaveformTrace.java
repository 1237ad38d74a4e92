package org.cornerturn.simulate;

import java.util.Arrays;

/**
 * Samples of one trace of a {@link Waveform}, any range of them. Not for use by several threads.
 */
public final class WaveformTrace {
  private static final long NOISE_STREAM = 3;
  private static final long GLITCH_STREAM = 4;
  private static final double FEATURE_START_SECONDS = 443.5e-6;
  private static final double FEATURE_END_SECONDS = 443.75e-6;
  private static final double FEATURE_SPAN = 20;

  private final Waveform waveform;
  private final double gain;
  private final double shift;
  private final Oscillator signal;
  private final Oscillator slowDrift;
  private final Oscillator fastDrift;
  private final CounterRandom noise;
  private final double cyclesPerInterval;
  private final long[] glitchAt = new long[Waveform.GLITCHES];
  private final double[] glitchVolts = new double[Waveform.GLITCHES];
  private final long featureStart;
  private final long featureEnd;
  private final double[] volts = new double[Oscillator.BLOCK];
  // In sample intervals.
  private final double[] jitter = new double[Oscillator.BLOCK];

  WaveformTrace(Waveform waveform, int channel, int trc, int segment) {
    this.waveform = waveform;
    double dt = waveform.intervalSeconds();
    gain = waveform.gain(channel, trc);
    shift = channel * Waveform.CHANNEL_STEP_VOLTS + waveform.offset(channel, trc);
    signal = new Oscillator(waveform.frequencyHz(), dt);
    slowDrift = new Oscillator(0.1, dt);
    fastDrift = new Oscillator(0.5, dt);
    cyclesPerInterval = waveform.frequencyHz() * dt;
    noise = new CounterRandom(waveform.seed(), NOISE_STREAM, channel, trc, segment);
    CounterRandom glitches =
        new CounterRandom(waveform.seed(), GLITCH_STREAM, channel, trc, segment);
    for (int g = 0; g < Waveform.GLITCHES; g++) {
      glitchAt[g] = (long) (glitches.uniform(3L * g) * waveform.samples());
      double size = glitches.uniform(3L * g + 1, 0.05, 0.15);
      glitchVolts[g] = glitches.bits(3L * g + 2) < 0 ? -size : size;
    }
    featureStart = Math.round(FEATURE_START_SECONDS / dt);
    featureEnd = Math.round(FEATURE_END_SECONDS / dt);
  }

  /**
   * Fills {@code count} ADC samples from sample {@code first} on.
   *
   * @param offset index of the first in {@code target}
   */
  public void fill(long first, short[] target, int offset, int count) {
    if (first < 0 || count < 0 || first + count > waveform.samples()) {
      throw new IllegalArgumentException(
          "samples " + first + ".." + (first + count) + " of " + waveform.samples());
    }
    int done = 0;
    while (done < count) {
      long at = first + done;
      int inBlock = (int) (at % Oscillator.BLOCK);
      int n = Math.min(Oscillator.BLOCK - inBlock, count - done);
      block(at - inBlock, inBlock, inBlock + n);
      digitise(inBlock, n, target, offset + done);
      done += n;
    }
  }

  private void digitise(int from, int n, short[] target, int at) {
    double perVolt = 1 / gain;
    for (int i = 0; i < n; i++) {
      // The cast cuts towards zero, as an integer conversion of the counts would.
      int adc = (int) ((volts[from + i] + shift) * perVolt);
      target[at + i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, adc));
    }
  }

  /** Volts before channel step and offset, with noise, from sample {@code first} on. */
  public double[] volts(long first, int count) {
    double[] all = new double[count];
    int done = 0;
    while (done < count) {
      long at = first + done;
      int inBlock = (int) (at % Oscillator.BLOCK);
      int n = Math.min(Oscillator.BLOCK - inBlock, count - done);
      block(at - inBlock, inBlock, inBlock + n);
      System.arraycopy(volts, inBlock, all, done, n);
      done += n;
    }
    return all;
  }

  private void block(long start, int from, int to) {
    signal.block(start);
    slowDrift.block(start);
    fastDrift.block(start);
    for (int i = from; i < to; i++) {
      long bits = noise.bits(start + i);
      jitter[i] = Waveform.JITTER * Ziggurat.normal((int) (bits >>> 32));
      volts[i] = Waveform.NOISE_VOLTS * Ziggurat.normal((int) bits);
    }
    for (int i = from; i < to; i++) {
      volts[i] += 0.01 * slowDrift.sin(i) + 0.005 * fastDrift.sin(i);
    }
    switch (waveform.signal()) {
      case SINE -> {
        for (int i = from; i < to; i++) {
          volts[i] += Waveform.AMPLITUDE_VOLTS * jitteredSine(i);
        }
      }
      case SQUARE -> {
        for (int i = from; i < to; i++) {
          volts[i] += Waveform.AMPLITUDE_VOLTS * Math.signum(jitteredSine(i));
        }
      }
      case SAWTOOTH -> {
        for (int i = from; i < to; i++) {
          double cycles = cyclesPerInterval * ((double) (start + i) + jitter[i]);
          volts[i] += Waveform.AMPLITUDE_VOLTS * 2 * (cycles - Math.floor(0.5 + cycles));
        }
      }
      case PULSE -> {
        for (int i = from; i < to; i++) {
          double cycles = cyclesPerInterval * ((double) (start + i) + jitter[i]);
          boolean on = cycles - Math.floor(cycles) < 0.05;
          volts[i] += on ? 2 * Waveform.AMPLITUDE_VOLTS : 0;
        }
      }
    }
    long end = start + to;
    for (long s = Math.max(start + from, featureStart); s < Math.min(end, featureEnd); s++) {
      volts[(int) (s - start)] += feature(s);
    }
    for (int g = 0; g < glitchAt.length; g++) {
      if (glitchAt[g] >= start + from && glitchAt[g] < end) {
        volts[(int) (glitchAt[g] - start)] += glitchVolts[g];
      }
    }
  }

  /** The sine at a sample's jittered time, by the sum of angles. */
  private double jitteredSine(int i) {
    // The jitter's angle is small, so a few terms of the series do.
    double x = 2 * Math.PI * cyclesPerInterval * jitter[i];
    double q = x * x;
    double cosX = 1 - q * 0.5 * (1 - q * (1.0 / 12) * (1 - q * (1.0 / 30)));
    double sinX = x * (1 - q * (1.0 / 6) * (1 - q * (1.0 / 20) * (1 - q * (1.0 / 42))));
    return signal.sin(i) * cosX + signal.cos(i) * sinX;
  }

  private double feature(long sample) {
    long length = featureEnd - featureStart;
    double x = length < 2 ? 0 : FEATURE_SPAN * (sample - featureStart) / (length - 1.0);
    return -0.05 * StrictMath.exp(-x) * StrictMath.sin(2 * Math.PI * 50 * x);
  }

  /** Samples that carry a glitch, in no order. */
  public long[] glitches() {
    return Arrays.copyOf(glitchAt, glitchAt.length);
  }
}
