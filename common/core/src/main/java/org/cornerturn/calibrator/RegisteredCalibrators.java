package org.cornerturn.calibrator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.radio.IcrsDirection;

/** The calibrators that travel with the program: each source once, its other names with it. */
public final class RegisteredCalibrators {
  private static final String RESOURCE = "registered.csv";

  private RegisteredCalibrators() {}

  public static List<Calibrator> all() {
    List<Calibrator> all = new ArrayList<>();
    try (InputStream in = RegisteredCalibrators.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          all.add(calibrator(line.split(",", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Calibrator calibrator(String[] cells) {
    return new Calibrator(
        cells[0],
        List.of(cells[1].split(" ")),
        IcrsDirection.ofDegrees(Double.parseDouble(cells[2]), Double.parseDouble(cells[3])),
        cells[4],
        Double.parseDouble(cells[5]),
        Double.parseDouble(cells[6]),
        Double.parseDouble(cells[7]),
        Double.parseDouble(cells[8]),
        Calibrator.REGISTERED,
        List.of());
  }
}
