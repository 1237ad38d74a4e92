package org.cornerturn.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.EnvelopePlan.Level;
import org.cornerturn.pyramid.EnvelopePlan.Run;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  /** A level and its bins as they would be stored: shape (bin, 2), or (2, bin). */
  private record Stored(Level level, byte[] minMax, boolean statFirst) {}

  /** A trace with its levels, the trace itself first. */
  private record Trace(Primitive type, byte[] samples, List<Stored> levels) {
    int count() {
      return samples.length / type.itemSize();
    }

    List<Level> plain() {
      return levels.stream().map(Stored::level).toList();
    }
  }

  @Property(tries = 400)
  void everyWindowAtEveryWidthHasTheExtremesOfItsSamples(
      @ForAll("types") Primitive type,
      @ForAll @IntRange(min = 1, max = 20_000) int count,
      @ForAll @IntRange(min = 2, max = 3_000) int width,
      @ForAll("layouts") String layout,
      @ForAll long seed) {
    Random random = new Random(seed);
    Trace trace = trace(type, count, layout, random);
    long start = random.nextInt(count);
    long stop = start + 1 + random.nextInt(count - (int) start);
    check(trace, start, stop, width, random);
    check(trace, 0, count, width, random);
    check(trace, start, count, width, random);
    check(trace, 0, stop, width, random);
  }

  private static void check(Trace trace, long start, long stop, int width, Random random) {
    EnvelopePlan plan = EnvelopePlan.of(trace.count(), trace.plain(), start, stop, width);
    assertThat(plan.buckets()).isBetween(1, width);
    Envelope envelope = Envelope.of(trace.type(), plan);
    long covered = start;
    for (Run run : plan.runs()) {
      Stored stored = trace.levels().get(run.level());
      long bin = stored.level().samplesPerBin();
      assertThat(run.firstBin() * bin).as("runs follow each other").isEqualTo(covered);
      covered = Math.min(trace.count(), (run.firstBin() + run.bins()) * bin);
      feed(envelope, trace, run, random);
    }
    assertThat(covered).isEqualTo(stop);
    long[] edges = new long[plan.buckets() + 1];
    for (int i = 0; i < plan.buckets(); i++) {
      edges[i] = plan.firstSample(i);
    }
    edges[plan.buckets()] = stop;
    assertThat(envelope.minMax())
        .isEqualTo(NaiveBins.envelope(trace.type(), trace.samples(), edges));
  }

  /** In pieces of any length, since stored chunks end anywhere. */
  private static void feed(Envelope envelope, Trace trace, Run run, Random random) {
    Stored stored = trace.levels().get(run.level());
    int value = WaveformPyramid.valueType(trace.type()).itemSize();
    for (long at = run.firstBin(); at < run.firstBin() + run.bins(); ) {
      int n = (int) Math.min(run.firstBin() + run.bins() - at, 1 + random.nextInt(20_000));
      int from = (int) at;
      if (run.level() == 0) {
        envelope.samples(at, trace.samples(), from * trace.type().itemSize(), n);
      } else {
        int maxAt = stored.statFirst() ? (int) stored.level().bins() * value : value;
        int step = stored.statFirst() ? 1 : 2;
        envelope.bins(
            stored.level().samplesPerBin(),
            at,
            stored.minMax(),
            from * step * value,
            stored.minMax(),
            maxAt + from * step * value,
            step,
            n);
      }
      at += n;
    }
  }

  private static Trace trace(Primitive type, int count, String layout, Random random) {
    byte[] samples = new byte[count * type.itemSize()];
    random.nextBytes(samples);
    if (type == Primitive.BOOL) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] &= 1;
      }
    }
    if (type.isFloat()) {
      withNaN(type, samples, random);
    }
    List<Stored> levels = new ArrayList<>();
    levels.add(new Stored(new Level(1, count), samples, false));
    switch (layout) {
      case "none" -> {}
      case "overview" -> levels.add(overview(type, samples, count));
      case "both" -> {
        levels.add(regular(type, samples, 16, count));
        levels.add(overview(type, samples, count));
        levels.sort((a, b) -> Long.compare(a.level().samplesPerBin(), b.level().samplesPerBin()));
        levels.removeIf(s -> s.level().samplesPerBin() == 1 && s.statFirst());
      }
      default -> {
        int factor = Integer.parseInt(layout);
        for (long bin = factor; bin < count; bin *= factor) {
          levels.add(regular(type, samples, bin, count));
        }
      }
    }
    return new Trace(type, samples, levels);
  }

  private static Stored regular(Primitive type, byte[] samples, long bin, int count) {
    byte[] minMax = NaiveBins.minMax(type, samples, bin);
    return new Stored(new Level(bin, PyramidLevels.ceilDiv(count, bin)), minMax, false);
  }

  private static Stored overview(Primitive type, byte[] samples, int count) {
    return new Stored(
        new Level(Overview.samplesPerBin(count), Overview.bins(count)),
        NaiveBins.overview(type, samples),
        true);
  }

  /** Whole stretches of NaN, so that bins and buckets of nothing else come about. */
  private static void withNaN(Primitive type, byte[] samples, Random random) {
    ByteBuffer b = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    int count = samples.length / type.itemSize();
    for (int stretch = 0; stretch < 4; stretch++) {
      int from = random.nextInt(count);
      int to = Math.min(count, from + random.nextInt(500));
      for (int i = from; i < to; i++) {
        switch (type) {
          case FLOAT16 -> b.putShort(2 * i, (short) 0x7e00);
          case FLOAT32 -> b.putFloat(4 * i, Float.NaN);
          default -> b.putDouble(8 * i, Double.NaN);
        }
      }
    }
  }

  @Provide
  Arbitrary<Primitive> types() {
    return Arbitraries.frequency(
        Tuple.of(4, Primitive.INT16),
        Tuple.of(2, Primitive.FLOAT32),
        Tuple.of(1, Primitive.UINT8),
        Tuple.of(1, Primitive.FLOAT16),
        Tuple.of(1, Primitive.INT32),
        Tuple.of(1, Primitive.UINT64),
        Tuple.of(1, Primitive.FLOAT64),
        Tuple.of(1, Primitive.COMPLEX64));
  }

  @Provide
  Arbitrary<String> layouts() {
    return Arbitraries.of("none", "overview", "both", "2", "5", "8", "64");
  }

  @Test
  void aSpikeOfOneSampleIsSeenAtEveryZoom() {
    int count = 3_000_000;
    int spike = 1_234_567;
    short[] trace = new short[count];
    trace[spike] = 32_000;
    byte[] samples = Block.toBytes(trace);
    PyramidLevels shape = PyramidLevels.of(count);
    List<Stored> levels = new ArrayList<>();
    levels.add(new Stored(new Level(1, count), samples, false));
    for (int k = 1; k <= shape.count(); k++) {
      levels.add(regular(Primitive.INT16, samples, shape.samplesPerBin(k), count));
    }
    Trace whole = new Trace(Primitive.INT16, samples, levels);
    Random random = new Random(1);
    for (long half = 1; half < count; half *= 3) {
      long start = Math.max(0, spike - half);
      long stop = Math.min(count, spike + half);
      EnvelopePlan plan = EnvelopePlan.of(count, whole.plain(), start, stop, 1000);
      Envelope envelope = Envelope.of(Primitive.INT16, plan);
      plan.runs().forEach(r -> feed(envelope, whole, r, random));
      int bucket = (int) (spike / plan.bucketSamples() - start / plan.bucketSamples());
      short[] minMax = new Block(Primitive.INT16, shape(plan), envelope.minMax()).shorts();
      assertThat(minMax[2 * bucket + 1]).isEqualTo((short) 32_000);
    }
  }

  private static Shape shape(EnvelopePlan plan) {
    return Shape.of(plan.buckets(), 2);
  }

  private static List<Level> levels(long samples) {
    PyramidLevels shape = PyramidLevels.of(samples);
    List<Level> levels = new ArrayList<>();
    for (int k = 0; k <= shape.count(); k++) {
      levels.add(new Level(shape.samplesPerBin(k), shape.bins(k)));
    }
    return levels;
  }

  @Test
  void theFirstViewOfALongTraceReadsOneCoarseLevelAlone() {
    PyramidLevels shape = PyramidLevels.of(1_800_000_000L);
    EnvelopePlan plan =
        EnvelopePlan.of(shape.samples(), levels(shape.samples()), 0, shape.samples(), 1200);
    assertThat(plan.runs()).hasSize(1);
    Run only = plan.runs().get(0);
    assertThat(only.bins()).isEqualTo(shape.bins(only.level())).isLessThan(80_000);
    assertThat(plan.buckets()).isBetween(1060, 1200);
    // Its own bins, where they are about as many as wanted.
    EnvelopePlan whole = EnvelopePlan.of(4_000_000, levels(4_000_000), 0, 4_000_000, 1000);
    assertThat(whole.runs()).containsExactly(new Run(4, 0, 977));
  }

  @Test
  void neighbouringWindowsShareTheirBuckets() {
    List<Level> levels = List.of(new Level(1, 1_000_000), new Level(8, 125_000));
    EnvelopePlan one = EnvelopePlan.of(1_000_000, levels, 100_003, 300_003, 1000);
    EnvelopePlan next = EnvelopePlan.of(1_000_000, levels, 100_107, 300_107, 1000);
    assertThat(next.bucketSamples()).isEqualTo(one.bucketSamples());
    assertThat(next.firstSample(5) % next.bucketSamples()).isZero();
    assertThat(next.firstSample(0)).isEqualTo(100_107);
  }

  @Test
  void windowsOutsideTheTraceAndForeignBinsAreRefused() {
    List<Level> levels = List.of(new Level(1, 100));
    assertThatThrownBy(() -> EnvelopePlan.of(100, levels, 50, 101, 10))
        .hasMessageContaining("50..101 of 100");
    assertThatThrownBy(() -> EnvelopePlan.of(100, levels, 50, 50, 10))
        .hasMessageContaining("50..50");
    assertThatThrownBy(() -> EnvelopePlan.of(100, levels, 0, 50, 1)).hasMessageContaining("two");
    Envelope envelope = new Envelope(Primitive.INT16, 16, 32, 8);
    assertThatThrownBy(() -> envelope.samples(31, new byte[4], 0, 2))
        .hasMessageContaining("leave the window");
    assertThatThrownBy(() -> envelope.bins(3, 6, new byte[4], 0, new byte[4], 2, 2, 1))
        .hasMessageContaining("bins of 3 samples in buckets of 8");
  }
}
