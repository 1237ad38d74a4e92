package org.cornerturn.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.plane.CutOut;
import org.cornerturn.source.Background;
import org.cornerturn.source.FindSettings;
import org.cornerturn.source.ForcedFlux;
import org.cornerturn.source.ForcedPhotometry;
import org.cornerturn.source.Injection;
import org.cornerturn.source.NoiseCorrelation;
import org.cornerturn.source.PixelShape;
import org.cornerturn.source.SourceFinder;
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
 * Finding and fitting a thousand sources in an image, and measuring ten thousand fluxes, background
 * and the noise's correlation included; one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class SourceBenchmark {
  private static final int SOURCES = 1000;
  private static final int PLACES = 10_000;
  private static final PixelShape BEAM = new PixelShape(6.2, 0.8, 5.1);

  @Param("4096")
  private int side;

  private float[] plane;
  private double[] x;
  private double[] y;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] white = new float[side * side];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) random.nextGaussian();
    }
    plane = new float[white.length];
    // Five by five pixels: about as correlated as a beam leaves it.
    for (int v = 2; v < side - 2; v++) {
      for (int u = 2; u < side - 2; u++) {
        float sum = 0;
        for (int dy = -2; dy <= 2; dy++) {
          for (int dx = -2; dx <= 2; dx++) {
            sum += white[(v + dy) * side + u + dx];
          }
        }
        plane[v * side + u] = sum / 5;
      }
    }
    CutOut all = new CutOut(0, 0, side, side);
    for (int s = 0; s < SOURCES; s++) {
      double peak = 5 * Math.pow(100, random.nextDouble());
      Injection.add(plane, all, random.nextDouble() * side, random.nextDouble() * side, peak, BEAM);
    }
    x = random.doubles(PLACES, 0, side - 1).toArray();
    y = random.doubles(PLACES, 0, side - 1).toArray();
  }

  @Benchmark
  public SourceFinder.Found find() {
    SourceFinder finder = new SourceFinder(side, side, BEAM, FindSettings.DEFAULT);
    return finder.find(plane, new CutOut(0, 0, side, side), finder.reach());
  }

  @Benchmark
  public ForcedFlux[] measure() {
    CutOut all = new CutOut(0, 0, side, side);
    SourceFinder finder = new SourceFinder(side, side, BEAM, FindSettings.DEFAULT);
    Background background = finder.background(plane, all, finder.reach());
    NoiseCorrelation noise = NoiseCorrelation.of(plane, all, all, background, BEAM);
    return new ForcedPhotometry(BEAM, noise).measure(plane, all, background, x, y);
  }
}
