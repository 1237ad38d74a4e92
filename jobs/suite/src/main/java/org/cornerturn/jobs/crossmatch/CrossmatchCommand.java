package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.crossmatch.MatchMode;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.catalogue.TableSource;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn crossmatch}. */
@Command(
    name = "crossmatch",
    description = {
      "Find the rows of two tables that are near each other on the sky.",
      "A table is a file (FITS, VOTable, CSV, Parquet and others), a Delta table, a folder of"
          + " Parquet files, or the name of a table of the warehouse. Pairs go into the table"
          + " crossmatches, or into a file; what they come to, into crossmatch_stats."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn crossmatch detections.fits nvss.fits --radius 10arcsec",
      "  cornerturn crossmatch a.csv b.vot --radius 2arcsec --mode all --out pairs.fits",
      "  cornerturn crossmatch catalog_sources gaia.parquet --radius 1arcsec --mode anti"
          + " --out new.csv"
    })
public final class CrossmatchCommand extends Verb {
  @Parameters(index = "0", paramLabel = "LEFT", description = "The first table.")
  private String left;

  @Parameters(index = "1", paramLabel = "RIGHT", description = "The second.")
  private String right;

  @Option(
      names = "--radius",
      paramLabel = "ANGLE",
      required = true,
      description = "Largest separation of a pair, as in 10arcsec; 0arcsec for equal places.")
  private String radius;

  /** As modes are written. */
  enum Mode {
    best,
    mutual,
    all,
    k,
    anti,
    deruiter
  }

  @Option(
      names = "--mode",
      defaultValue = "best",
      description =
          "best: of each left row the nearest right one; mutual: pairs of which each is the other's"
              + " nearest; all: every pair; k: the --k nearest; anti: left rows without any;"
              + " deruiter: the nearest in units of both errors (${DEFAULT-VALUE}).")
  private Mode mode;

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many of --mode k (${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--max-deruiter",
      paramLabel = "R",
      defaultValue = "5.68",
      description = "Largest de Ruiter radius of --mode deruiter (${DEFAULT-VALUE}).")
  private double deRuiter;

  /** As joins are written. */
  enum Join {
    inner,
    left
  }

  @Option(
      names = "--join",
      defaultValue = "inner",
      description = "inner: pairs; left: also the left rows that have no partner.")
  private Join join;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write pairs into a file (.fits, .vot, .csv, .parquet), not into the table.")
  private String out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the tables call this match; default of both tables' names. A match of the same"
              + " name is replaced by --overwrite.")
  private String name;

  @Option(names = "--left-format", paramLabel = "F", description = "${COMPLETION-CANDIDATES}.")
  private TableSource.Format leftFormat;

  @Option(names = "--right-format", paramLabel = "F", description = "As --left-format.")
  private TableSource.Format rightFormat;

  @Option(names = "--left-ra", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String leftRa;

  @Option(names = "--left-dec", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String leftDec;

  @Option(names = "--left-id", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String leftId;

  @Option(names = "--right-ra", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String rightRa;

  @Option(names = "--right-dec", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String rightDec;

  @Option(names = "--right-id", paramLabel = "COLUMN", description = "Default: found by its name.")
  private String rightId;

  @Option(
      names = "--left-errors",
      paramLabel = "RA,DEC",
      description = "Columns of one-sigma errors of places, arcsec.")
  private String leftErrors;

  @Option(names = "--right-errors", paramLabel = "RA,DEC", description = "As --left-errors.")
  private String rightErrors;

  @Option(
      names = "--left-flux",
      paramLabel = "COLUMN",
      description = "To be told and compared, in the right one's unit.")
  private String leftFlux;

  @Option(names = "--right-flux", paramLabel = "COLUMN", description = "As --left-flux.")
  private String rightFlux;

  @Option(names = "--overwrite", description = "Replace a match of other tables or parameters.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell columns, rows, tasks and memory. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    CrossmatchParameters parameters = parameters();
    CrossmatchJob job =
        new CrossmatchJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private CrossmatchParameters parameters() {
    String[] ofLeft = errors("--left-errors", leftErrors);
    String[] ofRight = errors("--right-errors", rightErrors);
    if (name != null && !name.matches("[\\w.+-]+")) {
      throw new UserError("--name " + name, "names have letters, digits and . + - _", "Choose one");
    }
    if (most < 1) {
      throw new UserError("--k " + most, "at least one is wanted", "Use 1 or more");
    }
    if (!(deRuiter > 0)) {
      throw new UserError("--max-deruiter " + deRuiter, "nothing is so near", "Use one above 0");
    }
    return new CrossmatchParameters(
        new CrossmatchParameters.Input(
            left, leftFormat, leftId, leftRa, leftDec, ofLeft[0], ofLeft[1], leftFlux),
        new CrossmatchParameters.Input(
            right, rightFormat, rightId, rightRa, rightDec, ofRight[0], ofRight[1], rightFlux),
        name,
        out == null ? null : OpenSet.absolute(out),
        MatchMode.valueOf(mode.name().toUpperCase(Locale.ROOT)),
        radiusArcsec(),
        most,
        deRuiter,
        join == Join.left);
  }

  private static String[] errors(String option, String value) {
    if (value == null) {
      return new String[2];
    }
    String[] columns = value.split(",", -1);
    if (columns.length != 2 || columns[0].isBlank() || columns[1].isBlank()) {
      throw new UserError(
          option + " " + value, "it names no two columns", "Write it as in e_ra,e_dec");
    }
    return new String[] {columns[0].strip(), columns[1].strip()};
  }

  private double radiusArcsec() {
    double arcsec;
    try {
      arcsec = Math.toDegrees(Angle.parse(radius).radians()) * 3600;
    } catch (IllegalArgumentException e) {
      throw new UserError("--radius " + radius, e.getMessage(), "Write 10arcsec", e);
    }
    if (!(arcsec >= 0 && arcsec <= 180 * 3600 + 1e-6)) {
      throw new UserError(
          "--radius " + radius, "it is no angle from 0 to 180 degrees", "Write 10arcsec");
    }
    // Angles are kept in radians: what was written in arcsec comes back as it was.
    return Math.min(180 * 3600, Math.rint(arcsec * 1e9) / 1e9);
  }
}
