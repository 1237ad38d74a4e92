package org.cornerturn.jobs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.cornerturn.UserError;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The program. It alone decides the exit code ({@link ExitCode}); signals end the JVM with 130 and
 * 143.
 */
public final class Main {
  private static final String END_OF_OURS = "--";

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    Faults faults = new Faults(err);
    Runtime.getRuntime().addShutdownHook(new Thread(Faults::stopping, "stopping"));
    int code = run(List.of(args), out, err, faults);
    out.flush();
    err.flush();
    // Databricks takes any exit of the JVM, even a good one, for a failure of the job.
    if (code != ExitCode.COMPLETE.code() || System.getenv("DATABRICKS_RUNTIME_VERSION") == null) {
      System.exit(code);
    }
  }

  /**
   * Runs a command line in this JVM.
   *
   * @param args what follows {@code cornerturn}
   * @return the exit code
   */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    return run(args, out, err, new Faults(err));
  }

  private static int run(List<String> args, PrintStream out, PrintStream err, Faults faults) {
    int end = args.indexOf(END_OF_OURS);
    List<String> ours = end < 0 ? args : args.subList(0, end);
    List<String> forSpark = end < 0 ? List.of() : args.subList(end + 1, args.size());
    Cornerturn cornerturn = new Cornerturn(out, err);
    CommandLine line = commandLine(cornerturn, Verbs.ALL);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, a) -> faults.wrongUse(e));
    line.setExecutionExceptionHandler((e, c, r) -> faults.report(e));
    line.setExecutionStrategy(
        parsed -> {
          Integer help = CommandLine.executeHelpRequest(parsed);
          return help != null ? help : execute(cornerturn, parsed, ours, forSpark);
        });
    try {
      return line.execute(ours.toArray(String[]::new));
    } catch (Throwable t) {
      // Not only exceptions: a heap that is too small is told to the user, too.
      return faults.report(t);
    }
  }

  /** The command line with its verbs, converters and conventions. */
  static CommandLine commandLine(Cornerturn cornerturn, List<Class<? extends Verb>> verbs) {
    CommandLine line = new CommandLine(cornerturn);
    verbs.forEach(line::addSubcommand);
    line.registerConverter(ByteSize.class, checked(ByteSize::parse));
    line.registerConverter(Duration.class, checked(Durations::parse));
    line.registerConverter(Angle.class, checked(Angle::parse));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
    return line;
  }

  private static int execute(
      Cornerturn cornerturn, ParseResult parsed, List<String> ours, List<String> forSpark) {
    GlobalOptions global = cornerturn.global();
    try {
      global.settle(forSpark);
    } catch (UserError e) {
      throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "settings", e);
    }
    if (global.print()) {
      cornerturn.console().print(SparkArguments.submission(global.spark(), ours));
      return ExitCode.COMPLETE.code();
    }
    Logs.start(global.logFile(), Level.valueOf(global.logLevel()));
    return new CommandLine.RunLast().execute(parsed);
  }

  private static <T> CommandLine.ITypeConverter<T> checked(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    };
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
