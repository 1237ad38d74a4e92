package org.cornerturn.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.cornerturn.array.Box;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.storage.LocalStore;
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

  private static final int SIDE = 96;
  private static final double CELL = Math.toRadians(10.0 / 3600);

  /** A FITS file about a direction, of planes of pixels. */
  private static String fits(
      String name,
      IcrsDirection about,
      double cell,
      String unit,
      LinearAxis axis,
      double[]... planes)
      throws IOException {
    int side = (int) Math.sqrt(planes[0].length);
    ImageDescription image =
        ImageDescription.plane(side, side, Wcs.centred(about, side, side, cell), unit)
            .withAxes(axis, null);
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      new FitsImageWriter(image, FitsImageWriter.Precision.DOUBLE)
          .write(PixelSource.of(planes), out);
    }
    return file.toString();
  }

  /** Visibilities of the same pixels as points, each with two planes' fluxes. */
  private static double[] summed(IcrsDirection about, double[] pixels, Beam beam)
      throws IOException {
    List<SkyComponent> points = new ArrayList<>();
    Wcs wcs = Wcs.centred(about, SIDE, SIDE, CELL);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != 0) {
        points.add(
            SkyComponent.point(
                "", wcs.direction(i % SIDE, i / SIDE), Spectrum.flat((float) pixels[i])));
      }
    }
    Msv4Reader reader = data.reader();
    PhaseTrack track = PhaseTrack.of(reader);
    int times = (int) reader.shape().dim(0);
    int baselines = (int) reader.shape().dim(1);
    float[] out = new float[(int) (2 * reader.shape().size())];
    var predictor =
        new VisibilityPredictor(
            points,
            reader.frequenciesHz(),
            reader.polarizations().stream().map(Polarization::valueOf).toList(),
            beam,
            4.7);
    double[] uvw = reader.uvwMetres(0, times);
    for (int t = 0; t < times; t++) {
      predictor.field(track.ofTime().get(t), track.ofTime().get(t));
      predictor.integration(uvw, 3 * baselines * t, baselines, out, out.length / times * t);
    }
    double[] wide = new double[out.length];
    Arrays.setAll(wide, i -> out[i]);
    return wide;
  }

  private static double[] pixels(int count) {
    Random random = new Random(count);
    double[] pixels = new double[SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      pixels[random.nextInt(pixels.length)] = (float) (random.nextDouble() - 0.2);
    }
    return pixels;
  }

  /** Root mean square of the difference over that of what is expected. */
  private static double error(float[] found, double[] expected) {
    double difference = 0;
    double all = 0;
    for (int i = 0; i < found.length; i++) {
      difference += (found[i] - expected[i]) * (found[i] - expected[i]);
      all += expected[i] * expected[i];
    }
    return Math.sqrt(difference / all);
  }

  @Test
  void anImageIsDegriddedToWhatItsPixelsSumUpTo() throws IOException {
    // About another direction than the data's; enough pixels with flux not to be taken one by one.
    IcrsDirection about = centre.at(2e-3, -1e-3);
    double[] pixels = pixels(600);
    String file = fits("model.fits", about, CELL, "JY/PIXEL", null, pixels);
    data.run("model", data.set(), "--model", "image:" + file, "--overwrite");
    assertThat(error(model(), summed(about, pixels, Beam.NONE))).isLessThan(2e-6);
    data.run("model", data.set(), "--model", "image:" + file, "--beam", "airy:4.7", "--overwrite");
    assertThat(error(model(), summed(about, pixels, Beam.AIRY))).isLessThan(5e-6);

    CommandRun many =
        data.attempt(
            "calibrate", data.set(), folder + "/many.cal.zarr", "--model", "image:" + file);
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.err()).contains("--model group:model");
    data.run("calibrate", data.set(), folder + "/group.cal.zarr", "--model", "group:model");
  }

  @Test
  void fewPixelsAreSummedAndPlanesGoOverIntoEachOther() throws IOException {
    double[] few = pixels(20);
    String file = fits("few.fits", centre, CELL, "Jy/pixel", null, few);
    data.run("model", data.set(), "--model", "image:" + file, "--overwrite");
    double[] expected = summed(centre, few, Beam.NONE);
    assertThat(error(model(), expected)).isLessThan(1e-7);

    double[] hertz = data.reader().frequenciesHz();
    double[] twice = Arrays.stream(few).map(f -> 2 * f).toArray();
    LinearAxis band = new LinearAxis(hertz[0], hertz[hertz.length - 1] - hertz[0], 2);
    String cube = fits("cube.fits", centre, CELL, "Jy/pixel", band, few, twice);
    data.run("model", data.set(), "--model", "image:" + cube, "--overwrite");
    int hands = data.reader().polarizations().size();
    for (int i = 0; i < expected.length; i++) {
      double share = (hertz[i / 2 / hands % hertz.length] - hertz[0]) / band.step();
      expected[i] *= 1 + share;
    }
    assertThat(error(model(), expected)).isLessThan(2e-6);
  }

  @Test
  void aBeamMayBeAnImage() throws IOException {
    int side = 512;
    double cell = Math.toRadians(0.02);
    double[] hertz = data.reader().frequenciesHz();
    Wcs wcs = Wcs.centred(centre, side, side, cell);
    double[][] power = new double[2][side * side];
    double[] lmn = new double[3];
    for (int i = 0; i < side * side; i++) {
      wcs.cosines(i % side, i / side, lmn);
      double sine = Math.hypot(lmn[0], lmn[1]);
      for (int f = 0; f < 2; f++) {
        double dishes = 4.7 * hertz[f * (hertz.length - 1)] / FringeRotator.SPEED_OF_LIGHT;
        power[f][i] = BeamPattern.power(Beam.AIRY, sine, false, dishes);
      }
    }
    LinearAxis band = new LinearAxis(hertz[0], hertz[hertz.length - 1] - hertz[0], 2);
    String beam = fits("beam.fits", new IcrsDirection(0, 0), cell, "", band, power);
    double[] few = pixels(20);
    IcrsDirection about = centre.at(0.02, 0.01);
    String file = fits("aside.fits", about, CELL, "Jy/pixel", null, few);
    data.run(
        "model", data.set(), "--model", "image:" + file, "--beam", "fits:" + beam, "--overwrite");
    assertThat(error(model(), summed(about, few, Beam.AIRY))).isLessThan(1e-3);
    assertThat(error(model(), summed(about, few, Beam.NONE))).isGreaterThan(0.1);
    float[] shape = primaryBeam("shape", "airy:4.7");
    float[] pattern = primaryBeam("pattern", "fits:" + beam);
    assertThat((double) shape[0]).isLessThan(0.5);
    for (int i = 0; i < shape.length; i++) {
      // Between the two planes, of the ends of a wide band, the image is linear.
      assertThat(pattern[i]).isCloseTo(shape[i], within(1e-2f));
    }
  }

  /** The beam of a dirty image with the corners in it. */
  private static float[] primaryBeam(String name, String beam) throws IOException {
    String out = folder + "/" + name + ".image.zarr";
    data.run(
        "image",
        data.set(),
        out,
        "--size",
        "64",
        "--scale",
        "3arcmin",
        "--niter",
        "0",
        "--beam",
        beam);
    return SkyImage.open(new LocalStore(Path.of(out)), "")
        .read(SkyImage.PRIMARY_BEAM, 0, 0, 0, 0, 0, 64, 64);
  }

  @Test
  void whatIsNoModelImageIsRefused() throws IOException {
    String restored = fits("restored.fits", centre, CELL, "JY/BEAM", null, pixels(20));
    CommandRun run = data.attempt("model", data.set(), "--model", "image:" + restored);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'JY/BEAM', not Jy/pixel");
    String empty = fits("empty.fits", centre, CELL, "JY/PIXEL", null, pixels(0));
    assertThat(data.attempt("model", data.set(), "--model", "image:" + empty).err())
        .contains("it has no flux");
    String coarse = fits("coarse.fits", centre, Math.toRadians(0.2), "JY/PIXEL", null, pixels(900));
    assertThat(
            data.attempt("model", data.set(), "--model", "image:" + coarse, "--overwrite").exit())
        .isNotZero();
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
