package org.cornerturn.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.flagging.FlagStrategy.Rank;
import org.cornerturn.flagging.FlagStrategy.Threshold;
import org.cornerturn.flagging.FlagStrategy.Totals;
import org.cornerturn.flagging.PlaneFlagger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One plane of amplitudes of 24 integrations, searched and extended. Microseconds; with 192
 * channels, divided by 4.608, nanoseconds a sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlagBenchmark {
  private static final int TIMES = 24;

  @Param({"98", "192", "768"})
  private int channels;

  /** Whether there is interference: two channels in a hundred, and a burst. */
  @Param({"false", "true"})
  private boolean interference;

  private float[] amplitudes;
  private byte[] bits;
  private PlaneFlagger flagger;

  @Setup
  public void prepare() {
    FlagStrategy strategy =
        new FlagStrategy(
            "standard",
            new Masks(true, false, 0, 0, -90),
            new Threshold(3, 1, 6, 2, 1.5, 64, 64, 2.5, 5),
            null,
            new Rank(0.2, 0.2),
            true,
            new Totals(0.5, 0.5, 0.5, 0.5));
    Random random = new Random(1);
    amplitudes = new float[TIMES * channels];
    bits = new byte[amplitudes.length];
    for (int i = 0; i < amplitudes.length; i++) {
      int channel = i % channels;
      boolean bad =
          interference && (channel % 50 == 7 || i / channels == 9 && channel < channels / 6);
      amplitudes[i] =
          (float) Math.hypot(2 + random.nextGaussian(), random.nextGaussian()) + (bad ? 8 : 0);
    }
    flagger = new PlaneFlagger(TIMES, channels, strategy);
  }

  @Benchmark
  public byte[] plane() {
    Arrays.fill(bits, (byte) 0);
    if (flagger.detect(amplitudes, bits) > 0) {
      flagger.extend(amplitudes, bits);
    }
    return bits;
  }
}
