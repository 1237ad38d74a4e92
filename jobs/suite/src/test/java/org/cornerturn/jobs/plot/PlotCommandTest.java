package org.cornerturn.jobs.plot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.StructType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotCommandTest {
  private static final int CHANNELS = 16;
  private static final int ABSENT = 0xc8ced6;

  @TempDir private static Path folder;
  private static Path set;

  @BeforeAll
  static void make() throws IOException {
    StructType schema =
        TableDefinition.named("g", "g")
            .text("solutions", "id")
            .text("root", "place")
            .text("measurement_set", "ms")
            .text("term", "term")
            .text("antenna", "antenna")
            .text("receptor", "receptor")
            .moment("time", "middle")
            .schema();
    for (String c : List.of("frequency", "amplitude", "phase")) {
      schema = schema.add(c, new ArrayType(DoubleType.DOUBLE, false));
    }
    TableDefinition gains =
        new TableDefinition("gain_solutions", "gains", schema)
            .real("delay", "s", "delay")
            .text("refant", "antenna");
    List<Object[]> rows = new ArrayList<>();
    for (int a = 0; a < 8; a++) {
      for (String receptor : List.of("X", "Y")) {
        rows.add(row("K_0", a, receptor, 0, 1, a * 1e-9));
        rows.add(row("B_1", a, receptor, 0, CHANNELS, null));
        for (int t = 0; t < 4; t++) {
          rows.add(row("G_2", a, receptor, t * 60_000_000L, 1, null));
        }
      }
    }
    new DeltaTable(new LocalStore(folder.resolve("w/gain_solutions")), gains).append(rows, "t", 0);
    Path raw = folder.resolve("sim.uvh5");
    CommandRun made =
        CommandRun.of(
            "--quiet",
            "simulate",
            "uvh5",
            raw.toString(),
            "--antennas",
            "5",
            "--integrations",
            "3",
            "--channels",
            "16");
    assertThat(made.exit()).as(made.err()).isZero();
    set = folder.resolve("sim.ps.zarr");
    CommandRun converted =
        CommandRun.of(
            "--quiet",
            "--warehouse",
            folder.resolve("w").toString(),
            "convert",
            raw.toString(),
            set.toString());
    assertThat(converted.exit()).as(converted.err()).isZero();
  }

  private static Object[] row(
      String term, int antenna, String receptor, long time, int channels, Double delay) {
    List<Double> frequency = new ArrayList<>();
    List<Double> amplitude = new ArrayList<>();
    List<Double> phase = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      frequency.add(1.31e9 + c * 1e6);
      amplitude.add(antenna == 3 ? Double.NaN : 1 + antenna / 10.0);
      phase.add(antenna == 3 ? Double.NaN : Math.sin(antenna + c));
    }
    return new Object[] {
      "night-1f",
      folder.resolve("night.cal.zarr").toString(),
      "ms",
      term,
      "DSA-" + antenna,
      receptor,
      time,
      frequency,
      amplitude,
      phase,
      delay,
      "DSA-2"
    };
  }

  private static List<Path> pictures(String... words) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--json", "--warehouse", folder.resolve("w").toString(), "plot"));
    all.addAll(List.of(words));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    List<Path> files = new ArrayList<>();
    JsonNode told = new ObjectMapper().readTree(run.out()).get("pictures");
    told.forEach(p -> files.add(Path.of(p.asText())));
    return files;
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }

  @Test
  void gainsOfEveryTermAreDrawn() throws IOException {
    Path out = folder.resolve("plots");
    List<Path> all = pictures("gains", "night-1f", "--out", out + "/");
    assertThat(names(all))
        .containsExactlyInAnyOrder(
            "ms-K_0-delay.png",
            "ms-K_0-amplitude.png",
            "ms-K_0-phase.png",
            "ms-B_1-amplitude.png",
            "ms-B_1-phase.png",
            "ms-G_2-amplitude.png",
            "ms-G_2-phase.png");
    for (Path p : all) {
      BufferedImage image = ImageIO.read(p.toFile());
      assertThat(image.getWidth()).isEqualTo(1518);
    }
    byte[] first = Files.readAllBytes(out.resolve("ms-B_1-phase.png"));
    List<Path> again =
        pictures(
            "gains",
            folder.resolve("night.cal.zarr").toString(),
            "--term",
            "B_1",
            "--out",
            folder.resolve("again").toString());
    assertThat(names(again)).containsExactly("ms-B_1-amplitude.png", "ms-B_1-phase.png");
    assertThat(Files.readAllBytes(again.get(1))).isEqualTo(first);
  }

  @Test
  void flagsAreAWaterfall() throws IOException {
    List<Path> all = pictures("flags", set.toString(), "--out", folder.resolve("f").toString());
    assertThat(all).hasSize(1);
    BufferedImage image = ImageIO.read(all.get(0).toFile());
    // Nothing is flagged: the whole plane has the colour of 0, and none is absent.
    int colour = image.getRGB(200, 100) & 0xffffff;
    assertThat(colour).isNotEqualTo(ABSENT).isEqualTo(image.getRGB(900, 400) & 0xffffff);
    assertThat(
            names(
                pictures(
                    "flags",
                    set.toString(),
                    "--data-group",
                    "base",
                    "--antenna",
                    antenna(),
                    "--out",
                    folder.resolve("f").toString())))
        .allMatch(n -> n.contains("-base-"));
  }

  private static String antenna() throws IOException {
    return org.cornerturn.jobs.datagroup.OpenSet.all(set.toString(), "base", java.util.Map.of())
        .get(0)
        .reader()
        .antenna1Names()
        .get(1);
  }

  @Test
  void mistakesAreTold() {
    for (String[] words :
        List.of(
            new String[] {},
            new String[] {"gains", "nowhere"},
            new String[] {"gains", "night-1f", "--term", "B_7"},
            new String[] {"flags", "nowhere.ps.zarr"},
            new String[] {"flags", set.toString(), "--antenna", "none"},
            new String[] {"flags", set.toString(), "--data-group", "none"})) {
      List<String> all =
          new ArrayList<>(List.of("--warehouse", folder.resolve("w").toString(), "plot"));
      all.addAll(List.of(words));
      CommandRun run = CommandRun.of(all.toArray(String[]::new));
      assertThat(run.exit()).as(String.join(" ", words) + run.err()).isEqualTo(2);
      assertThat(run.err()).doesNotContain("Exception");
    }
  }
}
