package org.cornerturn.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.LaunchedCommand;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process of a night is killed at random moments: what the last one leaves, tables and
 * products, is what an undisturbed night makes. It takes minutes, so {@code -Dcornerturn.kills=20}
 * asks for it.
 */
class KilledNightIT {
  private static final int KILLS = Integer.getInteger("cornerturn.kills", 0);

  /** When a process has begun its work, and how long after that it may live. */
  private static final int STARTING_MILLIS = 2500;

  private static final int LIFE_MILLIS = 5000;

  @TempDir private Path folder;

  private List<String> words(String place, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--master", "local[2]", "--quiet"));
    all.addAll(List.of("--warehouse", folder.resolve(place).resolve("warehouse").toString()));
    return all;
  }

  private LaunchedCommand start(String place, String... words) throws IOException {
    return LaunchedCommand.start(folder, Map.of("CORNERTURN_HEAP", "700m"), words(place, words));
  }

  private void whole(String place, String... words) throws Exception {
    CommandRun run = start(place, words).await();
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private String config(String place) throws IOException {
    Path file = folder.resolve(place + ".yaml");
    Files.writeString(
        file,
        """
        name: test
        input: %1$s/in
        output: %1$s/%2$s/out
        subbands: 4
        min_free: 1MB
        stages:
          calibrate: {solve: 'B:inf', model: 'components:%1$s/sky.yaml'}
          image: {size: 128, scale: 30asec, niter: 200, beam: none}
        """
            .formatted(folder, place));
    return file.toString();
  }

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    assumeTrue(KILLS > 0, "-Dcornerturn.kills=20 kills it so often");
    Files.writeString(
        folder.resolve("sky.yaml"),
        """
        - {name: bright, ra_deg: 131.8, dec_deg: 37.4, flux_jy: 12}
        - {name: faint, ra_deg: 131.5, dec_deg: 37.1, flux_jy: 3}
        """);
    for (String minute : List.of("00", "05")) {
      whole(
          "quiet",
          ("simulate uvh5 " + folder + "/in/ --start-time 2022-06-01T00:" + minute + ":00")
              .concat(" --phase tracked --ra 131.7deg --dec 37.3deg --subbands 4 --noise")
              .concat(" --antennas 12 --integrations 4 --channels 8 --overwrite")
              .concat(" --catalog " + folder + "/sky.yaml")
              .split(" "));
    }
    whole("quiet", "night", config("quiet"));
    String disturbed = config("killed");
    Random random = new Random();
    int killed = 0;
    for (int k = 0; k < KILLS; k++) {
      LaunchedCommand night = start("killed", "night", disturbed);
      int life = STARTING_MILLIS + random.nextInt(LIFE_MILLIS);
      if (!night.process().waitFor(life, TimeUnit.MILLISECONDS)) {
        night.process().destroyForcibly().waitFor();
        killed++;
      }
    }
    assertThat(killed).as("processes that were killed at work").isPositive();
    whole("killed", "night", disturbed);
    assertThat(tables("killed")).isEqualTo(tables("quiet"));
    assertThat(products("killed")).isEqualTo(products("quiet"));
    long version = ledger("killed").version();
    whole("killed", "night", disturbed);
    assertThat(ledger("killed").version()).as("nothing is done twice").isEqualTo(version);
  }

  private DeltaTable ledger(String place) {
    return new DeltaTable(
        new LocalStore(folder.resolve(place).resolve("warehouse/night_stages")), NightLedger.TABLE);
  }

  /** Rows of all tables, but for moments and ids. */
  private Map<String, List<String>> tables(String place) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    rows(tables, place, NightLedger.TABLE, "stage", "unit", "state", "question", "turn");
    rows(tables, place, ImageTable.IMAGES, "name", "kind", "rms", "peak", "components");
    rows(tables, place, SolutionTables.CALIBRATION_SETS, "name", "status", "median_snr");
    rows(tables, place, SolutionTables.CALIBRATION_QA, "root", "antenna", "metric", "value");
    rows(tables, place, SolutionTables.GAIN_SOLUTIONS, "root", "antenna", "receptor", "phase");
    rows(tables, place, SolutionTables.CALIBRATIONS_APPLIED, "root", "data_group", "flagged");
    return tables;
  }

  private void rows(
      Map<String, List<String>> tables, String place, TableDefinition table, String... columns)
      throws IOException {
    List<String> rows = new ArrayList<>();
    String there = folder.resolve(place).toString();
    new DeltaTable(
            new LocalStore(folder.resolve(place).resolve("warehouse").resolve(table.name())), table)
        .read(List.of(columns), v -> rows.add(Arrays.deepToString(v).replace(there, "")));
    rows.sort(null);
    assertThat(rows).as(table.name()).isNotEmpty();
    tables.put(table.name(), rows);
  }

  /** Objects of all products but for metadata and texts, which have moments and places in them. */
  private Map<String, String> products(String place) throws IOException {
    Map<String, String> content =
        new TreeMap<>(StoreContent.of(folder.resolve(place).resolve("out").toString()));
    content
        .keySet()
        .removeIf(
            k ->
                StoreContent.isMetadata(k)
                    || k.contains("/_cornerturn/")
                    || k.endsWith(".html")
                    || k.endsWith(".fits"));
    assertThat(content).isNotEmpty();
    return content;
  }
}
