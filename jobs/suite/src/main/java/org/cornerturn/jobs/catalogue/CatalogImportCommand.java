package org.cornerturn.jobs.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.VlaBand;
import org.cornerturn.calibrator.VlaCalibrator;
import org.cornerturn.calibrator.VlaCalibratorList;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.Lease;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableWriter;
import org.cornerturn.tablefile.TableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn catalog import}. */
@Command(
    name = "import",
    description = {
      "Put a catalogue into the table catalog_sources, in its one form of columns, by a mapping.",
      "FILE is a FITS table, VOTable, CSV, Parquet or text file, or a Delta table. Rows of an"
          + " earlier import of the same survey go."
    },
    footer = {"", "Example:", "  cornerturn catalog import nvss.fits --mapping nvss"})
public final class CatalogImportCommand extends Verb {
  /** Rows that are put in order together. */
  private static final int ORDERED = 1 << 18;

  private static final long FILE_BYTES = 64L << 20;
  private static final long ROW_BYTES = 1500;

  @Parameters(paramLabel = "FILE", description = "The catalogue.")
  private String file;

  @Option(
      names = "--mapping",
      paramLabel = "NAME",
      required = true,
      description =
          "atnf, first, gleam, lotss, nvss, racs, sumss, tgss, vlass; vla (its list of calibrators);"
              + " generic (our own columns); or a YAML file.")
  private String mapping;

  @Option(
      names = "--survey",
      paramLabel = "NAME",
      description = "Name of the catalogue; default the mapping's.")
  private String survey;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "${COMPLETION-CANDIDATES}; default by the file's name.")
  private TableSource.Format format;

  /** What is done about ids that come twice. */
  enum Duplicates {
    refuse,
    keep,
    first
  }

  @Option(
      names = "--duplicates",
      defaultValue = "refuse",
      description = "Rows whose id came before: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Duplicates duplicates;

  @Option(names = "--dry-run", description = "Read all and tell what would come.")
  private boolean dryRun;

  private final IdSet ids = new IdSet();
  private final List<Object[]> held = new ArrayList<>();
  private TableWriter writer;
  private long rows;
  private long repeated;

  @Override
  protected ExitCode run() throws IOException {
    boolean vla = mapping.equals("vla");
    TableSource source =
        TableSource.find(
            file, vla ? TableSource.Format.ASCII : format, global().warehouse(), global().hadoop());
    String name;
    Map<String, Object> told = new LinkedHashMap<>();
    try (ObjectStore table = store()) {
      writer = dryRun ? null : new TableWriter(table, CatalogTables.SOURCES, FILE_BYTES);
      if (vla) {
        name = survey == null ? "VLACAL" : survey;
        vla(name, source);
      } else {
        CatalogMapping by = CatalogMapping.of(mapping, global().hadoop());
        name = survey == null ? by.survey() : survey;
        try (ObjectStore store = Stores.open(source.folder(), global().hadoop());
            TableFile content = source.open(store)) {
          CatalogReader reader = new CatalogReader(source.uri(), content, by);
          reader.rows(row -> add(row, name, source));
          told.put("read", reader.read());
          told.put("left_out", reader.filtered());
          told.put("without_place", reader.placeless());
          told.put("missing_columns", reader.missing());
        }
      }
      order();
      told.put("survey", name);
      told.put("rows", rows);
      told.put("repeated_ids", repeated);
      if (writer != null) {
        commit(table, name, source, writer.finish());
      }
    }
    tell(told);
    return ExitCode.COMPLETE;
  }

  private void tell(Map<String, Object> told) {
    if (global().json()) {
      console().json(told);
    }
    console()
        .say(
            "catalog: %d rows of %s%s"
                .formatted(rows, told.get("survey"), dryRun ? " would come" : ""));
    if (told.get("missing_columns") instanceof Set<?> missing && !missing.isEmpty()) {
      console().warn("the file has no " + missing + ": what is made of them stays empty");
    }
    if (told.get("without_place") instanceof Long n && n > 0) {
      console().warn(n + " rows have no place on the sphere and were left out");
    }
    if (told.get("left_out") instanceof Long n && n > 0) {
      console().say(n + " rows were left out by the mapping's condition");
    }
    if (repeated > 0) {
      console()
          .warn(
              repeated
                  + " rows have an id that came before"
                  + (duplicates == Duplicates.first ? " and were left out" : ""));
    }
  }

  private ObjectStore store() throws IOException {
    return Stores.open(
        global().warehouse().replaceAll("/+$", "") + "/" + CatalogTables.SOURCES.name(),
        global().hadoop());
  }

  private void add(Object[] row, String name, TableSource source) throws IOException {
    if (!ids.add((String) row[2])) {
      repeated++;
      if (duplicates == Duplicates.refuse) {
        throw new UserError(
            source.uri(),
            "the id " + row[2] + " comes twice",
            "Say --duplicates keep or --duplicates first, or name another column for survey_id");
      }
      if (duplicates == Duplicates.first) {
        return;
      }
    }
    row[1] = name;
    int at = row.length - 4;
    row[at++] = source.uri();
    row[at++] = source.version();
    row[at++] = Versions.own();
    row[at] = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());
    held.add(row);
    rows++;
    if (held.size() == ORDERED) {
      order();
    }
  }

  /** Rows that lie together on the sky lie together in data files. */
  private void order() throws IOException {
    held.sort(Comparator.comparingLong(r -> (Long) r[0]));
    if (writer != null) {
      for (Object[] row : held) {
        writer.add(row, ROW_BYTES);
      }
    }
    held.clear();
  }

  private void commit(ObjectStore table, String name, TableSource source, List<DataFile> files)
      throws IOException {
    try (ObjectStore state =
            Stores.open(
                OpenSet.absolute(global().warehouse()) + "/_cornerturn/catalog",
                global().hadoop());
        Lease lease = Lease.take(state, "catalog import")) {
      String application =
          new Fingerprint().with("survey", name).with("source", source).with("files", files).hex();
      lease.check();
      new DeltaTable(table, CatalogTables.SOURCES)
          .replace(CatalogTables.SURVEY, Set.of(name), files, "catalog-" + application, 0);
    }
  }

  /** Of the VLA's list a row for each source and band with a flux density. */
  private void vla(String name, TableSource source) throws IOException {
    List<String> lines;
    try (ObjectStore store = Stores.open(source.folder(), global().hadoop())) {
      lines = new String(store.get(source.key()), StandardCharsets.ISO_8859_1).lines().toList();
    }
    for (VlaCalibrator c : VlaCalibratorList.parse(source.uri(), lines)) {
      for (VlaBand band : VlaBand.values()) {
        if (c.flux(band).isEmpty()) {
          continue;
        }
        Object[] row = new Object[CatalogTables.SOURCES.schema().length()];
        double ra = Math.toDegrees(c.direction().raRad());
        double dec = Math.toDegrees(c.direction().decRad());
        row[0] = Healpix.finest(ra, dec);
        row[2] = c.name() + "/" + band.name().toUpperCase(Locale.ROOT);
        put(row, "ra_deg", ra);
        put(row, "dec_deg", dec);
        put(row, "freq_hz", band.frequencyHz());
        put(row, "flux_int_mjy", 1000 * c.flux(band).get());
        add(row, name, source);
      }
    }
  }

  private static void put(Object[] row, String column, double value) {
    row[CatalogTables.SOURCES.schema().indexOf(column)] = value;
  }
}
