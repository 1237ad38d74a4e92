package org.cornerturn.jobs.image;

import java.util.Stack;
import org.cornerturn.UserError;
import org.cornerturn.imaging.UvWeights;
import org.cornerturn.jobs.Angle;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Values of options as WSClean takes them: of one word or two, angles in asec and amin. */
public final class WscleanWords {
  private WscleanWords() {}

  /** {@code 4096} or {@code 4096 2048}: one text, with a blank between. */
  public static final class Size implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
      String first = one(args, "--size", command);
      boolean second = !args.isEmpty() && args.peek().matches("\\d+");
      arg.setValue(second ? first + " " + args.pop() : first + " " + first);
    }
  }

  /** {@code natural}, {@code uniform}, or {@code briggs 0.5}. */
  static final class Weight implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
      String first = one(args, "--weight", command);
      boolean second =
          first.equals("briggs")
              && !args.isEmpty()
              && args.peek().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
      arg.setValue(second ? first + " " + args.pop() : first);
    }
  }

  private static String one(Stack<String> args, String option, CommandSpec command) {
    if (args.isEmpty()) {
      throw new ParameterException(command.commandLine(), option + " needs a value");
    }
    return args.pop();
  }

  /** Pixels along both sides. */
  public static int[] size(String text) {
    String[] parts = text.split(" ");
    try {
      int[] size = {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
      if (size[0] > 0 && size[1] > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new UserError("--size " + text, "it is no number of pixels", "Write --size 4096", e);
    }
    throw new UserError("--size " + text, "an image has pixels", "Write --size 4096");
  }

  static UvWeights weights(String text) {
    String[] parts = text.split("[ :]");
    try {
      return switch (parts[0]) {
        case "natural" -> UvWeights.natural();
        case "uniform" -> UvWeights.uniform();
        case "briggs" -> UvWeights.briggs(parts.length > 1 ? Double.parseDouble(parts[1]) : 0);
        default ->
            throw new UserError(
                "--weight " + text, "no such weighting", "Use natural, uniform or briggs 0");
      };
    } catch (NumberFormatException e) {
      throw new UserError(
          "--weight " + text, "its robustness is no number", "Write --weight briggs 0", e);
    }
  }

  /** An angle in radians; units as ours or WSClean's. */
  public static double angle(String option, String text) {
    try {
      double radians =
          Angle.parse(text.replace("asec", "arcsec").replace("amin", "arcmin")).radians();
      if (radians > 0) {
        return radians;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(option + " " + text, e.getMessage(), "Write 2.5asec", e);
    }
    throw new UserError(option + " " + text, "it is not above 0", "Write 2.5asec");
  }

  /** A flux density in Jy: a number, or one with a unit. */
  public static double jansky(String option, String text) {
    String number = text.replaceAll("\\s*(u|m)?Jy$", "");
    double factor = text.endsWith("mJy") ? 1e-3 : text.endsWith("uJy") ? 1e-6 : 1;
    try {
      double jy = Double.parseDouble(number) * factor;
      if (jy >= 0 && jy < Double.POSITIVE_INFINITY) {
        return jy;
      }
    } catch (NumberFormatException e) {
      throw new UserError(option + " " + text, "it is no flux density", "Write 1mJy", e);
    }
    throw new UserError(option + " " + text, "it is below 0", "Write 1mJy");
  }
}
