package org.cornerturn.sky;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Region.Box;
import org.cornerturn.sky.Region.Circle;
import org.cornerturn.sky.Region.Ellipse;
import org.cornerturn.sky.Region.Polygon;

/**
 * Region files of SAOImage DS9: circles, ellipses, boxes and polygons of ICRS or FK5 (taken for
 * ICRS), and such with a minus sign before them, which are left out.
 */
public final class Ds9Regions {
  private static final Pattern SHAPE =
      Pattern.compile("([+-]?)\\s*(circle|ellipse|box|polygon)\\s*[( ]([^)]*)\\)?");

  private static final Pattern ANGLE = Pattern.compile("([+-]?[0-9.]+(?:e[+-]?[0-9]+)?)([\"'dr]?)");

  private static final double ARCSEC = Math.PI / (180 * 3600);

  private Ds9Regions() {}

  /**
   * A line of a file.
   *
   * @param excluded whether what is inside doesn't belong to the whole
   */
  public record Entry(Region region, boolean excluded) {}

  /**
   * Reads a file's text. Comments, colours and other properties are passed over.
   *
   * @throws IllegalArgumentException at what isn't understood, with its line's number
   */
  public static List<Entry> parse(String text) {
    List<Entry> out = new ArrayList<>();
    String frame = "";
    String[] lines = text.split("\n|\r\n?");
    for (int n = 0; n < lines.length; n++) {
      for (String statement : lines[n].replaceFirst("#.*", "").split(";")) {
        String s = statement.strip().toLowerCase(Locale.ROOT);
        if (s.isEmpty() || s.startsWith("global")) {
          continue;
        }
        try {
          Matcher shape = SHAPE.matcher(s);
          if (!shape.matches()) {
            frame = s;
            checkFrame(frame);
          } else {
            checkFrame(frame);
            out.add(new Entry(region(shape.group(2), shape.group(3)), shape.group(1).equals("-")));
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + (n + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return out;
  }

  private static void checkFrame(String frame) {
    if (!frame.equals("icrs") && !frame.equals("fk5") && !frame.equals("j2000")) {
      throw new IllegalArgumentException(
          (frame.isEmpty() ? "regions without a frame" : frame)
              + "; regions are read in icrs and fk5");
    }
  }

  private static Region region(String shape, String arguments) {
    String[] a = arguments.strip().split("[\\s,]+");
    if (shape.equals("polygon")) {
      List<IcrsDirection> corners = new ArrayList<>();
      for (int i = 0; i + 1 < a.length; i += 2) {
        corners.add(direction(a[i], a[i + 1]));
      }
      if (a.length % 2 != 0) {
        throw new IllegalArgumentException("a polygon of " + a.length + " numbers");
      }
      return new Polygon(corners);
    }
    int expected = shape.equals("circle") ? 3 : 4;
    if (a.length != expected && (expected == 3 || a.length != 5)) {
      throw new IllegalArgumentException("a " + shape + " of " + a.length + " numbers");
    }
    IcrsDirection centre = direction(a[0], a[1]);
    if (expected == 3) {
      return new Circle(centre, angle(a[2]));
    }
    double turn = a.length == 5 ? angle(a[4]) : 0;
    // DS9's angles turn the first axis, which lies to the west, towards the north: the same as
    // position angles of the second one.
    return shape.equals("box")
        ? new Box(centre, angle(a[2]), angle(a[3]), turn)
        : new Ellipse(centre, angle(a[3]), angle(a[2]), turn);
  }

  private static IcrsDirection direction(String ra, String dec) {
    double first = ra.contains(":") ? 15 * sexagesimal(ra) : Math.toDegrees(angle(ra));
    double second = dec.contains(":") ? sexagesimal(dec) : Math.toDegrees(angle(dec));
    if (Math.abs(second) > 90) {
      throw new IllegalArgumentException("a declination of " + dec);
    }
    return IcrsDirection.ofDegrees(first - 360 * Math.floor(first / 360), second);
  }

  private static double sexagesimal(String text) {
    String[] parts = text.split(":");
    double sum = 0;
    for (int i = parts.length - 1; i >= 0; i--) {
      sum = sum / 60 + Math.abs(Double.parseDouble(parts[i]));
    }
    return text.startsWith("-") ? -sum : sum;
  }

  /** Radians; degrees where no unit is given. */
  private static double angle(String text) {
    Matcher m = ANGLE.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("an angle of " + text);
    }
    double value = Double.parseDouble(m.group(1));
    return switch (m.group(2)) {
      case "\"" -> value * ARCSEC;
      case "'" -> value * 60 * ARCSEC;
      case "r" -> value;
      default -> Math.toRadians(value);
    };
  }

  /** A file's text, in ICRS and degrees. */
  public static String format(List<Entry> entries) {
    StringBuilder out = new StringBuilder("# Region file format: DS9 version 4.1\nicrs\n");
    for (Entry e : entries) {
      out.append(e.excluded() ? "-" : "").append(format(e.region())).append('\n');
    }
    return out.toString();
  }

  private static String format(Region region) {
    if (region instanceof Circle c) {
      return "circle(" + place(c.centre()) + "," + size(c.radiusRad()) + ")";
    }
    if (region instanceof Ellipse e) {
      return "ellipse("
          + place(e.centre())
          + ","
          + size(e.secondRad())
          + ","
          + size(e.firstRad())
          + ","
          + Math.toDegrees(e.positionAngleRad())
          + ")";
    }
    if (region instanceof Box b) {
      return "box("
          + place(b.centre())
          + ","
          + size(b.widthRad())
          + ","
          + size(b.heightRad())
          + ","
          + Math.toDegrees(b.positionAngleRad())
          + ")";
    }
    StringJoiner corners = new StringJoiner(",", "polygon(", ")");
    for (IcrsDirection corner : ((Polygon) region).corners()) {
      corners.add(place(corner));
    }
    return corners.toString();
  }

  private static String place(IcrsDirection d) {
    return Math.toDegrees(d.raRad()) + "," + Math.toDegrees(d.decRad());
  }

  private static String size(double angle) {
    return angle / ARCSEC + "\"";
  }
}
