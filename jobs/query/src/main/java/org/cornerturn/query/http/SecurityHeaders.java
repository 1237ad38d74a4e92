package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** What browsers are told about every answer; HTML of our own brings a policy of its own. */
final class SecurityHeaders {
  /** For data: should a browser take them for a page, nothing in them runs or is fetched. */
  private static final String DATA_POLICY =
      "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private static final List<HttpField> ALL =
      List.of(
          new PreEncodedHttpField("Content-Security-Policy", DATA_POLICY),
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(
              "Permissions-Policy",
              "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));

  private SecurityHeaders() {}

  /** Adds them to those of an answer, which has none of them yet. */
  static void addTo(HttpFields.Mutable fields) {
    ALL.forEach(fields::add);
  }

  static void set(HttpServletResponse response) {
    ALL.forEach(f -> response.setHeader(f.getName(), f.getValue()));
  }
}
