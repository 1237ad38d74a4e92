package org.cornerturn.jobs.crossmatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.cornerturn.catalogue.Separation;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.catalogue.TableOutput;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossmatchCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path STILTS = Path.of("/usr/bin/stilts");
  private static final TableDefinition COLUMNS =
      TableDefinition.named("sky", "places")
          .count("id", null, "number")
          .real("ra", "deg", "right ascension")
          .real("dec", "deg", "declination")
          .real("flux", "mJy", "flux density");

  @TempDir private static Path folder;

  /** Places (ra, dec, flux): half anywhere, others crowded at a pole and around 0. */
  private static double[][] sky(Random random, int n, double[][] near) {
    double[][] all = new double[n][];
    for (int i = 0; i < n; i++) {
      double ra = random.nextDouble() * 360;
      double dec = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
      if (i % 8 == 0) {
        dec = 90 - random.nextDouble() * 0.5;
      } else if (i % 8 == 1) {
        ra = Separation.turned(random.nextGaussian() * 0.01);
      }
      if (near != null && i % 2 == 0) {
        double[] of = near[random.nextInt(near.length)];
        dec = Math.max(-90, Math.min(90, of[1] + random.nextGaussian() * 0.3 / 3600));
        double cos = Math.max(1e-6, Math.cos(Math.toRadians(of[1])));
        ra = Separation.turned(of[0] + random.nextGaussian() * 0.3 / 3600 / cos);
      }
      all[i] = new double[] {ra, dec, 1 + random.nextDouble()};
    }
    return all;
  }

  private static String file(String name, double[][] sky) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < sky.length; i++) {
      rows.add(new Object[] {(long) i, sky[i][0], sky[i][1], sky[i][2]});
    }
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      TableOutput.of(name)
          .write(COLUMNS, rows.size(), () -> RowCursor.of(COLUMNS.schema(), rows), out);
    }
    return file.toString();
  }

  private static CommandRun run(String... words) {
    List<String> all =
        new ArrayList<>(List.of("--json", "--warehouse", folder.resolve("w").toString()));
    all.add("crossmatch");
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode json(String... words) throws IOException {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static TreeSet<String> csv(Path file) throws IOException {
    TreeSet<String> pairs = new TreeSet<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      pairs.add(cells[0] + " " + cells[1]);
    }
    return pairs;
  }

  private static TreeSet<String> brute(double[][] a, double[][] b, double arcsec) {
    TreeSet<String> pairs = new TreeSet<>();
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        boolean near = Math.abs(a[i][1] - b[j][1]) <= arcsec / 3600 + 1e-9;
        if (near && 3600 * Separation.degrees(a[i][0], a[i][1], b[j][0], b[j][1]) <= arcsec) {
          pairs.add(i + " " + j);
        }
      }
    }
    return pairs;
  }

  @Test
  void everyPairOfFilesOfDifferentKinds() throws IOException {
    Random random = new Random(11);
    double[][] b = sky(random, 6000, null);
    double[][] a = sky(random, 3000, b);
    String left = file("a.vot", a);
    String right = file("b.fits", b);
    Path out = folder.resolve("all.csv");
    json(left, right, "--radius", "100arcsec", "--mode", "all", "--out", out.toString());
    TreeSet<String> expected = brute(a, b, 100);
    assertThat(expected.size()).isGreaterThan(1500);
    assertThat(csv(out)).isEqualTo(expected);
    // The other kinds of files tell the same, and so does the table.
    Path parquet = folder.resolve("pairs.parquet");
    JsonNode told =
        json(
            file("a.csv", a),
            file("b.parquet", b),
            "--radius",
            "100arcsec",
            "--mode",
            "all",
            "--out",
            parquet.toString());
    assertThat(told.path("pairs").asInt()).isEqualTo(expected.size());
    assertThat(parquet).isNotEmptyFile();
  }

  @Test
  void theTableIsReplacedByANewMatchOfItsName() throws IOException {
    Random random = new Random(12);
    double[][] b = sky(random, 2000, null);
    double[][] a = sky(random, 1000, b);
    a[3][0] = Double.NaN;
    a[5][1] = 91;
    String left = file("left.fits", a);
    String right = file("right.fits", b);
    String[] words = {
      left, right, "--radius", "2arcsec", "--left-flux", "flux", "--right-flux", "flux"
    };
    JsonNode told = json(words);
    assertThat(told.path("left_rows").asInt()).isEqualTo(1000);
    assertThat(told.path("left_placeless").asInt()).isEqualTo(2);
    assertThat(told.path("quality").asText()).isEqualTo("excellent");
    assertThat(told.path("flux_ratio").asDouble()).isBetween(0.8, 1.25);
    assertThat(Math.abs(told.path("offset_ra").asDouble())).isLessThan(0.1);
    int pairs = told.path("pairs").asInt();
    assertThat(pairs).isGreaterThan(480);
    assertThat(rows()).hasSize(pairs);
    assertThat(json(words).path("pairs").asInt()).isEqualTo(pairs); // Unchanged.
    assertThat(rows()).hasSize(pairs);
    String[] anti = {left, right, "--radius", "2arcsec", "--mode", "anti"};
    assertThat(run(anti).exit()).isEqualTo(2); // Another question of the same name.
    List<String> over = new ArrayList<>(List.of(anti));
    over.add("--overwrite");
    json(over.toArray(String[]::new));
    assertThat(rows()).hasSize(998 - pairs);
    assertThat(rows()).allMatch(r -> r[1] == null && r[0] != null);
  }

  private static List<Object[]> rows() throws IOException {
    List<Object[]> rows = new ArrayList<>();
    TableDefinition table = CrossmatchTables.PAIRS;
    new DeltaTable(new LocalStore(folder.resolve("w").resolve(table.name())), table)
        .read(
            List.of("left_id", "right_id", "match"),
            v -> {
              if (v[2].equals("left-right")) {
                rows.add(v);
              }
            });
    return rows;
  }

  @Test
  void pairsAreThoseOfStilts() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(STILTS), "MISSING PROGRAM: stilts");
    Random random = new Random(13);
    double[][] b = sky(random, 100_000, null);
    double[][] a = sky(random, 100_000, b);
    String left = file("l.fits", a);
    String right = file("r.fits", b);
    Path ours = folder.resolve("ours.csv");
    Path theirs = folder.resolve("theirs.csv");
    json(left, right, "--radius", "5arcsec", "--mode", "all", "--out", ours.toString());
    Process stilts =
        new ProcessBuilder(
                STILTS.toString(),
                "tskymatch2",
                "in1=" + left,
                "in2=" + right,
                "ra1=ra",
                "dec1=dec",
                "ra2=ra",
                "dec2=dec",
                "error=5",
                "find=all",
                "out=" + theirs)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("stilts.log").toFile())
            .start();
    assertThat(stilts.waitFor()).isZero();
    TreeSet<String> found = csv(ours);
    TreeSet<String> expected = new TreeSet<>();
    List<String> lines = Files.readAllLines(theirs);
    List<String> names = List.of(lines.get(0).split(","));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      expected.add(cells[names.indexOf("id_1")] + " " + cells[names.indexOf("id_2")]);
    }
    assertThat(found.size()).isGreaterThan(50_000);
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void emptyTablesHaveNoPairs() throws IOException {
    String none = file("none.fits", new double[0][]);
    String one = file("one.fits", new double[][] {{0, 0, 1}});
    assertThat(json(none, one, "--radius", "1arcsec").path("pairs").asInt()).isZero();
    assertThat(json(one, none, "--radius", "1arcsec").path("pairs").asInt()).isZero();
    Path out = folder.resolve("lone.csv");
    json(one, none, "--radius", "1arcsec", "--join", "left", "--out", out.toString());
    assertThat(Files.readAllLines(out)).hasSize(2);
    Path whole = folder.resolve("whole.csv");
    json(one, one, "--radius", "180deg", "--out", whole.toString());
    assertThat(Files.readAllLines(whole)).hasSize(2);
    Path same = folder.resolve("same.csv");
    json(one, one, "--radius", "0arcsec", "--mode", "mutual", "--out", same.toString());
    assertThat(Files.readAllLines(same)).hasSize(2);
  }

  @Test
  void mistakesAreTold() throws IOException {
    String one = file("m.fits", new double[][] {{0, 0, 1}});
    Path texts = Files.writeString(folder.resolve("t.csv"), "name,ra,dec\nx,12:00:00,+10:00:00\n");
    Path strange = Files.writeString(folder.resolve("s.csv"), "a,b\n1,2\n");
    Path broken = Files.writeString(folder.resolve("broken.fits"), "SIMPLE  = nothing");
    String[][] all = {
      {one, one, "--radius", "10"},
      {one, one, "--radius", "-1arcsec"},
      {one, one, "--radius", "181deg"},
      {one, folder.resolve("no.fits").toString(), "--radius", "1arcsec"},
      {one, texts.toString(), "--radius", "1arcsec"},
      {one, strange.toString(), "--radius", "1arcsec"},
      {one, one, "--radius", "1arcsec", "--mode", "deruiter"},
      {one, one, "--radius", "1arcsec", "--out", folder.resolve("x.what").toString()},
      {one, one, "--radius", "1arcsec", "--left-ra", "nothing"},
    };
    for (String[] words : all) {
      CommandRun run = run(words);
      assertThat(run.exit()).as(String.join(" ", words) + run.err()).isEqualTo(2);
    }
    CommandRun run = run(one, broken.toString(), "--radius", "1arcsec");
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run(one, one, "--radius", "1arcsec", "--dry-run").exit()).isZero();
    assertThat(String.format(Locale.ROOT, "%s", run.err())).contains("broken.fits");
  }
}
