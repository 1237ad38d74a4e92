package org.cornerturn.jobs.catalogue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cornerturn.UserError;
import org.cornerturn.catalogue.Cone;
import org.cornerturn.catalogue.SkyBox;
import org.cornerturn.catalogue.SkyPolygon;
import org.cornerturn.catalogue.SkyRegion;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn catalog query}. */
@Command(
    name = "query",
    description = {
      "Sources of the table catalog_sources in a part of the sky, as CSV or into a file.",
      "Without a region, all of them."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn catalog query --cone 83.633,22.014,10arcmin",
      "  cornerturn catalog query --box 359,1,-1,1 --survey NVSS --out sources.vot",
      "  cornerturn catalog query --polygon 10,10,12,10,11,12"
    })
public final class CatalogQueryCommand extends Verb {
  /** Rows that are told on the screen without --out. */
  private static final int MOST = 1_000_000;

  /** Which part of the sky. */
  private static final class Where {
    @Option(
        names = "--cone",
        paramLabel = "RA,DEC,RADIUS",
        description = "Degrees, and an angle as in 10arcmin.")
    private String cone;

    @Option(
        names = "--box",
        paramLabel = "WEST,EAST,SOUTH,NORTH",
        description = "Degrees; eastward from WEST, through 0 where EAST is smaller.")
    private String box;

    @Option(
        names = "--polygon",
        paramLabel = "RA,DEC,...",
        description = "Corners in degrees, joined by great circles; three or more.")
    private String polygon;
  }

  @ArgGroup private Where where;

  @Option(names = "--survey", paramLabel = "NAME", description = "Of this catalogue alone.")
  private String survey;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A file that ends in .fits, .vot, .csv or .parquet.")
  private String out;

  @Override
  protected ExitCode run() throws IOException {
    SkyRegion region = where == null ? null : region();
    String uri = global().warehouse().replaceAll("/+$", "") + "/" + CatalogTables.SOURCES.name();
    try (ObjectStore store = Stores.open(uri, global().hadoop())) {
      TableSnapshot table =
          new TableReader(store, TableCache.none(), Optional.empty())
              .latest()
              .orElseThrow(
                  () ->
                      new UserError(
                          global().warehouse(),
                          "it has no catalogues",
                          "Put one in: cornerturn catalog import FILE --mapping NAME"));
      Supplier<RowCursor> cursors = () -> new SourceCursor(table, region, survey);
      long rows = count(cursors);
      if (out == null) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TableOutput.CSV.write(CatalogTables.SOURCES, rows, () -> cursors.get().first(MOST), text);
        text.toString(StandardCharsets.UTF_8).lines().forEach(console()::print);
      } else {
        write(rows, cursors);
      }
      console().say("catalog: %d sources".formatted(rows));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return ExitCode.COMPLETE;
  }

  private static long count(Supplier<RowCursor> cursors) throws IOException {
    long rows = 0;
    try (RowCursor cursor = cursors.get()) {
      while (cursor.advance()) {
        rows++;
      }
    }
    return rows;
  }

  private void write(long rows, Supplier<RowCursor> cursors) throws IOException {
    String file = OpenSet.absolute(out);
    TableOutput kind = TableOutput.of(file);
    int slash = file.lastIndexOf('/');
    try (ObjectStore folder =
            Stores.open(slash <= 0 ? "/" : file.substring(0, slash), global().hadoop());
        PendingObject object = folder.create(file.substring(slash + 1));
        OutputStream to = new BufferedOutputStream(object, 1 << 18)) {
      kind.write(CatalogTables.SOURCES, rows, cursors, to);
      to.flush();
      object.publish();
    }
    if (global().json()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("file", file);
      told.put("rows", rows);
      console().json(told);
    }
  }

  private SkyRegion region() {
    String text = where.cone != null ? where.cone : where.box != null ? where.box : where.polygon;
    String option = where.cone != null ? "--cone" : where.box != null ? "--box" : "--polygon";
    String[] words = text.split(",", -1);
    try {
      if (where.cone != null && words.length == 3) {
        return new Cone(
            number(words[0]), number(words[1]), Math.toDegrees(Angle.parse(words[2]).radians()));
      }
      if (where.box != null && words.length == 4) {
        return new SkyBox(number(words[0]), number(words[1]), number(words[2]), number(words[3]));
      }
      if (where.polygon != null && words.length >= 6 && words.length % 2 == 0) {
        double[] ra = new double[words.length / 2];
        double[] dec = new double[ra.length];
        for (int i = 0; i < ra.length; i++) {
          ra[i] = number(words[2 * i]);
          dec[i] = number(words[2 * i + 1]);
        }
        return new SkyPolygon(ra, dec);
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(option + " " + text, e.getMessage(), "See catalog query --help", e);
    }
    throw new UserError(
        option + " " + text, "it has " + words.length + " values", "See catalog query --help");
  }

  private static double number(String word) {
    return Double.parseDouble(word.strip());
  }
}
