package org.cornerturn.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.InstrumentFile;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.simulate.AntennaLayout;
import org.cornerturn.simulate.Corruption;
import org.cornerturn.simulate.Interference;
import org.cornerturn.simulate.RandomField;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.simulate.SimulatedObservation.Directions;
import org.cornerturn.simulate.SimulatedObservation.Tracking;
import org.cornerturn.simulate.VisibilitySimulator;
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
 * One row of 768 channels and two polarizations (1,536 visibilities, 12.3 kB): phased, and
 * simulated. Microseconds; divided by 1.536, nanoseconds a visibility.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PhasingBenchmark {
  /** Sources that are simulated. */
  @Param({"1", "100"})
  private int sources;

  @Param({"false", "true"})
  private boolean noise;

  private FringeRotator rotator;
  private VisibilitySimulator simulator;
  private float[] row;
  private int baseline;

  @Setup
  public void prepare() {
    Instrument dsa = InstrumentFile.bundled("dsa-110");
    IcrsDirection field = IcrsDirection.ofDegrees(128.7288, 55.5725);
    SimulatedObservation observation =
        new SimulatedObservation(
            1,
            dsa.telescope(),
            AntennaLayout.antennas(dsa, dsa.layout(), 96, 1),
            false,
            dsa.dishDiameterMetres(),
            dsa.band(),
            dsa.polarizations(),
            new JulianDate(2459599, 0.85),
            dsa.integrationSeconds(),
            24,
            Tracking.SIDEREAL,
            field,
            Directions.TANGENT,
            List.copyOf(RandomField.sources(1, field, 0.02, sources)),
            dsa.beam(),
            noise ? dsa.sefdJy() : 0,
            1,
            Corruption.NONE,
            Interference.NONE);
    int[] channels = IntStream.range(0, dsa.band().channels()).toArray();
    simulator = new VisibilitySimulator(observation, channels);
    simulator.integration(3);
    row = new float[simulator.rowLength()];
    simulator.row(1, row, 0);
    rotator =
        new FringeRotator(IntStream.of(channels).mapToDouble(dsa.band()::frequencyHz).toArray(), 2);
  }

  @Benchmark
  public float[] phase() {
    rotator.rotate(row, 0, 37.5);
    return row;
  }

  @Benchmark
  public float[] simulate() {
    baseline = (baseline + 1) % simulator.baselines();
    simulator.row(baseline, row, 0);
    return row;
  }
}
