package org.cornerturn.sky;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.radio.IcrsDirection;

/**
 * Lists of components as WSClean writes them (its manual, "Component list"): a line {@code Format
 * =} that names the columns, some with a value for lines that have none, then a line for each
 * component. Right ascension is {@code hh:mm:ss.s}, declination {@code dd.mm.ss.s}; axes are full
 * widths at half maximum in arcseconds, the orientation is in degrees from north through east.
 * Stokes I alone: what is polarised is refused.
 */
public final class WscleanComponents {
  private static final Pattern FORMAT = Pattern.compile("(?i)\\s*format\\s*=\\s*(.*)");
  private static final Pattern COLUMN = Pattern.compile("\\s*([A-Za-z]+)\\s*(?:=\\s*(.*?)\\s*)?");
  private static final Pattern SEXAGESIMAL =
      Pattern.compile("([+-]?)(\\d{1,3})[:.](\\d{1,2})[:.](\\d{1,2}(?:\\.\\d*)?)");

  private final List<String> columns = new ArrayList<>();
  private final Map<String, String> usual = new HashMap<>();

  private WscleanComponents(String format) {
    for (String column : cells(format)) {
      Matcher m = COLUMN.matcher(column);
      if (!m.matches()) {
        throw new IllegalArgumentException("the format has no column '" + column.strip() + "'");
      }
      String name = m.group(1).toLowerCase(Locale.ROOT);
      columns.add(name);
      if (m.group(2) != null) {
        usual.put(name, unquoted(m.group(2)));
      }
    }
    for (String needed : List.of("type", "ra", "dec", "i")) {
      if (!columns.contains(needed)) {
        throw new IllegalArgumentException("the format lacks the column " + needed);
      }
    }
  }

