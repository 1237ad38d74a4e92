package org.cornerturn.jobs;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command of the suite. A subclass carries picocli's {@code @Command} (with an example in its
 * footer), its options as fields, and is listed in {@link Verbs}. It checks the options into a
 * record of parameters and runs the job with it; a mistake of the user is a {@link
 * org.cornerturn.UserError}, any other exception is our fault.
 */
public abstract class Verb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Does the work. Output goes through {@link #console()} alone. */
  protected abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return run().code();
  }

  /** What was given before or after the verb, and to Spark after {@code --}. */
  protected final GlobalOptions global() {
    return cornerturn().global();
  }

  protected final Console console() {
    return cornerturn().console();
  }

  /**
   * Runs another command in this JVM with this one's settings. All that it says, its result too,
   * goes where this one's progress goes.
   *
   * @param words the command line, from the verb on
   * @param hadoop further settings of the stores ({@code fs.*})
   */
  protected final ExitCode command(List<String> words, Map<String, String> hadoop) {
    return command(words, hadoop, cornerturn().err());
  }

  /**
   * As {@link #command(List, Map)}.
   *
   * @param err hears what the command says of mistakes and faults
   */
  protected final ExitCode command(
      List<String> words, Map<String, String> hadoop, PrintStream err) {
    List<String> arguments = new ArrayList<>(global().repeated());
    arguments.addAll(words);
    arguments.add("--");
    global().spark().forEach((k, v) -> arguments.addAll(List.of("--conf", k + "=" + v)));
    hadoop.forEach((k, v) -> arguments.addAll(List.of("--conf", "spark.hadoop." + k + "=" + v)));
    int code = Main.run(arguments, cornerturn().watched(), err);
    return Stream.of(ExitCode.values()).filter(e -> e.code() == code).findFirst().orElseThrow();
  }

  /** Where everything goes that is no result. */
  protected final PrintStream err() {
    return cornerturn().err();
  }

  private Cornerturn cornerturn() {
    return (Cornerturn) spec.root().userObject();
  }
}
