package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.cornerturn.jobs.image.Night.ARCSEC;
import static org.cornerturn.jobs.image.Night.SCALE;
import static org.cornerturn.jobs.image.Night.SIDE;
import static org.cornerturn.jobs.image.Night.X;
import static org.cornerturn.jobs.image.Night.Y;
import static org.cornerturn.jobs.image.Night.fits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components are where masks let them be. */
class ImageMasksTest {
  @TempDir private static Path folder;
  private static Night night;

  @BeforeAll
  static void make() throws IOException {
    night = Night.shared();
  }

  @Test
  void aMaskKeepsComponentsIn() throws IOException {
    Path regions = folder.resolve("elsewhere.reg");
    IcrsDirection away = night.centre().at(-900 * ARCSEC, 0);
    Files.writeString(
        regions,
        "icrs\ncircle("
            + Math.toDegrees(away.raRad())
            + ","
            + Math.toDegrees(away.decRad())
            + ",60\")\n");
    String out = folder + "/masked.image.zarr";
    night.image(out, "--nmiter", "1", "--niter", "50", "--region-mask", regions.toString());
    float[] model = fits(out, "masked-model.fits");
    int middleX = SIDE / 2 + 90;
    for (int i = 0; i < model.length; i++) {
      if (model[i] != 0) {
        assertThat(Math.hypot(i % SIDE - middleX, i / SIDE - SIDE / 2)).isLessThan(7);
      }
    }
  }

  /** Circles about the sources of a CSV file; what is night.cleaned tells where it could be. */
  @Test
  void catalogsKeepComponentsInCircles() throws IOException {
    IcrsDirection source = night.centre().at(1200 * ARCSEC, 600 * ARCSEC);
    IcrsDirection other = night.centre().at(-600 * ARCSEC, -600 * ARCSEC);
    Path table = folder.resolve("sources.csv");
    Files.writeString(
        table,
        "# two sources, and one that is too faint\nname,RA,Dec,radius_arcsec,flux_mJy\n"
            + row("a", source, "", "5000")
            + row("b", other, "150", "")
            + row("c", night.centre(), "", "1"));
    String out = folder + "/circles.image.zarr";
    night.image(
        out,
        "--nmiter",
        "1",
        "--niter",
        "20",
        "--auto-mask",
        "0",
        "--catalog-mask",
        table.toString(),
        "--mask-radius",
        "80asec",
        "--mask-min-mjy",
        "10");
    try (ObjectStore store = new LocalStore(Path.of(out))) {
      SkyImage image = SkyImage.open(store, "");
      float[] mask = image.read("MASK_DECONVOLVE", 0, 0, 0, 0, 0, SIDE, SIDE);
      float[] model = image.read("MODEL", 0, 0, 0, 0, 0, SIDE, SIDE);
      for (int i = 0; i < mask.length; i++) {
        double one = Math.hypot(i % SIDE - X, i / SIDE - Y) * SCALE;
        double two = Math.hypot(i % SIDE - SIDE / 2 - 60, i / SIDE - SIDE / 2 + 60) * SCALE;
        if (Math.abs(one - 80) > 1 && Math.abs(two - 150) > 1) {
          assertThat(mask[i]).isEqualTo(one < 80 || two < 150 ? 1 : 0);
        }
        assertThat(model[i] == 0 || mask[i] == 1).isTrue();
      }
      assertThat(model[Y * SIDE + X]).isPositive();
    }
    Files.writeString(table, "name,ra\na,1\n");
    night.refused(
        "no columns ra and dec",
        night.words(folder + "/wrong.image.zarr", "--catalog-mask", table.toString()));
    Files.writeString(table, "ra,dec\n1,wide\n");
    night.refused(
        "row 1 has no numbers",
        night.words(folder + "/wrong.image.zarr", "--catalog-mask", table.toString()));
  }

  private static String row(String name, IcrsDirection at, String radius, String flux) {
    return String.join(
            ",",
            name,
            "" + Math.toDegrees(at.raRad()),
            "" + Math.toDegrees(at.decRad()),
            radius,
            flux)
        + "\n";
  }

  /** Of the table in a FITS file, of which other columns and other units don't matter. */
  @Test
  void tablesInFitsKeepComponentsInCircles() throws Exception {
    IcrsDirection source = night.source();
    BinaryTable rows = new BinaryTable();
    rows.addColumn(new String[] {"far", "here"});
    rows.addColumn(new double[] {0, source.raRad()});
    rows.addColumn(new float[] {0, (float) Math.toDegrees(source.decRad())});
    rows.addColumn(new float[] {1, 5000});
    BinaryTableHDU table = BinaryTableHDU.wrap(rows);
    String[] names = {"Name", "RAJ2000", "DEJ2000", "Flux_mJy"};
    for (int c = 0; c < names.length; c++) {
      table.setColumnName(c, names[c], null);
    }
    table.getHeader().addValue("TUNIT2", "rad", "");
    Path file = folder.resolve("catalog.fits");
    try (Fits fits = new Fits()) {
      fits.addHDU(table);
      fits.write(file.toFile());
    }
    String out = folder + "/fits.image.zarr";
    night.image(
        out,
        "--nmiter",
        "1",
        "--niter",
        "20",
        "--auto-mask",
        "0",
        "--catalog-mask",
        file.toString(),
        "--mask-radius",
        "90asec");
    float[] mask = fits(out, "fits-mask.fits");
    for (int i = 0; i < mask.length; i++) {
      double off = Math.hypot(i % SIDE - X, i / SIDE - Y) * SCALE;
      if (Math.abs(off - 90) > 1) {
        assertThat(mask[i]).isEqualTo(off < 90 ? 1 : 0);
      }
    }
    night.refused(
        "no binary table",
        night.words(folder + "/wrong.image.zarr", "--catalog-mask", out + "/fits/fits-mask.fits"));
  }

  /** A mask is that of the whole image, wherever facets are cut. */
  @Test
  void masksAndFacetsGoTogether() throws IOException {
    Path table = folder.resolve("one.csv");
    Files.writeString(
        table, "name,ra,dec,radius_arcsec,flux_mJy\n" + row("a", night.source(), "200", ""));
    Map<String, float[]> whole = new HashMap<>();
    for (String facets : List.of("1", "4")) {
      String out = folder + "/mask" + facets + ".image.zarr";
      String options = "--nmiter 2 --niter 60 --auto-mask 0 --facets " + facets + " --catalog-mask";
      List<String> words = new ArrayList<>(List.of(options.split(" ")));
      words.add(table.toString());
      night.image(out, words.toArray(String[]::new));
      float[] mask = fits(out, "mask" + facets + "-mask.fits");
      float[] model = fits(out, "mask" + facets + "-model.fits");
      double flux = 0;
      for (int i = 0; i < mask.length; i++) {
        assertThat(model[i] == 0 || mask[i] == 1).isTrue();
        flux += model[i];
      }
      assertThat(flux).isCloseTo(5, within(0.2));
      for (String kind : List.of("mask", "image", "residual")) {
        float[] image = fits(out, "mask" + facets + "-" + kind + ".fits");
        float[] one = whole.putIfAbsent(kind, image);
        for (int i = 0; one != null && i < image.length; i++) {
          assertThat(image[i]).as("%s at %d", kind, i).isCloseTo(one[i], within(2.5e-3f));
        }
      }
    }
  }
}
