package org.cornerturn.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornerturn.OutsideProgram;
import org.cornerturn.fits.FitsImageWriter.Precision;
import org.cornerturn.fits.ImageDescription.Origin;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.Wcs;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitsImageTest {
  private static final double CELL = Math.toRadians(2.5 / 3600);
  private static final long LARGE = 1 << 20;

  @TempDir Path folder;

  @Test
  void astropyFindsOurPixels() throws Exception {
    List<Wcs> systems =
        List.of(
            Wcs.centred(IcrsDirection.ofDegrees(0.01, 54.57), 4096, 4096, CELL),
            Wcs.centred(IcrsDirection.ofDegrees(210, -30), 4096, 4095, CELL),
            Wcs.centred(IcrsDirection.ofDegrees(77, 90), 4096, 4096, CELL),
            new Wcs(
                Projection.northCelestialPole(0.9),
                IcrsDirection.ofDegrees(150, Math.toDegrees(0.9)),
                2000,
                2000,
                -CELL,
                0,
                0,
                CELL),
            new Wcs(
                Projection.TAN,
                IcrsDirection.ofDegrees(359.99, -5),
                100.25,
                -7.5,
                -CELL,
                0.4 * CELL,
                0.3 * CELL,
                1.1 * CELL));
    List<String> arguments = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 40; i++) {
      arguments.add(4096 * random.nextDouble() + "," + 4096 * random.nextDouble());
    }
    // A few pixels suffice: the header says where all of the sky is.
    List<String> files = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      Path file = folder.resolve("wcs-" + s + ".fits");
      write(file, ImageDescription.plane(4, 3, systems.get(s), "JY/BEAM"), new float[12]);
      files.add(file.toString());
    }
    arguments.add(0, String.join(",", files));
    arguments.add(0, "wcs");
    String[] said = python(arguments).split("\n");
    assertThat(said).hasSize(40 * systems.size());
    for (int i = 0; i < said.length; i++) {
      Wcs wcs = systems.get(i / 40);
      String[] sky = said[i].split(" ");
      String[] asked = arguments.get(2 + i % 40).split(",");
      IcrsDirection theirs = IcrsDirection.ofDegrees(number(sky[0]), number(sky[1]));
      double[] pixel = wcs.pixel(theirs);
      assertThat(pixel[0]).as("%s %s", wcs, asked[0]).isCloseTo(number(asked[0]), within(1e-6));
      assertThat(pixel[1]).isCloseTo(number(asked[1]), within(1e-6));
      assertThat(wcs.direction(number(asked[0]), number(asked[1])).separationRad(theirs))
          .isLessThan(1e-6 * CELL);
    }
    try (ObjectStore store = new LocalStore(folder)) {
      for (int s = 0; s < systems.size(); s++) {
        try (ObjectChannel channel = store.open("wcs-" + s + ".fits")) {
          Wcs read = FitsImage.open(channel).description().wcs();
          double[] pixel = read.pixel(systems.get(s).direction(1234.5, 3210.25));
          assertThat(pixel[0]).isCloseTo(1234.5, within(1e-6));
          assertThat(pixel[1]).isCloseTo(3210.25, within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void verifiesAndReadsTheSame(Precision precision) throws Exception {
    float[][] planes = new float[6][7 * 5];
    for (int p = 0; p < 6; p++) {
      for (int i = 0; i < 35; i++) {
        planes[p][i] = 1e-3f * (100 * p + i) - 0.02f;
      }
    }
    planes[4][13] = Float.NaN;
    ImageDescription cube = full();
    Path file = folder.resolve("cube-" + precision + ".fits");
    try (OutputStream out = Files.newOutputStream(file)) {
      new FitsImageWriter(cube, precision).write(PixelSource.of(planes), out);
    }
    assertThat(Files.size(file) % 2880).isZero();
    String verdict = OutsideProgram.run("fitsverify", file.toString());
    assertThat(verdict).contains("found 0 warning(s) and 0 error(s)");
    String[] said = python(List.of("values", file.toString())).split("\n");
    assertThat(said[1]).isEqualTo("2 3 5 7");
    String[] values = said[0].split(" ");
    for (int i = 0; i < values.length; i++) {
      float ours = planes[i / 35][i % 35];
      float theirs = values[i].equals("nan") ? Float.NaN : (float) number(values[i]);
      assertThat(Float.compare(theirs, ours)).as("%s, %s", theirs, ours).isZero();
    }
    try (ObjectStore store = new LocalStore(folder);
        ObjectChannel channel = store.open(file.getFileName().toString())) {
      FitsImage image = FitsImage.open(channel);
      ImageDescription read = image.description();
      assertThat(read.frequency()).isEqualTo(cube.frequency());
      assertThat(read.stokes()).isEqualTo(cube.stokes());
      assertThat(read.origin()).isEqualTo(cube.origin());
      assertThat(read.unit()).isEqualTo("JY/BEAM");
      assertThat(read.beam().majorRad()).isCloseTo(cube.beam().majorRad(), within(1e-15));
      assertThat(read.beam().positionAngleRad())
          .isCloseTo(cube.beam().positionAngleRad(), within(1e-12));
      assertThat(image.number("CTNITER", 0)).isEqualTo(17);
      assertThat(image.card("CTWEIGHT")).isEqualTo("briggs 0");
      assertThat(image.number("DATAMIN", 0)).isCloseTo(-0.02, within(1e-8));
      assertThat(String.join("", image.history())).contains("a line that is longer than a card");
      for (int p = 0; p < 6; p++) {
        assertThat(image.plane(p % 3, p / 3, LARGE)).containsExactly(planes[p]);
      }
      float[] box = new float[6];
      image.read(1, 1, 4, 2, 3, 2, box);
      assertThat(box)
          .containsExactly(
              planes[4][18],
              planes[4][19],
              planes[4][20],
              planes[4][25],
              planes[4][26],
              planes[4][27]);
      assertThatThrownBy(() -> image.plane(0, 0, 34)).isInstanceOf(FitsException.class);
      assertThatThrownBy(() -> image.read(0, 0, 5, 0, 3, 1, box))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void sameImageGivesTheSameBytesAndAnImageOfBlanksIsSound() throws Exception {
    float[] blank = new float[200 * 300];
    Arrays.fill(blank, Float.NaN);
    ImageDescription plane =
        ImageDescription.plane(
            200, 300, Wcs.centred(IcrsDirection.ofDegrees(1, 2), 200, 300, CELL), "JY/BEAM");
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    new FitsImageWriter(plane, Precision.SINGLE).write(PixelSource.of(blank), once);
    new FitsImageWriter(plane, Precision.SINGLE).write(PixelSource.of(blank), twice);
    assertThat(once.toByteArray()).isEqualTo(twice.toByteArray());
    assertThat(once.toString(StandardCharsets.US_ASCII)).doesNotContain("DATAMIN");
    Path file = folder.resolve("blank.fits");
    write(file, plane, blank);
    assertThat(OutsideProgram.run("fitsverify", file.toString()))
        .contains("found 0 warning(s) and 0 error(s)");
  }

  @Test
  void readsWhatOthersWrite() throws Exception {
    OutsideProgram.python("astropy", "fits_images.py", "make", folder.toString());
    try (ObjectStore store = new LocalStore(folder)) {
      for (String type : List.of("u1", "i2", "i4", "i8", "f4", "f8")) {
        try (ObjectChannel channel = store.open(type + ".fits")) {
          float[] plane = FitsImage.open(channel).plane(0, 0, LARGE);
          for (int i = 0; i < 20; i++) {
            assertThat(plane[i]).as(type).isEqualTo(i);
          }
        }
      }
      try (ObjectChannel channel = store.open("scaled.fits")) {
        float[] plane = FitsImage.open(channel).plane(0, 0, LARGE);
        assertThat(plane[6]).isEqualTo(103);
        assertThat(plane[7]).isNaN();
      }
      try (ObjectChannel channel = store.open("casa.fits")) {
        FitsImage image = FitsImage.open(channel);
        assertThat(image.description().frequency()).isEqualTo(new LinearAxis(1.399e9, 1e6, 3));
        assertThat(image.description().stokes()).isEqualTo(new LinearAxis(1, 1, 2));
        assertThat(image.plane(2, 1, LARGE)[7]).isEqualTo(2 * 40 + 20 + 7);
        assertThat(image.description().beam().positionAngleRad())
            .isCloseTo(Math.toRadians(160), within(1e-12));
      }
      List<String> names = List.of("casa.fits", "turned.fits");
      String paths = folder.resolve(names.get(0)) + "," + folder.resolve(names.get(1));
      String[] said = python(List.of("wcs", paths, "1.5,3.25")).split("\n");
      for (int i = 0; i < names.size(); i++) {
        try (ObjectChannel channel = store.open(names.get(i))) {
          Wcs wcs = FitsImage.open(channel).description().wcs();
          String[] sky = said[i].split(" ");
          double[] pixel = wcs.pixel(IcrsDirection.ofDegrees(number(sky[0]), number(sky[1])));
          assertThat(pixel[0]).as(names.get(i)).isCloseTo(1.5, within(1e-6));
          assertThat(pixel[1]).as(names.get(i)).isCloseTo(3.25, within(1e-6));
        }
      }
      refuses(store, "galactic.fits", "GLON-TAN");
      refuses(store, "packed.fits", "funpack");
    }
  }

  private static void refuses(ObjectStore store, String name, String why) throws IOException {
    try (ObjectChannel channel = store.open(name)) {
      assertThatThrownBy(() -> FitsImage.open(channel))
          .isInstanceOf(FitsException.class)
          .hasMessageContaining(name)
          .hasMessageContaining(why);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 79, 2879, 2880, 5759})
  void refusesWhatIsCutOff(int length) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ImageDescription plane = full().withAxes(null, null);
    new FitsImageWriter(plane, Precision.SINGLE).write(PixelSource.of(new float[35]), whole);
    assertThat(whole.size()).isGreaterThan(5760);
    try (ObjectStore store = new MemoryStore()) {
      store.put("cut.fits", whole.toByteArray(), 0, length);
      try (ObjectChannel channel = store.open("cut.fits")) {
        assertThatThrownBy(() -> FitsImage.open(channel)).isInstanceOf(FitsException.class);
      }
    }
  }

  /** Bytes put at random into a header give an image or a fault of the input, nothing else. */
  @Test
  void damageIsAFaultOfTheInput() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    new FitsImageWriter(full(), Precision.SINGLE).write(PixelSource.of(new float[6][35]), whole);
    Random random = new Random(9);
    try (ObjectStore store = new MemoryStore()) {
      for (int trial = 0; trial < 400; trial++) {
        byte[] bytes = whole.toByteArray();
        for (int i = 0; i < 1 + trial % 7; i++) {
          bytes[random.nextInt(4800)] =
              (byte) (trial % 2 == 0 ? ' ' + random.nextInt(95) : random.nextInt());
        }
        store.put("x.fits", bytes);
        try (ObjectChannel channel = store.open("x.fits")) {
          FitsImage.open(channel).plane(0, 0, LARGE);
        } catch (FitsException e) {
          assertThat(e).hasMessageStartingWith("memory").hasMessageContaining("x.fits");
        }
      }
    }
  }

  @Test
  void streamsIntoAStore() throws IOException {
    int side = 700;
    long[] largest = {0};
    PixelSource counted =
        (first, target, count) -> {
          largest[0] = Math.max(largest[0], count);
          for (int i = 0; i < count; i++) {
            target[i] = (first + i) % 1000;
          }
        };
    Wcs wcs = Wcs.centred(IcrsDirection.ofDegrees(1, 2), side, side, CELL);
    try (ObjectStore store = new LocalStore(folder)) {
      try (PendingObject out = store.create("large.fits")) {
        new FitsImageWriter(ImageDescription.plane(side, side, wcs, "JY/BEAM"), Precision.DOUBLE)
            .write(counted, out);
        out.publish();
      }
      assertThat(largest[0]).isLessThanOrEqualTo(65536);
      try (ObjectChannel channel = store.open("large.fits")) {
        float[] row = new float[3];
        FitsImage.open(channel).read(0, 0, 650, 600, 3, 1, row);
        assertThat(row).containsExactly(650, 651, 652);
        assertThat(channel.bytesRead()).isLessThan(20_000);
      }
    }
  }

  private static ImageDescription full() {
    return ImageDescription.plane(
            7, 5, Wcs.centred(IcrsDirection.ofDegrees(10, 20), 7, 5, CELL), "JY/BEAM")
        .withAxes(new LinearAxis(1.4e9, 2.5e5, 3), new LinearAxis(1, 1, 2))
        .withBeam(GaussianBeam.ofArcsec(12, 8, 33))
        .withOrigin(
            new Origin(
                "3C 48", "DSA-110", "observer", Instant.parse("2026-01-02T03:04:05.678Z"), 1.42e9))
        .withCards(
            Map.of("CTNITER", 17, "CTWEIGHT", "briggs 0"),
            List.of(
                "a line that is longer than a card can hold, so that it has to be cut in two",
                "\u00b5Jy"));
  }

  private static void write(Path file, ImageDescription description, float[] plane)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      new FitsImageWriter(description, Precision.SINGLE).write(PixelSource.of(plane), out);
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  private static String python(List<String> arguments) throws Exception {
    return OutsideProgram.python("astropy", "fits_images.py", arguments.toArray(new String[0]));
  }
}
