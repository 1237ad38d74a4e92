package org.cornerturn.jobs.convert;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cornerturn.UserError;
import org.cornerturn.storage.InputFile;

/** Which store each input becomes. */
final class Outputs {
  private Outputs() {}

  /**
   * The output itself for a single input; in a folder {@code <stem>.zarr}, with the relative path
   * where stems are equal.
   *
   * @throws UserError when two inputs would become the same store, or one argument named several
   *     files and the output is a single store
   */
  static Map<InputFile, String> name(List<InputFile> inputs, String output, boolean folder) {
    Map<InputFile, String> roots = new LinkedHashMap<>();
    String base = output.length() > 1 ? output.replaceAll("/+$", "") : output;
    if (!folder) {
      if (inputs.size() > 1) {
        throw new UserError(
            base,
            "it would be one store, but the input names " + inputs.size() + " files",
            "End the output in / to have a store of each file in it");
      }
      roots.put(inputs.get(0), base);
      return roots;
    }
    Map<String, Integer> stems = count(inputs, InputFile::stem);
    Map<String, Integer> relative = count(inputs, InputFile::relativeStem);
    Map<String, InputFile> taken = new HashMap<>();
    for (InputFile input : inputs) {
      String name = input.stem();
      if (stems.get(name) > 1) {
        name = input.relativeStem();
      }
      if (relative.get(input.relativeStem()) > 1) {
        name = input.relativeName();
      }
      InputFile other = taken.put(name, input);
      if (other != null) {
        throw new UserError(
            other.uri() + " and " + input.uri(),
            "both would become " + base + "/" + name + ".zarr",
            "Convert them into folders of their own");
      }
      roots.put(input, base + "/" + name + ".zarr");
    }
    return roots;
  }

  private static Map<String, Integer> count(
      List<InputFile> inputs, Function<InputFile, String> name) {
    Map<String, Integer> counts = new HashMap<>();
    inputs.forEach(i -> counts.merge(name.apply(i), 1, Integer::sum));
    return counts;
  }
}
