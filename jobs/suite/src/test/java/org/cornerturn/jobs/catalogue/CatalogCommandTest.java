package org.cornerturn.jobs.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.jobs.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE =
      """
      name,ra,dec,s,flag
      A,00:00:01.5,+10:20:30,1.5,0
      B,23:59:59.9,-89:59:59,2.5,0
      C,,,2,0
      D,12 30 00,+45 00 00,0.25,0
      E,12 31 00,+45 00 00,-999,0
      F,12 32 00,+45 00 00,1,2
      """;
  private static final String MAPPING =
      """
      survey: MINE
      frame: fk4
      size_kind: fitted
      columns:
        survey_id: name
        ra_deg: ra
        dec_deg: dec
        flux_int_mjy: s
        flux_int_err_mjy: s * 0.1
        freq_hz: 1.4e9
        epoch_mjd: 50000
        maj_arcsec: nothing
      units: {flux_int_mjy: Jy, flux_int_err_mjy: Jy}
      where: not flag == 2
      blank: [-999]
      """;

  @TempDir private Path folder;

  private CommandRun run(String... words) {
    List<String> all =
        new ArrayList<>(List.of("--warehouse", folder.resolve("w").toString(), "catalog"));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun done(String... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static List<String[]> csv(String text) {
    return text.lines().skip(1).map(l -> l.split(",", -1)).toList();
  }

  @Test
  void aTableComesByItsMapping() throws IOException {
    String table = file("t.csv", TABLE);
    String mapping = file("m.yaml", MAPPING);
    JsonNode told = JSON.readTree(done("import", table, "--mapping", mapping, "--json").out());
    assertThat(told.path("rows").asInt()).isEqualTo(4);
    assertThat(told.path("left_out").asInt()).isEqualTo(1);
    assertThat(told.path("without_place").asInt()).isEqualTo(1);
    assertThat(told.path("missing_columns").get(0).asText()).isEqualTo("nothing");
    // The place as astropy turns it from B1950.
    List<String[]> near = csv(done("query", "--cone", "0.647,10.62,1arcmin").out());
    assertThat(near).hasSize(1);
    assertThat(near.get(0)[2]).isEqualTo("A");
    assertThat(Double.parseDouble(near.get(0)[3])).isCloseTo(0.6472238628, within(1e-6));
    assertThat(Double.parseDouble(near.get(0)[4])).isCloseTo(10.6200566122, within(1e-6));
    assertThat(Double.parseDouble(near.get(0)[8])).isEqualTo(1500);
    assertThat(Double.parseDouble(near.get(0)[9])).isCloseTo(150, within(1e-9));
    // Through 0, around the pole, and by a polygon.
    assertThat(csv(done("query", "--box", "359,2,10,11").out())).hasSize(1);
    assertThat(csv(done("query", "--cone", "0,-90,1deg").out())).hasSize(1);
    assertThat(csv(done("query", "--polygon", "187,44,189,44,189,46,187,46").out())).hasSize(2);
    assertThat(csv(done("query", "--cone", "0,0,180deg", "--survey", "OTHER").out())).isEmpty();
    // Once more, and another survey: rows are replaced, not doubled.
    done("import", table, "--mapping", mapping);
    done("import", table, "--mapping", mapping, "--survey", "OTHER");
    assertThat(csv(done("query").out())).hasSize(8);
    for (String kind : List.of("fits", "vot", "csv", "parquet")) {
      Path out = folder.resolve("out." + kind);
      done("query", "--survey", "MINE", "--out", out.toString());
      JsonNode again =
          JSON.readTree(
              done("import", out.toString(), "--mapping", "generic", "--survey", kind, "--json")
                  .out());
      assertThat(again.path("rows").asInt()).as(kind).isEqualTo(4);
    }
    assertThat(csv(done("query", "--cone", "0.647,10.62,1arcmin").out())).hasSize(6);
  }

  @Test
  void mistakesAreTold() throws IOException {
    String table = file("t.csv", TABLE);
    String twice = file("twice.csv", "name,ra,dec,s,flag\nA,1,2,3,0\nA,4,5,6,0\n");
    String mapping = file("m.yaml", MAPPING.replace("fk4", "icrs"));
    String[][] all = {
      {"import", table, "--mapping", "nothing"},
      {"import", table, "--mapping", file("bad.yaml", "survey: X\ncolumns: {ra_deg: '1 +'}")},
      {"import", table, "--mapping", file("key.yaml", MAPPING + "what: 1\n")},
      {"import", table, "--mapping", file("unit.yaml", MAPPING.replace(": Jy", ": parsec"))},
      {"import", table, "--mapping", "nvss"},
      {"import", twice, "--mapping", mapping},
      {"import", folder.resolve("no.csv").toString(), "--mapping", mapping},
      {"query", "--cone", "1,2,3deg"},
      {"query"},
    };
    for (String[] words : all) {
      CommandRun run = run(words);
      assertThat(run.exit()).as(String.join(" ", words) + run.err()).isEqualTo(2);
    }
    done("import", twice, "--mapping", mapping, "--duplicates", "first");
    assertThat(csv(done("query").out())).hasSize(1);
    done("import", twice, "--mapping", mapping, "--duplicates", "keep");
    assertThat(csv(done("query").out())).hasSize(2);
    CommandRun empty =
        run("import", file("none.csv", "name,ra,dec,s,flag\n"), "--mapping", mapping);
    assertThat(empty.exit()).isEqualTo(2);
    assertThat(empty.err()).contains("there is no row in it");
    for (String region : List.of("1,2", "1,2,-3deg", "a,2,3deg", "1,91,1deg")) {
      assertThat(run("query", "--cone", region).exit()).as(region).isEqualTo(2);
    }
    assertThat(run("query", "--polygon", "0,0,1,1").exit()).isEqualTo(2);
    assertThat(run("query", "--out", folder.resolve("x.what").toString()).exit()).isEqualTo(2);
  }

  @Test
  void everyMappingThatTravelsIsOne() throws IOException {
    for (String name : CatalogMapping.BUNDLED) {
      CatalogMapping mapping = CatalogMapping.of(name, Map.of());
      assertThat(mapping.values()).as(name).containsKeys("ra_deg", "dec_deg");
    }
  }

  @Test
  void gleamAsItIsPublished() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    Path vot = Path.of(corpus, "sky", "gleam_50srcs.vot");
    assumeTrue(Files.exists(vot), "no such file in the corpus");
    JsonNode told =
        JSON.readTree(done("import", vot.toString(), "--mapping", "gleam", "--json").out());
    assertThat(told.path("rows").asInt()).isEqualTo(50);
    assertThat(told.path("missing_columns")).isEmpty();
    List<String[]> rows = csv(done("query").out());
    assertThat(rows).allMatch(r -> Double.parseDouble(r[8]) > 1); // mJy of Jy.
  }
}
