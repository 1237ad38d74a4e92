package org.cornerturn.table;

/** The warehouse's tables that all commands write and the service reads. */
public final class WarehouseTables {
  /** Of every run a row when it starts, and one when it has ended. */
  public static final TableDefinition RUNS =
      TableDefinition.named("runs", "what was run: a row at the start, another at the end")
          .text("run", "id of the run")
          .text("verb", "the command")
          .texts("arguments", "its command line")
          .text("user", "who ran it")
          .text("host", "where the driver ran")
          .text("version", "version of Cornerturn")
          .text("state", "running, complete, incomplete, refused or failed")
          .count("exit", null, "exit code; null in the row of the start")
          .moment("started", "start of the run, planning excluded")
          .moment("ended", "end of the run; null in the row of the start")
          .real("seconds", "s", "time between the two")
          .count("bytes_in", "B", "bytes read from the inputs")
          .count("bytes_out", "B", "bytes written to the products")
          .real("rate_in", "B/s", "bytes read per second")
          .real("rate_out", "B/s", "bytes written per second")
          .texts("products", "ids of the products")
          .text("message", "why it stopped early or failed; else null");

  /** Of every product a row for each making. */
  public static final TableDefinition PRODUCTS =
      TableDefinition.named("products", "every product published: a row for each making")
          .text("product", "id of the product")
          .text("creation", "this making of the product (product.json)")
          .text("root", "where it lies")
          .text("fingerprint", "SHA-256 over inputs, parameters and versions")
          .text("verb", "the command that made it")
          .text("run", "id of the run that published it")
          .text("state", "published")
          .text("version", "version of Cornerturn")
          .count("bytes", "B", "bytes of the objects that its tasks wrote")
          .count("chunks", null, "number of its tasks")
          .moment("published", "when it became visible");

  private WarehouseTables() {}
}
