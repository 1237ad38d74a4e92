package org.cornerturn.crossmatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.cornerturn.catalogue.Separation;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private record Pair(int left, int right, double separation) {}

  /** A sky with crowds at both poles and around right ascension 0, and doubles. */
  private static SkyPoints sky(Random random, int n) {
    double[] ra = new double[n];
    double[] dec = new double[n];
    for (int i = 0; i < n; i++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          ra[i] = random.nextDouble() * 360;
          dec[i] = 90 - Math.abs(random.nextGaussian()) * 0.5;
        }
        case 1 -> {
          ra[i] = random.nextDouble() * 360;
          dec[i] = -90 + (random.nextBoolean() ? 0 : random.nextDouble() * 0.5);
        }
        case 2 -> {
          ra[i] = Separation.turned(random.nextGaussian() * 0.2);
          dec[i] = random.nextGaussian();
        }
        case 3 -> {
          int other = i == 0 ? 0 : random.nextInt(i);
          ra[i] = ra[other];
          dec[i] = dec[other];
        }
        default -> {
          ra[i] = random.nextDouble() * 360;
          dec[i] = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
        }
      }
    }
    return SkyPoints.of(ra, dec);
  }

  private static SkyPoints withErrors(SkyPoints p, Random random) {
    double[] a = random.doubles(p.count(), 100, 2000).toArray();
    double[] b = random.doubles(p.count(), 100, 2000).toArray();
    return new SkyPoints(p.raDeg(), p.decDeg(), a, b);
  }

  private static long[] numbers(int n) {
    long[] all = new long[n];
    for (int i = 0; i < n; i++) {
      all[i] = i;
    }
    return all;
  }

  private static List<Pair> brute(SkyPoints a, SkyPoints b, double radius) {
    List<Pair> all = new ArrayList<>();
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < b.count(); j++) {
        double s = Separation.degrees(a.raDeg()[i], a.decDeg()[i], b.raDeg()[j], b.decDeg()[j]);
        if (s <= radius) {
          all.add(new Pair(i, j, s));
        }
      }
    }
    all.sort(
        Comparator.comparingInt(Pair::left)
            .thenComparingDouble(Pair::separation)
            .thenComparingInt(Pair::right));
    return all;
  }

  private static List<Pair> found(Matcher matcher, SkyPoints a, SkyPoints b) {
    Pairs pairs = matcher.match(a, numbers(a.count()), null, b, numbers(b.count()));
    List<Pair> all = new ArrayList<>();
    for (int i = 0; i < pairs.count(); i++) {
      all.add(new Pair(pairs.left(i), pairs.right(i), pairs.separationDeg(i)));
    }
    all.sort(Comparator.comparingInt(Pair::left)); // Stable: the nearest stay first.
    return all;
  }

  private static Matcher matcher(MatchMode mode, double radius) {
    return new Matcher(mode, radius, 3, 5.68, false);
  }

  @Property(tries = 60)
  void pairsAreThoseOfBruteForce(
      @ForAll long seed,
      @ForAll @IntRange(max = 160) int n,
      @ForAll @IntRange(max = 160) int m,
      @ForAll @DoubleRange(min = -5, max = 2.25) @Scale(6) double logRadius) {
    Random random = new Random(seed);
    SkyPoints a = withErrors(sky(random, n), random);
    SkyPoints b = withErrors(sky(random, m), random);
    double radius = seed % 7 == 0 ? 0 : Math.pow(10, logRadius);
    List<Pair> all = brute(a, b, radius);
    assertThat(found(matcher(MatchMode.ALL, radius), a, b)).isEqualTo(all);

    List<Pair> best = new ArrayList<>();
    List<Pair> three = new ArrayList<>();
    List<Pair> byErrors = new ArrayList<>();
    List<Integer> lone = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int left = i;
      List<Pair> of = all.stream().filter(p -> p.left() == left).toList();
      of.stream().limit(1).forEach(best::add);
      of.stream().limit(3).forEach(three::add);
      of.stream()
          .filter(p -> Matcher.deRuiter(a, left, b, p.right()) <= 5.68)
          .min(
              Comparator.comparingDouble((Pair p) -> Matcher.deRuiter(a, left, b, p.right()))
                  .thenComparingDouble(Pair::separation)
                  .thenComparingInt(Pair::right))
          .ifPresent(byErrors::add);
      if (of.isEmpty()) {
        lone.add(i);
      }
    }
    assertThat(found(matcher(MatchMode.BEST, radius), a, b)).isEqualTo(best);
    assertThat(found(matcher(MatchMode.K, radius), a, b)).isEqualTo(three);
    assertThat(found(matcher(MatchMode.DERUITER, radius), a, b)).isEqualTo(byErrors);
    assertThat(found(matcher(MatchMode.ANTI, radius), a, b).stream().map(Pair::left).toList())
        .isEqualTo(lone);
    List<Pair> mutual =
        best.stream()
            .filter(
                p ->
                    all.stream()
                            .filter(q -> q.right() == p.right())
                            .min(
                                Comparator.comparingDouble(Pair::separation)
                                    .thenComparingInt(Pair::left))
                            .orElseThrow()
                            .left()
                        == p.left())
            .toList();
    assertThat(found(matcher(MatchMode.MUTUAL, radius), a, b)).isEqualTo(mutual);
  }

  @Test
  void loneRowsComeWhenAskedFor() {
    SkyPoints a = SkyPoints.of(new double[] {0, 10}, new double[] {0, 0});
    SkyPoints b = SkyPoints.of(new double[] {359.9999}, new double[] {0});
    List<Pair> pairs = found(new Matcher(MatchMode.BEST, 0.001, 0, 0, true), a, b);
    assertThat(pairs).hasSize(2);
    assertThat(pairs.get(0).right()).isZero();
    assertThat(pairs.get(0).separation()).isCloseTo(1e-4, within(1e-9));
    assertThat(pairs.get(1).right()).isEqualTo(-1);
    assertThat(pairs.get(1).separation()).isNaN();
    SkyPoints none = SkyPoints.of(new double[0], new double[0]);
    assertThat(found(matcher(MatchMode.ALL, 1), none, b)).isEmpty();
    assertThat(found(matcher(MatchMode.ANTI, 1), a, none)).hasSize(2);
  }

  @Test
  void impossibleRadiiAreRefused() {
    assertThatThrownBy(() -> matcher(MatchMode.ALL, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> matcher(MatchMode.ALL, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Matcher(MatchMode.K, 1, 0, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 50)
  void ordersAreThoseOfASort(@ForAll long seed, @ForAll @IntRange(max = 3000) int n) {
    Random random = new Random(seed);
    int bits = 1 + random.nextInt(62);
    long[] keys = random.longs(n).map(k -> (k & Long.MAX_VALUE) >>> (63 - bits)).toArray();
    TreeSet<Long> pairs = new TreeSet<>();
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    int[] order = KeyOrder.of(keys.clone());
    for (int i = 0; i < n; i++) {
      assertThat(keys[order[i]]).isEqualTo(sorted[i]);
      assertThat(i == 0 || sorted[i] != sorted[i - 1] || order[i] > order[i - 1]).isTrue();
      pairs.add((long) order[i]);
    }
    assertThat(pairs).hasSize(n);
  }

  @Test
  void mediansOfParts() {
    Random random = new Random(1);
    OffsetHistogram a = new OffsetHistogram(-10, 10);
    OffsetHistogram b = new OffsetHistogram(-10, 10);
    for (int i = 0; i < 40_000; i++) {
      (i % 3 == 0 ? a : b).add(0.3 + 0.5 * random.nextGaussian());
    }
    a.add(Double.NaN);
    a.add(1e9); // An outlier moves nothing.
    a.add(OffsetHistogram.unpacked(-10, 10, b.packed()));
    assertThat(a.count()).isEqualTo(40_001);
    assertThat(a.median()).isCloseTo(0.3, within(0.02));
    assertThat(a.sigma()).isCloseTo(0.5, within(0.02));
    assertThat(a.medianError()).isCloseTo(0.5 * 1.2533 / 200, within(1e-4));
    assertThat(new OffsetHistogram(0, 1).median()).isNaN();
  }
}
