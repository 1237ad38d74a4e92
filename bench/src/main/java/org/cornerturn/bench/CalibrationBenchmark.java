package org.cornerturn.bench;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.DelaySolution;
import org.cornerturn.calibration.DelaySolver;
import org.cornerturn.calibration.DiagonalSolver;
import org.cornerturn.calibration.GainApplier;
import org.cornerturn.calibration.GainGrid;
import org.cornerturn.calibration.GainInterpolator;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.Interpolation;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionCells;
import org.cornerturn.calibration.SolverOptions;
import org.cornerturn.radio.Polarization;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One integration of 96 antennas, 192 channels and two polarizations: 1,751,040 visibilities, 14
 * MB, of a calibrator of 5 Jy with gains, and noise of 1.5 Jy. Milliseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CalibrationBenchmark {
  private static final int ANTENNAS = 96;
  private static final int CHANNELS = 192;
  // Channels of a chunk of about a megabyte.
  private static final int CHUNK = 14;
  private static final List<Polarization> HANDS = List.of(Polarization.XX, Polarization.YY);
  private static final List<String> RECEPTORS = List.of("X", "Y");

  private final Baselines baselines = Baselines.all(ANTENNAS);
  private double[] hertz;
  private float[] data;
  private float[] model;
  // The same by chunks: (chunk, baseline, channel, polarization).
  private float[] chunks;
  private float[] weights;
  private short[] flags;
  private NormalSums sums;
  private SolutionCells cells;
  private GainTable table;
  private GainInterpolator interpolator;
  private GainApplier applier;
  private GainGrid grid;

  @Setup
  public void prepare() {
    Random random = new Random(1);
    hertz = IntStream.range(0, CHANNELS).mapToDouble(c -> 1.28e9 + c * 1.3e6).toArray();
    int n = baselines.count() * CHANNELS * 2;
    data = new float[2 * n];
    model = new float[2 * n];
    weights = new float[n];
    flags = new short[n];
    chunks = new float[2 * n];
    double[] delay = random.doubles(ANTENNAS, -5e-9, 5e-9).toArray();
    double[] size = random.doubles(ANTENNAS, 0.8, 1.2).toArray();
    int i = 0;
    for (int b = 0; b < baselines.count(); b++) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      for (int c = 0; c < CHANNELS; c++) {
        double phase = 2 * Math.PI * hertz[c] * (delay[p] - delay[q]) + p - q;
        for (int r = 0; r < 2; r++, i++) {
          model[2 * i] = 5;
          data[2 * i] =
              (float) (5 * size[p] * size[q] * Math.cos(phase) + 1.5 * random.nextGaussian());
          data[2 * i + 1] =
              (float) (5 * size[p] * size[q] * Math.sin(phase) + 1.5 * random.nextGaussian());
          if (c < CHANNELS / CHUNK * CHUNK) {
            int at = ((c / CHUNK * baselines.count() + b) * CHUNK + c % CHUNK) * 2 + r;
            chunks[2 * at] = data[2 * i];
            chunks[2 * at + 1] = data[2 * i + 1];
          }
          weights[i] = 1;
        }
      }
    }
    cells = SolutionCells.blocks(HANDS, CHANNELS, 1);
    sums = new NormalSums(baselines, cells.count());
    sums.add(cells, data, weights, flags, 0, model, 0);
    List<String> names = IntStream.range(0, ANTENNAS).mapToObj(a -> "A" + a).toList();
    table =
        GainTable.diagonal(
            SolutionAxis.of(new double[] {0, 60}, 60),
            SolutionAxis.of(hertz, 1.3e6),
            names,
            RECEPTORS);
    new DiagonalSolver(SolverOptions.USUAL).solve(sums, table, 0);
    new DiagonalSolver(SolverOptions.USUAL).solve(sums, table, 1);
    interpolator =
        new GainInterpolator(table, Interpolation.linear(), Interpolation.linear(), hertz);
    grid = interpolator.at(20);
    applier = new GainApplier(baselines, HANDS, RECEPTORS, CHANNELS);
    applier.gains(GainGrid.diagonal(ANTENNAS, CHANNELS, RECEPTORS));
  }

  /** Sums of a gain for each channel and receptor, 384 of them. */
  @Benchmark
  public NormalSums accumulate() {
    sums.clear();
    sums.add(cells, data, weights, flags, 0, model, 0);
    return sums;
  }

  /** 384 solutions from their sums. */
  @Benchmark
  public GainTable solve() {
    new DiagonalSolver(SolverOptions.USUAL).solve(sums, table, 0);
    return table;
  }

  /** Both, of 13 chunks of 14 channels, 364 solutions: a gain for each time and channel. */
  @Benchmark
  public long solveByChunks() {
    long good = 0;
    SolutionCells chunk = SolutionCells.blocks(HANDS, CHUNK, 1);
    NormalSums part = new NormalSums(baselines, chunk.count());
    GainTable some =
        GainTable.diagonal(
            SolutionAxis.of(new double[] {0}, 60),
            SolutionAxis.of(IntStream.range(0, CHUNK).mapToDouble(c -> hertz[c]).toArray(), 1.3e6),
            table.antennas(),
            RECEPTORS);
    DiagonalSolver solver = new DiagonalSolver(SolverOptions.USUAL);
    int size = baselines.count() * CHUNK * 2;
    for (int c = 0; c + CHUNK <= CHANNELS; c += CHUNK) {
      part.clear();
      int at = c / CHUNK * size;
      part.add(chunk, chunks, weights, flags, at, model, at);
      solver.solve(part, some, 0);
      good += some.flags()[0];
    }
    return good;
  }

  /** Delays of a receptor. */
  @Benchmark
  public DelaySolution delays() {
    return new DelaySolver(hertz, SolverOptions.USUAL)
        .solve(sums, 2, 0, IntStream.range(0, ANTENNAS).boxed().toList());
  }

  /** Gains between two times. */
  @Benchmark
  public GainGrid interpolate() {
    return interpolator.at(20);
  }

  /** Gains made ready to be applied. */
  @Benchmark
  public GainApplier prepareToApply() {
    applier.gains(grid);
    return applier;
  }

  /** Gains of 1, whose repeated application changes nothing: 14 MB of data, 7 of weights. */
  @Benchmark
  public long apply() {
    return applier.apply(data, weights, flags, 0, 1);
  }
}
