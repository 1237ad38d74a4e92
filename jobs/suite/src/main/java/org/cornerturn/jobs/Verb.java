package org.cornerturn.jobs;

import java.util.concurrent.Callable;
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

  private Cornerturn cornerturn() {
    return (Cornerturn) spec.root().userObject();
  }
}
