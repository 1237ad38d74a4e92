package org.cornerturn.spark;

import java.util.ArrayList;
import java.util.List;

/** Places relative to each other, so that a product still finds its ledger after being moved. */
final class Locations {
  private Locations() {}

  /** How {@code to} is reached from the folder {@code from}: relative if below or above it. */
  static String relative(String from, String to) {
    if (to.equals(from)) {
      return ".";
    }
    if (to.startsWith(from + "/")) {
      return to.substring(from.length() + 1);
    }
    String up = "..";
    for (int end = from.lastIndexOf('/'); end > 0; end = from.lastIndexOf('/', end - 1)) {
      String above = from.substring(0, end);
      if (above.endsWith("/") || above.endsWith(":")) {
        break; // Only the scheme is left.
      }
      if (to.equals(above)) {
        return up;
      }
      if (to.startsWith(above + "/")) {
        return up + "/" + to.substring(end + 1);
      }
      up += "/..";
    }
    return to;
  }

  /** The place that {@link #relative} has named. */
  static String resolve(String from, String relative) {
    if (relative.equals(".")) {
      return from;
    }
    if (relative.startsWith("/") || relative.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return relative;
    }
    List<String> parts = new ArrayList<>(List.of(from.split("/", -1)));
    for (String part : relative.split("/")) {
      if (part.equals("..")) {
        parts.remove(parts.size() - 1);
      } else {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
