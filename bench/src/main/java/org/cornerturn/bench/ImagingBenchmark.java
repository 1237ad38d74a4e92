package org.cornerturn.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornerturn.imaging.Degridder;
import org.cornerturn.imaging.GridPlan;
import org.cornerturn.imaging.Gridder;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.ImageSums;
import org.cornerturn.imaging.Precision;
import org.cornerturn.imaging.UvBlock;
import org.cornerturn.imaging.UvwExtent;
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
 * Gridding and degridding on one core: 63 antennas in a T with outriggers, 768 channels from 1.28
 * to 1.53 GHz: 9.0 million samples (row, channel) for an image of 4096 x 4096 pixels of 2.5 arcsec.
 * Milliseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class ImagingBenchmark {
  private static final int ANTENNAS = 63;
  private static final int TIMES = 6;
  private static final double LATITUDE = Math.toRadians(37.23);
  private static final double DECLINATION = Math.toRadians(55.57);

  @Param({"1e-4"})
  private double accuracy;

  @Param({"768"})
  private int channels;

  /** Of the whole image, for which the plan chooses its kernels. */
  @Param({"100000000"})
  private long planned;

  @Param({"1", "2"})
  private int polarizations;

  private GridPlan plan;
  private UvBlock block;
  private float[][] model;
  private float[][] re;
  private float[][] im;

  @Setup
  public void prepare() {
    double[] frequency = new double[channels];
    for (int c = 0; c < channels; c++) {
      frequency[c] = 1.28e9 + 0.25e9 * (c + 0.5) / channels;
    }
    double[] uvw = uvw();
    int samples = uvw.length / 3 * channels;
    float[] values = new float[samples];
    Random random = new Random(1);
    for (int i = 0; i < samples; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    float[] weight = new float[samples];
    Arrays.fill(weight, 1);
    re = new float[polarizations][samples];
    im = new float[polarizations][samples];
    float[][] weights = new float[polarizations][];
    for (int p = 0; p < polarizations; p++) {
      System.arraycopy(values, 0, re[p], 0, samples);
      System.arraycopy(values, 0, im[p], 0, samples);
      weights[p] = weight;
    }
    block = new UvBlock(uvw, frequency, re, im, weights);
    ImageGeometry geometry = new ImageGeometry(4096, 4096, Math.toRadians(2.5 / 3600));
    plan =
        GridPlan.of(
            geometry, accuracy, Precision.SINGLE, UvwExtent.of(uvw, 1.28e9, 1.53e9), planned);
    model = new float[polarizations][4096 * 4096];
    model[0][2048 * 4096 + 1000] = 1;
    System.out.println(plan + ", " + samples + " samples");
  }

  private static double[] uvw() {
    Random random = new Random(110);
    double[][] enu = new double[ANTENNAS][];
    for (int a = 0; a < ANTENNAS; a++) {
      enu[a] =
          a < 32
              ? new double[] {5.75 * (a - 16), 0, 0}
              : a < 53
                  ? new double[] {-133, 5.75 * (a - 30), 0}
                  : new double[] {
                    random.nextDouble() * 2600 - 1300,
                    random.nextDouble() * 2600 - 1300,
                    random.nextDouble() * 12 - 6
                  };
    }
    double[] uvw = new double[ANTENNAS * (ANTENNAS - 1) / 2 * TIMES * 3];
    int at = 0;
    for (int t = 0; t < TIMES; t++) {
      double h = 7.292e-5 * 12.885 * 4 * (t - TIMES / 2.0);
      for (int i = 0; i < ANTENNAS; i++) {
        for (int j = i + 1; j < ANTENNAS; j++) {
          double e = enu[j][0] - enu[i][0];
          double n = enu[j][1] - enu[i][1];
          double up = enu[j][2] - enu[i][2];
          double x = up * Math.cos(LATITUDE) - n * Math.sin(LATITUDE);
          double z = up * Math.sin(LATITUDE) + n * Math.cos(LATITUDE);
          double toward = Math.cos(h) * x - Math.sin(h) * e;
          uvw[at++] = Math.sin(h) * x + Math.cos(h) * e;
          uvw[at++] = -Math.sin(DECLINATION) * toward + Math.cos(DECLINATION) * z;
          uvw[at++] = Math.cos(DECLINATION) * toward + Math.sin(DECLINATION) * z;
        }
      }
    }
    return uvw;
  }

  @Benchmark
  public ImageSums grid() {
    Gridder gridder = Gridder.ofFewPlanes(plan, polarizations);
    gridder.add(block);
    return gridder.finish();
  }

  /** Without transforms: the planes are kept, and dropped. */
  @Benchmark
  public Gridder gridAlone() {
    Gridder gridder = Gridder.ofAllPlanes(plan, polarizations);
    gridder.add(block);
    return gridder;
  }

  @Benchmark
  public float[][] degrid() {
    Degridder.of(plan, model).predict(block, re, im);
    return re;
  }
}
