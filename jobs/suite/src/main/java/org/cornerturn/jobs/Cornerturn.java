package org.cornerturn.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top of the command line: global options, and one subcommand for each verb. */
@Command(
    name = "cornerturn",
    synopsisHeading = "Usage: ",
    customSynopsis = "cornerturn [GLOBAL OPTIONS] VERB [OPTIONS] ARGUMENTS [-- SPARK ARGUMENTS]",
    description = "Scientific HDF5 to Zarr with pyramids, on Apache Spark.",
    versionProvider = Versions.class,
    footer = {
      "",
      "The query service is a program of its own, without Spark: cornerturn serve --help.",
      "",
      "Example:",
      "  cornerturn --version"
    })
final class Cornerturn implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private final GlobalOptions global = new GlobalOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and end.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Cornerturn, Spark, Scala, Delta, Hadoop and Java.")
  private boolean version;

  private final PrintStream out;
  private final PrintStream err;

  Cornerturn(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  GlobalOptions global() {
    return global;
  }

  PrintStream err() {
    return err;
  }

  /** Where results go that are only steps of this command: to the one who watches, if any. */
  PrintStream watched() {
    return global.quiet()
        ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
        : err;
  }

  Console console() {
    // The launcher knows whether standard error is a terminal; the JDK can't tell.
    boolean terminal = "1".equals(System.getenv("CORNERTURN_TERMINAL"));
    return new Console(out, err, global.quiet(), terminal);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No verb given");
  }
}
