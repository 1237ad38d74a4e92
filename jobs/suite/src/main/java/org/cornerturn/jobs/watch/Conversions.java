package org.cornerturn.jobs.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.Member;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.StandingProduct;

/**
 * Converts observations, each set of files once. Which version of an observation is in its place,
 * and of which files, its product says; so it does not matter when an earlier process has died.
 */
public final class Conversions {
  private final String output;
  private final List<String> options;
  private final String warehouse;
  private final Map<String, String> hadoop;
  private final Command command;

  /** Runs a command line in this JVM. */
  @FunctionalInterface
  public interface Command {
    Ended run(List<String> words);
  }

  /**
   * How a command ended.
   *
   * @param message the last that it said about a mistake or fault; empty for nothing
   */
  public record Ended(ExitCode code, String message) {}

  /** What became of an observation. */
  public enum State {
    /** Its product is complete. */
    CONVERTED,
    /** An earlier version has all these files, and others that are gone since. */
    COVERED,
    /** Its files can't be converted. */
    REFUSED,
    /** Another attempt may succeed. */
    FAILED
  }

  /**
   * @param version of the product, from 1; 0 for none
   */
  public record Result(State state, int version, String root, String reason) {}

  /**
   * @param output folder of the products
   * @param options of the conversions, as on convert's command line
   */
  public Conversions(
      String output,
      List<String> options,
      String warehouse,
      Map<String, String> hadoop,
      Command command) {
    this.output = output;
    this.options = List.copyOf(options);
    this.warehouse = warehouse;
    this.hadoop = hadoop;
    this.command = command;
  }

  /** Converts an observation, unless its product has its files already. */
  public Result run(Observation o) throws IOException {
    Set<String> wanted = new HashSet<>();
    for (Member m : o.group().members()) {
      FileVersion f = m.file().file();
      wanted.add(f.uri() + " " + f.version());
    }
    for (int version = 1; ; version++) {
      String root = root(o, version);
      Optional<StandingProduct> standing = StandingProduct.at(root, hadoop);
      if (standing.isEmpty()) {
        return convert(o, version, root, false);
      }
      Set<String> has = inputs(standing.get());
      if (!standing.get().isComplete()) {
        // Begun by a process that was stopped: it goes on, or begins anew with files that came
        // since. Nobody has seen it.
        return convert(o, version, root, !has.equals(wanted));
      }
      if (has.equals(wanted)) {
        return new Result(State.CONVERTED, version, root, null);
      }
      if (has.containsAll(wanted) && StandingProduct.at(root(o, version + 1), hadoop).isEmpty()) {
        return new Result(State.COVERED, version, root, null);
      }
    }
  }

  private String root(Observation o, int version) {
    return output
        + "/"
        + o.group().storeName()
        + (version == 1 ? "" : ".v" + version)
        + Msv4Layout.SUFFIX;
  }

  private static Set<String> inputs(StandingProduct product) {
    Set<String> inputs = new HashSet<>();
    for (InputVersion i : product.inputs()) {
      inputs.add(i.uri() + " " + i.version());
    }
    return inputs;
  }

  private Result convert(Observation o, int version, String root, boolean overwrite)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("convert"));
    words.addAll(o.uris());
    words.add(root);
    words.addAll(
        List.of(
            "--profile",
            "uvh5",
            "--subbands",
            Integer.toString(o.group().expected()),
            "--warehouse",
            warehouse));
    words.addAll(options);
    if (overwrite) {
      words.add("--overwrite");
    }
    Ended ended = command.run(words);
    boolean complete =
        StandingProduct.at(root, hadoop).filter(StandingProduct::isComplete).isPresent();
    if (complete && (ended.code() == ExitCode.COMPLETE || ended.code() == ExitCode.REFUSED)) {
      return new Result(State.CONVERTED, version, root, null);
    }
    boolean input =
        ended.code() == ExitCode.REFUSED
            || ended.code() == ExitCode.USER
                && o.uris().stream().anyMatch(u -> ended.message().startsWith(u));
    String reason =
        ended.message().isEmpty()
            ? "convert ended with " + ended.code().code() + "; see the ledger of " + root
            : ended.message();
    return new Result(input ? State.REFUSED : State.FAILED, 0, root, reason);
  }
}
