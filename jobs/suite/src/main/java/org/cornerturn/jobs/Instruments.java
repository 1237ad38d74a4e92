package org.cornerturn.jobs;

import java.io.IOException;
import java.util.Map;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.InstrumentFile;

/** Instruments as options name them. */
public final class Instruments {
  private Instruments() {}

  /**
   * An instrument.
   *
   * @param name one that travels with the program, or the path of a YAML file
   * @param hadoop settings of stores
   * @throws org.cornerturn.UserError where there is none, or it is described wrongly
   */
  public static Instrument named(String name, Map<String, String> hadoop) throws IOException {
    return InstrumentFile.BUNDLED.contains(name)
        ? InstrumentFile.bundled(name)
        : InstrumentFile.parse(name, TextFile.read(name, hadoop));
  }
}
