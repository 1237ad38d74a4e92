package org.cornerturn.calibrator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.UserError;
import org.cornerturn.radio.IcrsDirection;

/**
 * The VLA's list of calibrators in its text form: for each source a line in J2000, a line in B1950,
 * a rule, a heading and a line for each band.
 */
public final class VlaCalibratorList {
  private static final Pattern PLACE =
      Pattern.compile(
          "^\\s*(\\d{4}[+-]\\d{2,4})\\s+(J2000|B1950)\\s+([ABCT])\\s+"
              + "(\\d{1,2})h(\\d{1,2})m(\\d{1,2}(?:\\.\\d+)?)s\\s+"
              + "([+-]?)(\\d{1,2})d(\\d{1,2})'(\\d{1,2}(?:\\.\\d+)?)\"\\s*(.*)$");
  private static final Pattern REFERENCE =
      Pattern.compile("^([A-Z][a-z]{2}\\d\\d|USNO)\\b\\s*(.*)$");
  private static final Pattern BAND =
      Pattern.compile(
          "^\\s*\\d+(?:\\.\\d+)?cm\\s+([A-Z])((?:\\s+[PSWXCpswxc?](?=\\s|$)){0,4})\\s*(.*)$");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?|\\.\\d+|\\?");

  /** A heading's columns: the shortest baselines end, and the longest begin, about here. */
  private static final int UVMAX_COLUMN = 45;

  private static final int CONFIGURATIONS = 4;

  private final String source;
  private final List<VlaCalibrator> found = new ArrayList<>();
  private Matcher open;
  private Matcher openB1950;
  private Map<VlaBand, VlaCalibrator.Band> bands = new EnumMap<>(VlaBand.class);

  private VlaCalibratorList(String source) {
    this.source = source;
  }

  /**
   * Reads a list. A band that is listed twice for a source keeps its first line.
   *
   * @param source the file's name, for what is said of faults in it
   * @throws UserError naming the line that can't be understood, or where there is no source at all
   */
  public static List<VlaCalibrator> parse(String source, List<String> lines) {
    VlaCalibratorList list = new VlaCalibratorList(source);
    for (int i = 0; i < lines.size(); i++) {
      list.line(lines.get(i), i + 1);
    }
    list.close();
    if (list.found.isEmpty()) {
      throw new UserError(
          source,
          "no line of it names a calibrator",
          "Give the VLA's list of calibrators as text, with lines such as"
              + " 1331+305   J2000  A 13h31m08.287984s  30d30'32.958850\"");
    }
    return list.found;
  }

  private void line(String line, int number) {
    String text = line.stripTrailing();
    Matcher place = PLACE.matcher(text);
    if (place.matches()) {
      if (place.group(2).equals("J2000")) {
        close();
        open = place;
      } else if (open != null && openB1950 == null) {
        openB1950 = place;
      }
      return;
    }
    Matcher band = BAND.matcher(text);
    if (band.matches()) {
      band(band, text, number);
      return;
    }
    boolean isFurniture =
        text.isBlank()
            || text.startsWith("IAU NAME")
            || text.startsWith("BAND")
            || text.matches("[-=\\s]+");
    if (!isFurniture) {
      throw fault(number, "it is neither a place nor a band: " + text.strip());
    }
  }

  private void band(Matcher m, String text, int number) {
    if (open == null) {
      throw fault(number, "a band of no source");
    }
    VlaBand band =
        VlaBand.of(m.group(1)).orElseThrow(() -> fault(number, "there is no band " + m.group(1)));
    StringBuilder codes =
        new StringBuilder(m.group(2).replaceAll("\\s", "").toUpperCase(java.util.Locale.ROOT));
    while (codes.length() < CONFIGURATIONS) {
      codes.append('?');
    }
    double flux = Double.NaN;
    double least = Double.NaN;
    double most = Double.NaN;
    boolean isFirst = true;
    Matcher n = NUMBER.matcher(text);
    for (int at = m.start(3); n.find(at); at = n.end()) {
      double value = n.group().equals("?") ? Double.NaN : Double.parseDouble(n.group());
      if (isFirst) {
        flux = value > 0 ? value : Double.NaN;
        isFirst = false;
      } else if (n.start() < UVMAX_COLUMN) {
        least = value;
      } else {
        most = value;
      }
    }
    bands.putIfAbsent(band, new VlaCalibrator.Band(flux, codes.toString(), least, most));
  }

  private void close() {
    if (open == null) {
      return;
    }
    String rest = open.group(11).strip();
    Matcher reference = REFERENCE.matcher(rest);
    boolean hasReference = reference.matches();
    found.add(
        new VlaCalibrator(
            open.group(1),
            openB1950 == null ? "" : openB1950.group(1),
            hasReference ? reference.group(2).strip() : rest,
            open.group(3),
            hasReference ? reference.group(1) : "",
            IcrsDirection.ofDegrees(ra(open), dec(open)),
            openB1950 == null
                ? Optional.empty()
                : Optional.of(new VlaCalibrator.Place(ra(openB1950), dec(openB1950))),
            bands));
    open = null;
    openB1950 = null;
    bands = new EnumMap<>(VlaBand.class);
  }

  private static double ra(Matcher m) {
    return 15 * sexagesimal(m, 4);
  }

  private static double dec(Matcher m) {
    return m.group(7).equals("-") ? -sexagesimal(m, 8) : sexagesimal(m, 8);
  }

  private static double sexagesimal(Matcher m, int group) {
    return Integer.parseInt(m.group(group))
        + Integer.parseInt(m.group(group + 1)) / 60.0
        + Double.parseDouble(m.group(group + 2)) / 3600.0;
  }

  private UserError fault(int number, String reason) {
    return new UserError(
        source + ", line " + number, reason, "Mend the line, or leave the source out of the list");
  }
}
