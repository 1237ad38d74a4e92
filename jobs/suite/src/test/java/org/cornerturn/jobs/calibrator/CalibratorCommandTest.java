package org.cornerturn.jobs.calibrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST =
      """
      1331+305   J2000  A 13h31m08.287984s  30d30'32.958850"  Aug01  3C286
      1328+307   B1950  A 13h28m49.657700s  30d45'58.640000"
      BAND        A B C D    FLUX(Jy)    UVMIN(kL)  UVMAX(kL)
       20cm L  S S P P      15.00                       visplot
        6cm    C  S S S P       7.47

      1330+300   J2000  A 13h30m00.000000s  30d00'00.000000"  Aug01
      1328+302   B1950  A 13h27m40.000000s  30d15'30.000000"
      BAND        A B C D    FLUX(Jy)    UVMIN(kL)  UVMAX(kL)
       20cm    L  P P P P       2.00
        6cm    C  P P P P       1.80

      0001-600   J2000  T 00h01m00.0000s   -60d00'00.000"
      0001-600   J2000  T 00h01m00.0000s   -60d00'00.000"
      BAND        A B C D    FLUX(Jy)    UVMIN(kL)  UVMAX(kL)
       20cm    L  X X X X       0.20
      """;

  @TempDir private Path folder;
  private Path list;

  @BeforeEach
  void write() throws IOException {
    list = Files.writeString(folder.resolve("list.txt"), LIST);
  }

  private CommandRun run(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of("--json", "--warehouse", folder.resolve("w").toString(), "calibrator"));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private JsonNode json(String... words) throws IOException {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(c -> names.add(c.get("name").asText()));
    return names;
  }

  private long version(TableDefinition table) throws IOException {
    return new DeltaTable(new LocalStore(folder.resolve("w").resolve(table.name())), table)
        .version();
  }

  @Test
  void fiveAreThereBeforeAnythingIsWritten() throws IOException {
    assertThat(names(json("list")))
        .containsExactlyInAnyOrder("3C286", "3C48", "3C147", "3C138", "J0834+555");
    assertThat(names(json("list", "--near", "202.7deg,30.5deg", "--radius", "10arcmin")))
        .containsExactly("3C286");
    assertThat(folder.resolve("w")).doesNotExist();
    JsonNode score = json("score", "j1331+3030");
    assertThat(score.get("name").asText()).isEqualTo("3C286");
    assertThat(score.get("score_flux").asDouble()).isEqualTo(40);
    assertThat(score.get("good").asBoolean()).isTrue();
    assertThat(json("score", "--flux", "0.75", "--spectral-index", "0").get("score").asDouble())
        .isEqualTo(25 + 30 + 15);
  }

  @Test
  void aListIsImportedOnceAndNoSourceTwice() throws IOException {
    JsonNode dry = json("import", list.toString(), "--dry-run");
    assertThat(dry.get("added").asInt()).isEqualTo(2);
    assertThat(folder.resolve("w")).doesNotExist();
    JsonNode first = json("import", list.toString());
    assertThat(first.get("listed").asInt()).isEqualTo(4);
    assertThat(first.get("added").asInt()).isEqualTo(2);
    assertThat(first.get("registered").asInt()).as("3C286 is there already").isEqualTo(1);
    assertThat(first.get("repeated").asInt()).isEqualTo(1);
    assertThat(names(json("list"))).hasSize(7).doesNotHaveDuplicates().doesNotContain("1331+305");
    JsonNode again = json("import", list.toString(), "--band", "C");
    assertThat(again.get("added").asInt()).isZero();
    assertThat(again.get("renewed").asInt()).isEqualTo(2);
    JsonNode renewed = json("list", "--near", "202.5deg,30deg").get(0);
    assertThat(renewed.get("name").asText()).isEqualTo("1330+300");
    assertThat(renewed.get("flux_jy").asDouble()).isEqualTo(1.8);
    assertThat(renewed.get("catalogue").asText()).isEqualTo("vla");
    JsonNode weak = json("list", "--least-flux", "1.7");
    assertThat(names(weak)).hasSize(6).doesNotContain("0001-600");
    assertThat(json("import", list.toString(), "--least-flux", "5").get("left_out").asInt())
        .isEqualTo(3);
  }

  @Test
  void aSourceIsRegisteredChangedAndRetired() throws IOException {
    json("import", list.toString());
    JsonNode made =
        json("add", "1330+300", "--flux", "2.5", "--alias", "mine", "--notes", "steady");
    assertThat(made.get("catalogue").asText()).isEqualTo("registered");
    assertThat(made.get("frequency_hz").asDouble()).as("as it was").isEqualTo(1.465e9);
    assertThat(json("score", "mine").get("flux_jy").asDouble()).isEqualTo(2.5);
    assertThat(json("import", list.toString()).get("registered").asInt()).isEqualTo(2);
    assertThat(json("add", "MINE", "--retired").get("notes").asText()).isEqualTo("steady");
    assertThat(names(json("list", "--registered", "--good"))).hasSize(5);
    JsonNode own =
        json("add", "own", "--ra", "10deg", "--dec", "-5deg", "--flux", "1", "--compactness", "1");
    assertThat(own.get("score").asDouble()).isEqualTo(30 + 15 + 30);
    CommandRun twice =
        run("add", "J1331+30", "--ra", "202.7846deg", "--dec", "30.50916deg", "--flux", "15");
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.err()).contains("3C286").contains("same source");
    assertThat(names(json("list"))).hasSize(8);
  }

  @Test
  void transitsArePredictedOnceAndFindTheirObservation() throws IOException {
    TableDefinition index =
        TableDefinition.named("uvh5_files", "as index writes it")
            .text("file", "URI")
            .text("group_id", "its observation")
            .text("state", "member")
            .moment("start", "start")
            .moment("end", "end");
    String[] question = {"transits", "3C286", "--from", "2025-01-01T00:00:00", "--horizon", "3d"};
    JsonNode all = json(question);
    assertThat(all).hasSize(3);
    Instant first = Instant.parse(all.get(0).get("time").asText());
    // 3C286 was on OVRO's meridian at 13h33m sidereal time, 14:39:50 UTC on that day.
    assertThat(first)
        .isBetween(Instant.parse("2025-01-01T14:38:00Z"), Instant.parse("2025-01-01T14:42:00Z"));
    assertThat(all.get(0).get("elevation_deg").asDouble()).isCloseTo(83.14, within(0.02));
    assertThat(all.get(0).get("group_id").isNull()).isTrue();
    long start = ChronoUnit.MICROS.between(Instant.EPOCH, first) - 120_000_000L;
    new DeltaTable(new LocalStore(folder.resolve("w/uvh5_files")), index)
        .append(
            List.of(
                new Object[] {"sb00", "night", "member", start, start + 300_000_000L},
                new Object[] {"sb01", "night", "member", start + 1, start + 300_000_000L},
                new Object[] {"old", "else", "vanished", start, start + 240_000_000L}),
            "t",
            0);
    JsonNode covered = json(question);
    assertThat(covered.get(0).get("group_id").asText()).isEqualTo("night");
    assertThat(covered.get(0).get("group_offset_min").asDouble()).isCloseTo(0.5, within(1e-3));
    assertThat(covered.get(1).get("group_id").isNull()).isTrue();
    List<String> keys = new ArrayList<>();
    DeltaTable table =
        new DeltaTable(
            new LocalStore(folder.resolve("w/calibrator_transits")), CalibratorTables.TRANSITS);
    table.read(List.of("transit", "group_id"), v -> keys.add(v[0] + " " + v[1]));
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    assertThat(keys.stream().filter(k -> k.startsWith("dsa-110/3C286/") && k.endsWith(" night")))
        .hasSize(1);
    long before = version(CalibratorTables.TRANSITS);
    json("transits", "3C48", "--dry-run");
    assertThat(version(CalibratorTables.TRANSITS)).isEqualTo(before);
  }

  @Test
  void whereTheArrayPointsDecidesWhichComesFirst() throws IOException {
    json("import", list.toString());
    JsonNode all =
        json(
            "transits",
            "--declination",
            "30.3deg",
            "--from",
            "2025-01-01T12:00:00",
            "--horizon",
            "24h");
    List<String> order = new ArrayList<>();
    all.forEach(t -> order.add(t.get("calibrator").asText()));
    assertThat(order).startsWith("3C286", "1330+300", "3C48").doesNotContain("0001-600");
    assertThat(order).hasSize(6);
    JsonNode best = all.get(0);
    assertThat(best.get("offset_deg").asDouble()).isCloseTo(0.077, within(0.01));
    assertThat(best.get("response").asDouble()).isBetween(0.99, 1.0);
    assertThat(best.get("priority").asDouble()).isCloseTo(100 - 0.77 - 2.66, within(0.2));
    assertThat(all.get(5).get("response").asDouble()).isLessThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "score",
        "score 3C286 --flux 1",
        "score nobody",
        "score --flux -1",
        "add nobody --flux 1",
        "add own --ra 1deg --dec 95deg --flux 1",
        "add own --ra 1deg --dec 5deg --flux -1",
        "import none.txt",
        "import POM",
        "list --near 1deg",
        "transits nobody",
        "transits --from yesterday",
        "transits --instrument nowhere",
        "transits --frequency 0"
      })
  void mistakesAreTold(String words) {
    List<String> all = new ArrayList<>();
    for (String w : words.isEmpty() ? new String[0] : words.split(" ")) {
      all.add(w.equals("POM") ? Path.of("pom.xml").toAbsolutePath().toString() : w);
    }
    CommandRun run = run(all.toArray(String[]::new));
    assertThat(run.exit()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception");
    assertThat(folder.resolve("w/calibrators")).doesNotExist();
  }
}
