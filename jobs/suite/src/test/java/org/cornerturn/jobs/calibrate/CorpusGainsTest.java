package org.cornerturn.jobs.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.DiagonalSolver;
import org.cornerturn.calibration.GainApplier;
import org.cornerturn.calibration.GainInterpolator;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.Interpolation;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionCells;
import org.cornerturn.calibration.SolverOptions;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.radio.Polarization;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real observation before and after a calibration that others made: with the calibrated data as
 * the model, the gains that they applied come back, and applied by us they give the same data.
 */
class CorpusGainsTest {
  private static final String CORPUS = System.getenv("CORNERTURN_CORPUS");
  private static final String NAME = "zen.2458043.40141.xx.HH.XRAA";

  /**
   * Of a visibility's modulus: single precision of the files, and of gains where they are applied.
   */
  private static final double TOLERANCE = 1e-5;

  /** Channels at each end, in which antennas' responses fall to 1e-4 of the others'. */
  private static final int EDGE = 4;

  @TempDir private Path folder;

  private Msv4Reader converted(String name) throws IOException {
    String set = folder + "/" + name + ".ps.zarr";
    CommandRun run =
        CommandRun.of(
            "convert",
            CORPUS + "/uvh5/" + name + ".uvh5",
            set,
            "--warehouse",
            folder + "/warehouse");
    assertThat(run.exit()).as(run.err()).isZero();
    ProcessingSet opened = ProcessingSet.open(new LocalStore(Path.of(set)));
    return opened.measurementSet(opened.names().get(0));
  }

  @Test
  void gainsOfARealCalibrationComeBack() throws IOException {
    assumeTrue(CORPUS != null, "CORNERTURN_CORPUS is not set");
    Msv4Reader before = converted(NAME + ".uncalibrated");
    Msv4Reader after = converted(NAME);
    List<Polarization> hands = before.polarizations().stream().map(Polarization::valueOf).toList();
    List<String> antennas =
        before.antennaNames().stream().filter(before.antenna1Names()::contains).toList();
    Baselines baselines = Baselines.of(antennas, before.antenna1Names(), before.antenna2Names());
    double[] hertz = before.frequenciesHz();
    SolutionCells cells = SolutionCells.blocks(hands, hertz.length, 1);
    int checked = 0;
    for (int t = 0; t < before.shape().dim(0); t += 10) {
      long[] extent = before.shape().dims();
      extent[0] = 1;
      Box box = Box.of(new long[] {t, 0, 0, 0}, extent);
      float[] data = before.visibilities(box);
      float[] model = after.visibilities(box);
      short[] flags = after.flagBits(box);
      GainTable gains =
          GainTable.diagonal(
              SolutionAxis.of(new double[] {t}, 1),
              SolutionAxis.of(hertz, 1),
              antennas,
              cells.receptors());
      NormalSums sums = new NormalSums(baselines, cells.count());
      sums.add(cells, data, null, flags, 0, model, 0);
      new DiagonalSolver(SolverOptions.USUAL.withMinSnr(0)).solve(sums, gains, 0);
      GainInterpolator at =
          new GainInterpolator(gains, Interpolation.nearest(), Interpolation.nearest(), hertz);
      GainApplier applier = new GainApplier(baselines, hands, cells.receptors(), hertz.length);
      applier.gains(at.at(t));
      float[] corrected = Arrays.copyOf(data, data.length);
      applier.apply(corrected, null, null, 0, 0);
      for (int b = 0; b < baselines.count(); b++) {
        for (int i = b * hertz.length; i < (b + 1) * hertz.length; i++) {
          int channel = i % hertz.length;
          boolean inBand = channel >= EDGE && channel < hertz.length - EDGE;
          if (!baselines.isCross(b) || flags[i] != 0 || !inBand) {
            continue;
          }
          double difference =
              Math.hypot(corrected[2 * i] - model[2 * i], corrected[2 * i + 1] - model[2 * i + 1]);
          double modulus = Math.hypot(model[2 * i], model[2 * i + 1]);
          assertThat(difference).isLessThanOrEqualTo(TOLERANCE * modulus);
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(5000);
  }
}
