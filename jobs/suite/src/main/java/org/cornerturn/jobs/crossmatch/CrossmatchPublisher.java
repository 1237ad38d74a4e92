package org.cornerturn.jobs.crossmatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/**
 * Makes a match visible: its pairs in the table, where they aren't in a file, and what they come
 * to. Rows of an earlier match of the same name go.
 *
 * @param id of the product
 * @param software version that made it
 */
record CrossmatchPublisher(
    Crossmatch match, String id, String fingerprint, String software, Map<String, String> hadoop)
    implements Publisher {
  /** What the product of a match in the table is, as an object. */
  static final String RESULT = "match.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long HELD = 32L << 20;

  @Override
  public void publish(ObjectStore root) throws IOException {
    if (match.file() != null && root.status(key()).isEmpty()) {
      throw new NoSuchFileException(match.file());
    }
    Tally tally = new Tally(match.parameters().radiusArcsec());
    List<DataFile> files = new ArrayList<>();
    for (int z = 0; z < match.zones(); z++) {
      tally.add(root, match.tally(z));
      if (match.file() == null) {
        files.addAll(List.of(JSON.readValue(root.get(match.dataFiles(z)), DataFile[].class)));
      }
    }
    long[] left = read(root, match.leftIndexes());
    long[] right = read(root, match.rightIndexes());
    try (ObjectStore state = Stores.open(match.warehouse() + "/_cornerturn/crossmatches", hadoop);
        Lease lease = Lease.take(state, CrossmatchJob.VERB)) {
      if (match.file() == null) {
        replace(CrossmatchTables.PAIRS, files);
      }
      TableWriter writer =
          new TableWriter(store(CrossmatchTables.STATISTICS), CrossmatchTables.STATISTICS, HELD);
      writer.add(statistics(tally, left, right), 1000);
      lease.check();
      replace(CrossmatchTables.STATISTICS, writer.finish());
    }
    ObjectNode result = JSON.createObjectNode();
    result.put("match", match.name()).put("product", id).put("software", software);
    result.put("pairs", tally.pairs());
    root.put(
        match.file() == null ? RESULT : match.parts() + ".json", told(result, tally, left, right));
    root.deleteFolder(match.parts());
  }

  private String key() {
    return match.file().substring(match.file().lastIndexOf('/') + 1);
  }

  private ObjectStore store(TableDefinition table) throws IOException {
    return Stores.open(match.warehouse() + "/" + table.name(), hadoop);
  }

  private void replace(TableDefinition table, List<DataFile> files) throws IOException {
    // Once for each making: a match that was made, replaced and made again is another.
    String writer =
        new Fingerprint()
            .with("name", match.name())
            .with("fingerprint", fingerprint)
            .with("files", files)
            .hex();
    new DeltaTable(store(table), table)
        .replace(CrossmatchTables.MATCH, Set.of(match.name()), files, "match-" + writer, 0);
  }

  /** Rows that were read, and those without a place. */
  private static long[] read(ObjectStore root, List<String> indexes) throws IOException {
    long[] sums = new long[2];
    for (String key : indexes) {
      RunFile.Index index = RunFile.Index.get(root, key);
      sums[0] += index.read();
      sums[1] += index.placeless();
    }
    return sums;
  }

  private Object[] statistics(Tally tally, long[] left, long[] right) {
    return new Object[] {
      match.name(),
      match.left().source().uri(),
      match.right().source().uri(),
      match.parameters().mode().name().toLowerCase(Locale.ROOT),
      match.parameters().radiusArcsec(),
      left[0],
      right[0],
      left[1],
      right[1],
      tally.pairs(),
      tally.matched(),
      known(tally.ra().median()),
      known(tally.ra().medianError()),
      known(tally.ra().sigma()),
      known(tally.dec().median()),
      known(tally.dec().medianError()),
      known(tally.dec().sigma()),
      known(tally.separation()),
      tally.fluxes(),
      known(tally.fluxRatio()),
      known(tally.fluxRatioError()),
      known(tally.fluxRatioSigma()),
      known(1 / tally.fluxRatio()),
      tally.quality(),
      id,
      TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli())
    };
  }

  private static Double known(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private byte[] told(ObjectNode result, Tally tally, long[] left, long[] right)
      throws IOException {
    Object[] values = statistics(tally, left, right);
    for (int i = 0; i < values.length - 1; i++) {
      result.putPOJO(CrossmatchTables.STATISTICS.schema().at(i).getName(), values[i]);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result);
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    root.delete(match.file() == null ? RESULT : key());
    root.deleteFolder(match.parts());
  }
}
