package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletResponse;

/** What browsers are told about every answer. */
public final class SecurityHeaders {
  /** For the page, which is the only HTML with scripts that this service answers. */
  public static final String PAGE_POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:;"
          + " object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

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
