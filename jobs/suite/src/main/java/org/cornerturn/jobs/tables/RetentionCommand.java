package org.cornerturn.jobs.tables;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.TableUpkeep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn tables retention}. */
@Command(
    name = "retention",
    description = {
      "Delete a table's rows that are older than so long.",
      "Their files go with the next vacuum; until then earlier versions have them."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn tables retention runs --older-than 365d --dry-run",
      "  cornerturn tables retention images --older-than 90d --column ended"
    })
public final class RetentionCommand extends Verb {
  private static final List<String> USUAL =
      List.of("published", "ended", "finished", "started", "created_at");

  @Parameters(paramLabel = "TABLE", description = "One table.")
  private String name;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      required = true,
      description = "As in 365d.")
  private Duration age;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description =
          "A moment of each row; default the first that it has of published, ended, finished,"
              + " started, created_at. Rows without a moment stay.")
  private String column;

  @Option(names = "--dry-run", description = "Tell how many rows. Nothing is deleted.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (age.isNegative() || age.isZero()) {
      throw new UserError("--older-than", "it is no age", "Write 365d");
    }
    WarehouseFolder warehouse = new WarehouseFolder(global());
    WarehouseFolder.Table table = warehouse.tables(List.of(name)).get(0);
    String by = column(warehouse.newest(table).schema());
    Instant before = Instant.now().minus(age);
    TableUpkeep upkeep = warehouse.upkeep();
    long rows =
        dryRun
            ? upkeep.countBefore(table.uri(), by, before)
            : upkeep.deleteBefore(table.uri(), by, before);
    if (global().json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("table", name);
      document.put("column", by);
      document.put("before", before.toString());
      document.put(dryRun ? "would_delete" : "deleted", rows);
      console().json(document);
    } else {
      console()
          .print(
              name
                  + ": "
                  + rows
                  + " rows with "
                  + by
                  + " before "
                  + before
                  + (dryRun ? " would be deleted" : " deleted"));
    }
    return ExitCode.COMPLETE;
  }

  private String column(StructType schema) {
    Optional<String> found =
        (column == null ? USUAL.stream() : Stream.of(column))
            .filter(
                c ->
                    schema.indexOf(c) >= 0
                        && schema.get(c).getDataType().toString().startsWith("timestamp"))
            .findFirst();
    return found.orElseThrow(
        () ->
            new UserError(
                column == null ? name : "--column " + column,
                "the table has no such moment",
                "Name a column of moments with --column"));
  }
}
