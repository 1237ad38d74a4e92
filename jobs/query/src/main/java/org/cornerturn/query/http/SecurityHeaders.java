package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletResponse;

/** What browsers are told about every answer; HTML of our own brings a policy of its own. */
final class SecurityHeaders {
  /** For data: should a browser take them for a page, nothing in them runs or is fetched. */
  private static final String DATA_POLICY =
      "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", DATA_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  }
}
