package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * Images of a simulated source of 5 Jy, 20 arcmin east and 10 north of the phase centre: data and a
 * cleaned image, which test classes of a JVM share.
 */
final class Night {
  static final int SIDE = 320;
  static final double ARCSEC = Math.toRadians(1 / 3600.0);
  static final double SCALE = 10;

  /** Where the source is: x grows to the west. */
  static final int X = SIDE / 2 - 120;

  static final int Y = SIDE / 2 + 60;

  private static Night shared;

  final Simulated data;

  /** The image. */
  final String cleaned;

  final CommandRun cleaning;

  /** How it is cleaned, with a catalogue of one source. */
  final String[] options;

  private Night(Path folder) throws IOException {
    data =
        new Simulated(folder, "night")
            .make(
                "--source-offset",
                "20arcmin,10arcmin",
                "--flux-jy",
                "5",
                "--noise",
                "--sefd",
                "200")
            .withOwnTables();
    cleaned = folder + "/night.image.zarr";
    writeCatalog(folder.resolve("catalog"), source());
    options =
        new String[] {"--nmiter", "3", "--catalog", folder + "/catalog", "--catalog-min-mjy", "0"};
    cleaning = image(null, options);
  }

  /** Made once in a JVM, and removed at its end. */
  static synchronized Night shared() throws IOException {
    if (shared == null) {
      Path folder = Files.createTempDirectory("night");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      shared = new Night(folder);
    }
    return shared;
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IcrsDirection source() throws IOException {
    return centre().at(1200 * ARCSEC, 600 * ARCSEC);
  }

  /** A catalogue with the source, and a faint one that can't be seen. */
  private static void writeCatalog(Path folder, IcrsDirection source) throws IOException {
    TableDefinition catalog =
        TableDefinition.named("catalog", "sources")
            .text("survey_id", "name")
            .real("ra_deg", "deg", "right ascension")
            .real("dec_deg", "deg", "declination")
            .real("flux_int_mjy", "mJy", "flux density")
            .real("freq_hz", "Hz", "at this frequency");
    double ra = Math.toDegrees(source.raRad());
    double dec = Math.toDegrees(source.decRad());
    new DeltaTable(new LocalStore(folder), catalog)
        .append(
            List.of(
                new Object[] {"bright", ra, dec, 5000.0, 1.4e9},
                new Object[] {"faint", ra, dec - 0.3, 1e-3, 1.4e9}),
            "test",
            0);
  }

  CommandRun image(String out, String... more) {
    return data.run(words(out, more));
  }

  String[] words(String out, String... more) {
    List<String> words = new ArrayList<>(List.of("image", data.set()));
    if (out != null) {
      words.add(out);
    }
    words.addAll(List.of("--size", "" + SIDE, "--scale", SCALE + "asec"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  static float[] fits(String image, String name) throws IOException {
    try (ObjectStore store = new LocalStore(Path.of(image, "fits"));
        ObjectChannel file = store.open(name)) {
      return FitsImage.open(file).plane(0, 0, Integer.MAX_VALUE);
    }
  }

  IcrsDirection centre() throws IOException {
    FieldCenter field = data.reader().fields().get(0);
    return new IcrsDirection(field.longitudeRad(), field.latitudeRad());
  }

  static int largest(float[] plane) {
    int best = 0;
    for (int i = 0; i < plane.length; i++) {
      best = plane[i] > plane[best] ? i : best;
    }
    return best;
  }

  static ImageParameters parameters(String out) throws IOException {
    return ImageParameters.of(Workspace.find(out, Map.of()).get(0).parameters());
  }

  static RunReport inLoop(ImageParameters asked, Kernel<ImageTask> kernel) throws IOException {
    ImagePlanner.Planned planned = new ImagePlanner(asked, Map.of(), null).plan();
    return ChunkJob.inLoop(Map.of())
        .run(ImageJob.request(asked, planned, Existing.REFUSE, null), kernel, Progress.NONE);
  }

  /** What readers see, without the parameters' place and the pyramid, which the loop leaves out. */
  static Map<String, String> content(String image) throws IOException {
    Map<String, String> all = StoreContent.of(image);
    all.keySet().removeIf(k -> k.startsWith("SKY_pyramid/") || k.equals("zarr.json"));
    return all;
  }

  void refused(String why, String... words) {
    CommandRun run = data.attempt(words);
    assertThat(run.exit()).as(run.err()).isIn(2, 4);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
  }
}
