package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What pages of other origins may do (CORS), and what requests are refused because a page of
 * another origin made a browser send them.
 */
final class CrossOrigin {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<String> origins;
  private final boolean isLoopbackOnly;

  /**
   * @param isLoopbackOnly nobody has to say who he is, because only this machine can ask: then a
   *     name that merely resolves to this machine is refused (DNS rebinding)
   */
  CrossOrigin(List<String> origins, boolean isLoopbackOnly) {
    this.origins = origins;
    this.isLoopbackOnly = isLoopbackOnly;
  }

  /**
   * @throws Problem 403 for a request that another origin must not cause
   */
  void check(HttpServletRequest request) {
    if (isLoopbackOnly && !isLoopbackName(request.getHeader("Host"))) {
      throw Problem.denied("Permission denied: this service answers to localhost alone");
    }
    String origin = request.getHeader("Origin");
    if (origin != null
        && !isAllowed(origin)
        && !isOwn(origin, request)
        && (!READING.contains(request.getMethod()) || isUpgrade(request))) {
      throw Problem.denied("Permission denied: the origin " + origin + " is not allowed");
    }
  }

  void setHeaders(HttpServletRequest request, HttpServletResponse response) {
    if (!origins.isEmpty()) {
      response.addHeader("Vary", "Origin");
    }
    String origin = request.getHeader("Origin");
    if (origin == null || !isAllowed(origin)) {
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin);
    response.setHeader("Access-Control-Expose-Headers", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      response.setHeader(
          "Access-Control-Allow-Headers",
          "Accept, Authorization, Content-Type, If-Match, If-None-Match, If-Range, Range,"
              + " Last-Event-ID, X-API-Key, traceparent");
      response.setHeader("Access-Control-Max-Age", "86400");
    }
  }

  private boolean isAllowed(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    try {
      return request.getHeader("Host") != null
          && request.getHeader("Host").equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false; // An origin that is no URI is nobody's own.
    }
  }

  private static boolean isUpgrade(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  private static boolean isLoopbackName(String host) {
    if (host == null) {
      return false;
    }
    int end = host.length();
    while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
      end--;
    }
    boolean hasPort = end > 0 && end < host.length() && host.charAt(end - 1) == ':';
    String name = host.substring(0, hasPort ? end - 1 : host.length()).toLowerCase(Locale.ROOT);
    return LOOPBACK_NAMES.contains(name) || name.endsWith(".localhost");
  }
}
