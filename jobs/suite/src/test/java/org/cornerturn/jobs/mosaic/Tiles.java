package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.plane.BeamKernel;
import org.cornerturn.plane.Convolver;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/** Images of a sky of one source, each through its own antennas' beam, with known noise. */
final class Tiles {
  static final int SIDE = 160;
  static final double PIXEL = Math.toRadians(1 / 60.0);
  static final double HERTZ = 1.4e9;
  static final double DISH = 4.7;
  static final double FLUX = 3;
  static final Instant START = Instant.parse("2026-01-01T00:05:00Z");
  static final GaussianBeam BEAM = new GaussianBeam(3 * PIXEL, 2.5 * PIXEL, 0.4);

  /** Across right ascension 0, about the middle of the third tile. */
  static final IcrsDirection SOURCE = IcrsDirection.ofDegrees(359.8, 30.1);

  private Tiles() {}

  static IcrsDirection centre(int tile) {
    return IcrsDirection.ofDegrees((358.5 + tile + 360) % 360, 30);
  }

  static Wcs wcs(int tile) {
    return Wcs.centred(centre(tile), SIDE, SIDE, PIXEL);
  }

  static double sigma(int tile) {
    return 0.01 * (1 + 0.5 * tile);
  }

  static float[] pattern(int tile) {
    return new PrimaryBeam(Beam.AIRY, DISH, centre(tile)).plane(wcs(tile), SIDE, SIDE, HERTZ);
  }

  /** What antennas receive: the source through their beam, and noise that is correlated. */
  static float[] image(int tile) {
    Random random = new Random(100 + tile);
    float[] out = new float[SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    BeamKernel kernel = BeamKernel.of(BEAM, wcs(tile));
    double power = 0;
    for (float k : kernel.values()) {
      power += k * k;
    }
    Convolver convolver = new Convolver(SIDE, SIDE, kernel.reach());
    convolver.convolve(
        out, convolver.transform(kernel.values(), kernel.side(), kernel.side()), out);
    double[] at = wcs(tile).pixel(SOURCE);
    float[] pattern = pattern(tile);
    for (int i = 0; i < out.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      int edge = Math.min(Math.min(x, SIDE - 1 - x), Math.min(y, SIDE - 1 - y));
      double source = FLUX * pattern[i] * BEAM.value(-(x - at[0]) * PIXEL, (y - at[1]) * PIXEL);
      // Nearer to the edge there is less noise, since nothing lies beyond.
      out[i] =
          edge < kernel.reach()
              ? Float.NaN
              : (float) (sigma(tile) * out[i] / Math.sqrt(power) + source);
    }
    return out;
  }

  static ImageDescription description(int tile) {
    return ImageDescription.plane(SIDE, SIDE, wcs(tile), "JY/BEAM")
        .withAxes(LinearAxis.channel(HERTZ, 1e8), LinearAxis.of(Polarization.I))
        .withBeam(BEAM)
        .withOrigin(
            new ImageDescription.Origin(
                "field", "test", "", START.plusSeconds(600L * tile), HERTZ));
  }

  static Path fits(Path folder, String name, ImageDescription about, float[] plane)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".fits");
    try (OutputStream out = Files.newOutputStream(file)) {
      new FitsImageWriter(about, FitsImageWriter.Precision.SINGLE)
          .write(PixelSource.of(plane), out);
    }
    return file;
  }

  /** A tile as two FITS files. */
  static String fits(Path folder, int tile) throws IOException {
    fits(folder, "t" + tile + "-pb", description(tile).withBeam(null), pattern(tile));
    return fits(folder, "t" + tile + "-image", description(tile), image(tile)).toString();
  }

  /** A tile as a Zarr group. */
  static String zarr(Path folder, int tile) throws IOException {
    Path root = folder.resolve("t" + tile + ".image.zarr");
    double mjd = SkyImageLayout.mjd(START.plusSeconds(600L * tile).getEpochSecond());
    SkyImageLayout layout =
        new SkyImageLayout(
            centre(tile),
            SIDE,
            SIDE,
            PIXEL,
            List.of(mjd),
            List.of(HERTZ),
            List.of(1e8),
            List.of("I"),
            4096);
    try (ObjectStore store = new LocalStore(root)) {
      ZarrHierarchy hierarchy =
          new ZarrHierarchy(ZarrFormat.V3)
              .group("", layout.attributes(Map.of("sky", "SKY"), "field", ""));
      ArrayMetadata plane = layout.plane(Primitive.FLOAT32, "test", "Jy/beam");
      layout.write(store, SkyImage.SKY, plane, new int[3], image(tile));
      layout.write(store, SkyImage.PRIMARY_BEAM, plane, new int[3], pattern(tile));
      layout.writeCoordinates(store, new GaussianBeam[] {BEAM});
      hierarchy.array(SkyImage.SKY, plane).array(SkyImage.PRIMARY_BEAM, plane);
      layout.addTo(hierarchy);
      hierarchy.publish(store, "");
    }
    return root.toString();
  }

  /** A Delta table of the source, of one that isn't there, and of one that can't be seen. */
  static String catalog(Path folder) throws IOException {
    TableDefinition table =
        TableDefinition.named("catalog", "sources")
            .text("survey_id", "name")
            .real("ra_deg", "deg", "right ascension")
            .real("dec_deg", "deg", "declination")
            .real("flux_int_mjy", "mJy", "flux density")
            .real("freq_hz", "Hz", "at this frequency");
    double ra = Math.toDegrees(SOURCE.raRad());
    double dec = Math.toDegrees(SOURCE.decRad());
    new DeltaTable(new LocalStore(folder), table)
        .append(
            List.of(
                new Object[] {"there", ra, dec, 1000 * FLUX, HERTZ},
                new Object[] {"not there", ra, dec + 0.4, 900.0, HERTZ},
                new Object[] {"faint", ra, dec - 0.4, 12.0, HERTZ}),
            "test",
            0);
    return folder.toString();
  }
}
