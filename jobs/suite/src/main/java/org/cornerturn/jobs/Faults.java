package org.cornerturn.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.cornerturn.InputFault;
import org.cornerturn.UserError;
import org.cornerturn.spark.StoreFaults;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Tells the user what went wrong, and gives the exit code for it. */
final class Faults {
  /** Of the process, not of one command: a command may run others. */
  private static volatile boolean stopping;

  private final PrintStream err;

  Faults(PrintStream err) {
    this.err = err;
  }

  /** A command line that can't be understood. */
  int wrongUse(ParameterException e) {
    err.println("cornerturn: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USER.code();
  }

  /** Whatever else ended a command. */
  int report(Throwable t) {
    UserError mistake = inChain(t, UserError.class);
    if (mistake == null) {
      mistake = StoreFaults.explain(t, place(t)).orElse(null);
    }
    if (mistake != null) {
      err.println("cornerturn: " + mistake.getMessage());
      LogManager.getLogger(Main.class).debug("The mistake came from", t);
      return ExitCode.USER.code();
    }
    Throwable broken = inputFault(t);
    if (broken != null) {
      err.println("cornerturn: " + broken.getMessage());
      LogManager.getLogger(Main.class).debug("The broken input was found by", t);
      return ExitCode.USER.code();
    }
    if (stopping) {
      return ExitCode.FAULT.code();
    }
    if (inChain(t, OutOfMemoryError.class) != null) {
      err.println(
          "cornerturn: the heap of "
              + ByteSize.inWords(Runtime.getRuntime().maxMemory())
              + " is too small; set CORNERTURN_HEAP, as in CORNERTURN_HEAP=2g"
              + stack(t));
      return ExitCode.FAULT.code();
    }
    err.println("cornerturn: a fault of the program, " + inOneLine(t) + stack(t));
    return ExitCode.FAULT.code();
  }

  /** What a command was reading or writing, as far as the exception tells. */
  private static String place(Throwable t) {
    FileSystemException e = inChain(t, FileSystemException.class);
    return e == null || e.getFile() == null ? "a file or store" : e.getFile();
  }

  /** Once the JVM is being stopped, failures are its consequence and not worth a word. */
  static void stopping() {
    stopping = true;
  }

  private static String inOneLine(Throwable t) {
    Throwable root = t;
    Set<Throwable> seen = new HashSet<>();
    while (root.getCause() != null && seen.add(root)) {
      root = root.getCause();
    }
    String text = String.valueOf(root).strip();
    int newline = text.indexOf('\n');
    return newline < 0 ? text : text.substring(0, newline);
  }

  /** Writes the stack where the log goes, or to a file of its own when there is none. */
  private static String stack(Throwable t) {
    org.apache.logging.log4j.Logger log = LogManager.getLogger(Main.class);
    if (log.isInfoEnabled()) {
      log.info("The command failed", t);
      return "; the stack is in the log";
    }
    try {
      Path file = Files.createTempFile("cornerturn-fault-", ".log");
      try (PrintWriter w = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        t.printStackTrace(w);
      }
      return "; the stack is in " + file;
    } catch (IOException e) {
      return "; the stack could not be kept, " + e.getMessage();
    }
  }

  private static Throwable inputFault(Throwable t) {
    Set<Throwable> seen = new HashSet<>();
    Throwable c = t;
    while (c != null && !(c instanceof InputFault) && seen.add(c)) {
      c = c.getCause();
    }
    return c instanceof InputFault ? c : null;
  }

  private static <T extends Throwable> T inChain(Throwable t, Class<T> type) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable c = t; c != null && seen.add(c); c = c.getCause()) {
      if (type.isInstance(c)) {
        return type.cast(c);
      }
    }
    return null;
  }
}
