package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.crossmatch.MatchMode;
import org.cornerturn.crossmatch.ZoneIndex;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.catalogue.ColumnChoice;
import org.cornerturn.jobs.catalogue.TableOutput;
import org.cornerturn.jobs.catalogue.TableSource;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.tablefile.FileColumn;
import org.cornerturn.tablefile.TableFile;

/** Plans a match from the headers of the two tables. */
final class CrossmatchPlanner {
  /** Changes whenever the same question gives other pairs. */
  private static final String ENCODER = "1";

  /** Rows of a zone, both sides together. */
  private static final long ZONE_ROWS = 1 << 20;

  private static final long LEAST_ZONE_ROWS = 50_000;
  private static final int LEAST_ZONES = 8;

  /** A zone and its margins may have so many times the rows of a zone. */
  private static final int ROOM = 3;

  /** Where a file doesn't tell its rows: about what one takes in it. */
  private static final long TEXT_ROW = 60;

  private static final long READING = 40L << 20;
  private static final long PAIR_BYTES = 64;

  private final CrossmatchParameters parameters;
  private final String warehouse;
  private final Map<String, String> hadoop;

  CrossmatchPlanner(CrossmatchParameters parameters, String warehouse, Map<String, String> hadoop) {
    this.parameters = parameters;
    this.warehouse = warehouse.replaceAll("/+$", "");
    this.hadoop = hadoop;
  }

  /** A product, and the match that it is. */
  record Planned(ProductPlan<CrossmatchTask> product, Crossmatch match) {}

  Planned plan() throws IOException {
    Side left = side("l", parameters.left(), "--left");
    Side right = side("r", parameters.right(), "--right");
    if (left.hasErrors() != right.hasErrors()) {
      left = left.hasErrors() ? withoutErrors(left) : left;
      right = right.hasErrors() ? withoutErrors(right) : right;
    }
    if (parameters.mode() == MatchMode.DERUITER && !left.hasErrors()) {
      throw new UserError(
          "--mode deruiter",
          "it needs the errors of places of both tables",
          "Name their columns, in arcsec, with --left-errors RA,DEC and --right-errors RA,DEC");
    }
    String name =
        parameters.name() == null
            ? left.source().stem() + "-" + right.source().stem()
            : parameters.name();
    String file = parameters.output();
    if (file != null) {
      TableOutput.of(file);
    }
    String root = file == null ? warehouse + "/_cornerturn/crossmatch/" + name : file;
    String last = root.substring(root.lastIndexOf('/') + 1);
    String parts =
        file == null ? ProductPlan.STATE + "/parts" : last + "." + ProductPlan.STATE + "/parts";
    String hex =
        new Fingerprint()
            .with("verb", CrossmatchJob.VERB)
            .with("encoder", ENCODER)
            .with("parameters", parameters.toJson().put("output", "").toString())
            .with("left", left.source())
            .with("right", right.source())
            .hex();
    List<CrossmatchTask> tasks = new ArrayList<>();
    List<String> leftIndexes = sorts(left, parts, tasks);
    List<String> rightIndexes = sorts(right, parts, tasks);
    long rows = left.rows() + right.rows();
    long zones =
        Math.max(
            (rows + ZONE_ROWS - 1) / ZONE_ROWS,
            Math.min(LEAST_ZONES, Math.max(1, rows / LEAST_ZONE_ROWS)));
    long mostRows = ROOM * Math.max(RunFile.STEP * 64L, rows / zones) + 64L * RunFile.STEP;
    Crossmatch match =
        new Crossmatch(
            name,
            parameters,
            left,
            right,
            parts,
            leftIndexes,
            rightIndexes,
            (int) zones,
            mostRows,
            file,
            warehouse);
    long row = Math.max(Rows.bytes(left), Rows.bytes(right)) + ZoneIndex.bytes(1) + PAIR_BYTES;
    long record = Math.max(left.fields(), right.fields()) * (long) Long.BYTES;
    for (int z = 0; z < zones; z++) {
      tasks.add(
          new MatchTask(match.pairs(z), match, z, rows / zones * record, mostRows * row + READING));
    }
    if (file != null) {
      tasks.add(new FileTask(last, match, 0, READING));
    }
    CrossmatchPublisher publisher =
        new CrossmatchPublisher(
            match, last + "-" + hex.substring(0, 12), hex, Versions.own(), hadoop);
    ChunkPlan<CrossmatchTask> chunks = new ChunkPlan<>(tasks);
    return new Planned(
        file == null
            ? ProductPlan.folder(
                name,
                root,
                hex,
                CrossmatchJob.VERB,
                parameters.toJson(),
                List.of(left.source().input(), right.source().input()),
                chunks,
                List.of(),
                publisher)
            : ProductPlan.file(
                last,
                root,
                hex,
                CrossmatchJob.VERB,
                parameters.toJson(),
                List.of(left.source().input(), right.source().input()),
                chunks,
                publisher),
        match);
  }

