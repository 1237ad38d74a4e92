package org.cornerturn.query;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import picocli.CommandLine;

/**
 * The program {@code cornerturn serve}. Exit codes: 0 it was stopped, 1 a fault of ours, 2 a
 * mistake of the user.
 */
public final class Main {
  private static final int FAULT = 1;
  private static final int MISTAKE = 2;

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code =
        List.of(args).equals(List.of("warm-up"))
            ? WarmUp.run(err)
            : run(List.of(args), out, err, System.getenv());
    out.flush();
    err.flush();
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs a command line in this JVM.
   *
   * @param args what follows {@code cornerturn serve}
   * @return the exit code
   */
  static int run(
      List<String> args, PrintStream out, PrintStream err, Map<String, String> environment) {
    CommandLine line = commandLine(out, err, environment);
    line.setExecutionExceptionHandler((e, c, r) -> report(e, err));
    line.setParameterExceptionHandler(
        (e, a) -> {
          err.println("cornerturn: " + e.getMessage());
          err.println("See " + e.getCommandLine().getCommandName() + " --help");
          return MISTAKE;
        });
    return line.execute(args.toArray(String[]::new));
  }

  static CommandLine commandLine(
      PrintStream out, PrintStream err, Map<String, String> environment) {
    CommandLine line = new CommandLine(new ServeCommand(out, err, environment));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
    return line;
  }

  private static int report(Exception e, PrintStream err) {
    if (e instanceof UserError u) {
      err.println("cornerturn: " + u.getMessage());
      return MISTAKE;
    }
    err.println("cornerturn: a fault of this program; please report it");
    e.printStackTrace(err);
    return FAULT;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
