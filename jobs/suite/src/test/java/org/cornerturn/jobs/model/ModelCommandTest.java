package org.cornerturn.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the sky, through the front door. */
class ModelCommandTest {
  @TempDir private static Path folder;
  private static Simulated data;
  private static IcrsDirection centre;

  @BeforeAll
  static void simulate() throws IOException {
    data = new Simulated(folder, "sky").make("--polarizations", "XX,XY,YX,YY");
    centre = PhaseTrack.of(data.reader()).middle();
  }

  /** A point and a Gaussian near the phase centre, as WSClean writes them. */
  private static String wsclean() throws IOException {
    double ra = Math.toDegrees(centre.raRad()) / 15;
    double dec = Math.toDegrees(centre.decRad());
    String list =
        "Format = Name, Type, Ra, Dec, I, SpectralIndex, LogarithmicSI,"
            + " ReferenceFrequency='1400000000', MajorAxis, MinorAxis, Orientation\n"
            + String.format(
                Locale.ROOT,
                "a,POINT,%s,%s,2.5,[-0.7,0.1],true,,,,\nb,GAUSSIAN,%s,%s,1.5,[-0.2],true,,40,20,30\n",
                sexagesimal(ra + 0.01, ':'),
                sexagesimal(dec, '.'),
                sexagesimal(ra, ':'),
                sexagesimal(dec - 0.2, '.'));
    Path file = folder.resolve("sources.txt");
    Files.writeString(file, list);
    return file.toString();
  }

  private static String sexagesimal(double value, char separator) {
    int whole = (int) value;
    int minutes = (int) ((value - whole) * 60);
    double seconds = ((value - whole) * 60 - minutes) * 60;
    return String.format(
        Locale.ROOT, "%02d%c%02d%c%012.9f", whole, separator, minutes, separator, seconds);
  }

  private static float[] model() throws IOException {
    Msv4Reader reader = data.reader().group("model");
    return reader.visibilities(Box.all(reader.shape()));
  }

  @Test
  void sparkGivesWhatAPlainLoopGivesAndBothThePredictorsSum() throws IOException {
    String components = "components:" + wsclean();
    data.run("model", data.set(), "--model", components, "--beam", "airy:4.7", "--overwrite");
    float[] found = model();
    Map<String, String> spark = StoreContent.of(data.set());
    ModelParameters parameters =
        new ModelParameters(
            data.set(), null, new ModelChoice(components, "airy:4.7", null, "1.5deg", 0.01, -0.7));
    ModelPlanner.Planned planned = new ModelPlanner(parameters, Map.of(), null).plan();
    RunReport report =
        ChunkJob.inLoop(Map.of())
            .run(
                ModelJob.request(
                    planned, planned.folder(), RunRequest.Existing.OVERWRITE, data.warehouse()),
                new ModelKernel(),
                Progress.NONE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    Map<String, String> loop = StoreContent.of(data.set());
    spark.keySet().removeIf(k -> k.contains("_cornerturn/"));
    loop.keySet().removeIf(k -> k.contains("_cornerturn/"));
    assertThat(loop).isEqualTo(spark);

    OpenSet set = OpenSet.all(data.set(), null, Map.of()).get(0);
    Msv4Reader reader = set.reader();
    PhaseTrack track = PhaseTrack.of(reader);
    SkyModel sky = new ModelSources(parameters.choice(), Map.of(), null).of(set, track);
    assertThat(sky.components()).hasSize(2);
    var predictor =
        sky.predictor(
            reader.frequenciesHz(),
            reader.polarizations().stream().map(Polarization::valueOf).toList());
    int times = (int) reader.shape().dim(0);
    int baselines = (int) reader.shape().dim(1);
    float[] expected = new float[found.length];
    double[] uvw = reader.uvwMetres(0, times);
    for (int t = 0; t < times; t++) {
      predictor.field(track.ofTime().get(t), track.ofTime().get(t));
      predictor.integration(uvw, 3 * baselines * t, baselines, expected, found.length / times * t);
    }
    assertThat(found).isEqualTo(expected);
    assertThat(Arrays.equals(found, new float[found.length])).isFalse();
  }

  @Test
  void aFaultyListIsToldWithItsLine() throws IOException {
    Path file = folder.resolve("faulty.txt");
    Files.writeString(file, "Format = Name, Type, Ra, Dec, I\na,POINT,1:2:3,4.5.6,much\n");
    CommandRun run = data.attempt("model", data.set(), "--model", "components:" + file);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("faulty.txt").contains("line 2: I is no number: 'much'");
  }
}