  /** Whether a text is such a list: its first line that is no comment is the format. */
  public static boolean isOne(String text) {
    return text.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .findFirst()
        .map(l -> FORMAT.matcher(l).matches())
        .orElse(false);
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException naming the line where it is wrong
   */
  public static List<SkyComponent> parse(String text) {
    List<SkyComponent> all = new ArrayList<>();
    WscleanComponents list = null;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      try {
        Matcher format = FORMAT.matcher(line);
        if (list == null) {
          if (!format.matches()) {
            throw new IllegalArgumentException("the list does not begin with its format");
          }
          list = new WscleanComponents(format.group(1));
        } else {
          list.add(cells(line), all);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  /** Writes points and Gaussians as a list that {@link #parse} and WSClean read. */
  public static String format(List<SkyComponent> components) {
    StringBuilder text =
        new StringBuilder(
            "Format = Name, Type, Ra, Dec, I, SpectralIndex, LogarithmicSI, ReferenceFrequency,"
                + " MajorAxis, MinorAxis, Orientation\n");
    for (SkyComponent c : components) {
      boolean gaussian = c.shape() == SkyComponent.Shape.GAUSSIAN;
      if (!gaussian && c.shape() != SkyComponent.Shape.POINT) {
        throw new IllegalArgumentException("a list has no component like " + c);
      }
      Spectrum s = c.spectrum();
      text.append(c.name()).append(gaussian ? ",GAUSSIAN," : ",POINT,");
      text.append(sexagesimal(Math.toDegrees(c.direction().raRad()) / 15, ':', 8)).append(',');
      text.append(sexagesimal(Math.toDegrees(c.direction().decRad()), '.', 7)).append(',');
      text.append(s.fluxJy()).append(',').append(s.terms()).append(',');
      text.append(s.form() == Spectrum.Form.LOGARITHMIC).append(',').append(s.referenceHz());
      if (gaussian) {
        text.append(',').append(Math.toDegrees(c.majorRad()) * 3600);
        text.append(',').append(Math.toDegrees(c.minorRad()) * 3600);
        text.append(',').append(Math.toDegrees(c.positionAngleRad()));
      } else {
        text.append(",,,");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Hours or degrees in parts of 60, carried where seconds would be rounded to 60. */
  private static String sexagesimal(double value, char separator, int digits) {
    long second = Math.round(Math.pow(10, digits));
    long all = Math.round(Math.abs(value) * 3600 * second);
    return String.format(
        Locale.ROOT,
        "%s%02d%c%02d%c%02d.%0" + digits + "d",
        value < 0 ? "-" : "",
        all / second / 3600,
        separator,
        all / second / 60 % 60,
        separator,
        all / second % 60,
        all % second);
  }

  /** Splits at commas that are in no brackets and no quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int from = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        cells.add(line.substring(from, i));
        from = i + 1;
      }
    }
    cells.add(line.substring(from));
    return cells;
  }

  private static String unquoted(String text) {
    String t = text.strip();
    boolean quoted = t.length() > 1 && (t.charAt(0) == '\'' || t.charAt(0) == '"');
    return quoted ? t.substring(1, t.length() - 1).strip() : t;
  }

  private void add(List<String> cells, List<SkyComponent> to) {
    if (cells.size() > columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " values, the format has " + columns.size() + " columns");
    }
    Map<String, String> row = new HashMap<>(usual);
    for (int i = 0; i < cells.size(); i++) {
      String value = unquoted(cells.get(i));
      if (!value.isEmpty()) {
        row.put(columns.get(i), value);
      }
    }
    if (!row.containsKey("name") && !row.containsKey("type")) {
      return; // A patch: a direction that components are grouped by.
    }
    for (String stokes : List.of("q", "u", "v")) {
      if (number(row, stokes, 0) != 0) {
        throw new IllegalArgumentException("its Stokes " + stokes + " is not 0");
      }
    }
    String type = row.getOrDefault("type", "").toUpperCase(Locale.ROOT);
    String name = row.getOrDefault("name", "S" + (to.size() + 1));
    IcrsDirection direction =
        IcrsDirection.ofDegrees(
            (15 * sexagesimal(row, "ra") % 360 + 360) % 360, sexagesimal(row, "dec"));
    switch (type) {
      case "POINT" -> to.add(SkyComponent.point(name, direction, spectrum(row)));
      case "GAUSSIAN" -> to.add(gaussian(name, direction, row));
      default -> throw new IllegalArgumentException("no type of component: '" + type + "'");
    }
  }

  private static SkyComponent gaussian(
      String name, IcrsDirection direction, Map<String, String> row) {
    double a = number(row, "majoraxis", Double.NaN);
    double b = number(row, "minoraxis", a);
    if (!(a >= 0 && b >= 0)) {
      throw new IllegalArgumentException("a Gaussian with axes of " + a + " and " + b + " arcsec");
    }
    double angle = number(row, "orientation", 0);
    return new SkyComponent(
        name,
        direction,
        spectrum(row),
        SkyComponent.Shape.GAUSSIAN,
        Math.toRadians(Math.max(a, b) / 3600),
        Math.toRadians(Math.min(a, b) / 3600),
        Math.toRadians(a >= b ? angle : angle + 90));
  }

  private static Spectrum spectrum(Map<String, String> row) {
    String list = row.getOrDefault("spectralindex", "[]");
    if (!list.startsWith("[") || !list.endsWith("]")) {
      throw new IllegalArgumentException("SpectralIndex is no list in brackets: " + list);
    }
    List<Double> terms = new ArrayList<>();
    for (String term : list.substring(1, list.length() - 1).split(",", -1)) {
      if (!term.isBlank()) {
        terms.add(number("SpectralIndex", term));
      }
    }
    boolean logarithmic = !row.getOrDefault("logarithmicsi", "true").equalsIgnoreCase("false");
    return new Spectrum(
        number("I", row.getOrDefault("i", "")),
        number(row, "referencefrequency", 0),
        terms,
        logarithmic ? Spectrum.Form.LOGARITHMIC : Spectrum.Form.ORDINARY);
  }

  private static double sexagesimal(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    Matcher m = SEXAGESIMAL.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(column + " is no angle in parts of 60: '" + text + "'");
    }
    double size =
        Double.parseDouble(m.group(2))
            + Double.parseDouble(m.group(3)) / 60
            + Double.parseDouble(m.group(4)) / 3600;
    return m.group(1).equals("-") ? -size : size;
  }

  private static double number(Map<String, String> row, String column, double standard) {
    String text = row.get(column);
    return text == null ? standard : number(column, text);
  }

  private static double number(String column, String text) {
    try {
      double v = Double.parseDouble(text.strip());
      if (Double.isFinite(v)) {
        return v;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + " is no number: '" + text.strip() + "'", e);
    }
    throw new IllegalArgumentException(column + " is not finite: " + text.strip());
  }
}
