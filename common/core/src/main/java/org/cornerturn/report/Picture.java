package org.cornerturn.report;

import java.util.Base64;

/**
 * A picture, which travels in the report.
 *
 * @param png bytes of a PNG file
 * @param about what it shows, for those who can't see it
 */
public record Picture(byte[] png, String about) implements Figure {
  @Override
  public String markup() {
    return "<img alt=\"" + HtmlPage.escaped(about) + "\" src=\"" + address(png) + "\">";
  }

  /** An address that has the picture in it. */
  static String address(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