  private static Side withoutErrors(Side s) {
    return new Side(
        s.letter(),
        s.source(),
        s.id(),
        s.idKind(),
        s.ra(),
        s.dec(),
        s.raDegrees(),
        s.decDegrees(),
        null,
        null,
        s.flux(),
        s.rows(),
        s.units());
  }

  private Side side(String letter, CrossmatchParameters.Input input, String option)
      throws IOException {
    TableSource source = TableSource.find(input.table(), input.format(), warehouse, hadoop);
    try (ObjectStore store = Stores.open(source.folder(), hadoop);
        TableFile table = source.open(store)) {
      ColumnChoice choice = new ColumnChoice(source.uri(), table);
      FileColumn ra = choice.ra(input.ra(), option + "-ra");
      FileColumn dec = choice.dec(input.dec(), option + "-dec");
      FileColumn id = choice.id(input.id());
      long rows = table.rows() >= 0 ? table.rows() : source.bytes() / TEXT_ROW + 1;
      return new Side(
          letter,
          source,
          id == null ? null : id.name(),
          id == null
              ? Side.IdKind.NUMBER
              : id.kind() == FileColumn.Kind.WHOLE ? Side.IdKind.WHOLE : Side.IdKind.TEXT,
          ra.name(),
          dec.name(),
          choice.degrees(ra),
          choice.degrees(dec),
          errors(table, choice, input.raErr(), "ra_err_arcsec"),
          errors(table, choice, input.decErr(), "dec_err_arcsec"),
          errors(table, choice, input.flux(), "flux_int_mjy"),
          rows,
          table.units());
    }
  }

  /** A column that was named, or one of our normal form where the table has it. */
  private static String errors(TableFile table, ColumnChoice choice, String asked, String ours) {
    if (asked != null) {
      return choice.named(asked).name();
    }
    return table.find(ours) >= 0 ? ours : null;
  }

  private static List<String> sorts(Side side, String parts, List<CrossmatchTask> tasks) {
    boolean byRow = side.units() == side.rows() && side.units() > 1;
    long bytes = side.source().bytes();
    // Data files are read together until they are about a run.
    long step =
        byRow ? RunFile.MOST : Math.max(1, side.units() * RunFile.MOST / Math.max(1, side.rows()));
    List<String> indexes = new ArrayList<>();
    long run = Rows.bytes(side) + Long.BYTES * 2 + Integer.BYTES * 2;
    for (long from = 0; from < Math.max(1, side.units()); from += step) {
      String id = parts + String.format(Locale.ROOT, "/%s-%06d", side.letter(), indexes.size());
      long to = Math.min(side.units(), from + step);
      tasks.add(
          new SortTask(
              id,
              side,
              from,
              to,
              bytes / Math.max(1, side.units()) * (to - from),
              RunFile.MOST * run + READING));
      indexes.add(id);
    }
    return indexes;
  }
}
