package org.cornerturn.bench;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.deconvolution.CleanSettings;
import org.cornerturn.deconvolution.CleanSettings.Method;
import org.cornerturn.deconvolution.Deconvolution;
import org.cornerturn.deconvolution.SpectralFit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Minor cycles on an image of a hundred sources and noise; the second column of the result is
 * components a second. Hogbom's way looks at all pixels for each component, so it takes fifty here;
 * the others take what a minor cycle of gain 0.8 has.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 10)
@Measurement(iterations = 3, time = 10)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class CleanBenchmark {
  @Param({"HOGBOM", "CLARK", "MULTISCALE"})
  private Method method;

  @Param("4096")
  private int side;

  private float[] psf;
  private float[] dirty;
  private Deconvolution deconvolution;
  private final float[][] residual = new float[1][];
  private final float[][] model = new float[1][];

  /** What the second column counts. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Components {
    public long components;
  }

  @Setup
  public void prepare() {
    Random random = new Random(1);
    psf = new float[side * side];
    dirty = new float[side * side];
    for (int i = 0; i < psf.length; i++) {
      double r2 = Math.pow(i % side - side / 2, 2) + Math.pow(i / side - side / 2, 2);
      psf[i] = (float) (Math.exp(-r2 / 8) + 1e-3 * random.nextGaussian());
      dirty[i] = (float) (1e-3 * random.nextGaussian());
    }
    psf[side / 2 * side + side / 2] = 1;
    for (int s = 0; s < 100; s++) {
      int x = side / 8 + random.nextInt(side * 3 / 4);
      int y = side / 8 + random.nextInt(side * 3 / 4);
      double flux = Math.pow(10, -2 * random.nextDouble());
      for (int dy = -8; dy <= 8; dy++) {
        for (int dx = -8; dx <= 8; dx++) {
          dirty[(y + dy) * side + x + dx] += (float) (flux * Math.exp(-(dx * dx + dy * dy) / 8.0));
        }
      }
    }
  }

  @Setup(Level.Invocation)
  public void refill() {
    residual[0] = dirty.clone();
    model[0] = new float[side * side];
    CleanSettings settings =
        CleanSettings.usual(method)
            .withLimits(method == Method.HOGBOM ? 50 : 100_000, 0.01, 0, 0)
            .withScales(List.of(0.0, 10.0, 20.0), 0.6);
    deconvolution =
        new Deconvolution(
            side, side, new float[][] {psf}, SpectralFit.free(new double[] {1}), settings, null, 5);
  }

  @Benchmark
  public float[] minorCycle(Components counter) {
    counter.components += deconvolution.minorCycle(residual, model).iterations();
    return model[0];
  }
}
