package org.cornerturn.jobs.convert;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.storage.InputFile;

/** Which store each input becomes. */
final class Outputs {
  private Outputs() {}

  /**
   * The output itself for a single input; in a folder {@code <stem>.zarr}, with the relative path
   * where stems are equal.
   *
   * @throws UserError when two inputs would become the same store
   */
  static Map<InputFile, String> name(List<InputFile> inputs, String output, boolean folder) {
    Map<InputFile, String> roots = new LinkedHashMap<>();
    String base = output.length() > 1 ? output.replaceAll("/+$", "") : output;
    if (!folder) {
      roots.put(inputs.get(0), base);
      return roots;
    }
    Map<String, Integer> stems = new HashMap<>();
    inputs.forEach(i -> stems.merge(i.stem(), 1, Integer::sum));
    Map<String, InputFile> taken = new HashMap<>();
    for (InputFile input : inputs) {
      String name = stems.get(input.stem()) == 1 ? input.stem() : input.relativeStem();
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
}
