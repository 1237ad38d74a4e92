package org.cornerturn.query.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that is an error, as RFC 9457 has it: status, a stable {@code code}, a title for the
 * code, a detail for this case, and members of the code's own.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One wrong member of a request.
   *
   * @param parameter its name
   * @param message what is wrong with it and what would be right
   */
  public record Fault(String parameter, String message) {}

  private final int status;
  private final String code;
  private final String title;
  private final transient List<Fault> faults;
  private final transient Map<String, Object> members;
  private final transient Map<String, String> headers;

  private Problem(
      int status,
      String code,
      String title,
      String detail,
      List<Fault> faults,
      Map<String, Object> members,
      Map<String, String> headers,
      Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.code = code;
    this.title = title;
    this.faults = List.copyOf(faults);
    this.members = Map.copyOf(members);
    this.headers = Map.copyOf(headers);
  }

  private static Problem of(int status, String code, String title, String detail, Throwable cause) {
    return new Problem(status, code, title, detail, List.of(), Map.of(), Map.of(), cause);
  }

  /** 404: no such thing, or none that the asker may know of. */
  public static Problem notFound(String detail) {
    return of(404, "NOT_FOUND", "Not found", detail, null);
  }

  /** 403: known, but not for this asker. */
  public static Problem denied(String detail) {
    return of(403, "DENIED", "Permission denied", detail, null);
  }

  /** 401: the asker has to say who he is. */
  public static Problem unauthorized(String detail) {
    return of(401, "UNAUTHORIZED", "Who are you?", detail, null)
        .withHeader("WWW-Authenticate", "Basic realm=\"cornerturn\", charset=\"UTF-8\"");
  }

  /** 400 (422 on H5Grove's paths): a parameter has a wrong value. */
  public static Problem invalid(String parameter, String message) {
    return invalid(List.of(new Fault(parameter, message)));
  }

  /** 400 (422 on H5Grove's paths): parameters have wrong values. */
  public static Problem invalid(List<Fault> faults) {
    StringBuilder detail = new StringBuilder();
    for (Fault f : faults) {
      detail.append(detail.isEmpty() ? "" : "; ").append(f.parameter()).append(": ");
      detail.append(f.message());
    }
    return new Problem(
        400,
        "VALIDATION_ERROR",
        "A parameter is wrong",
        detail.toString(),
        faults,
        Map.of(),
        Map.of(),
        null);
  }

  /** 422: well-formed, but this thing can't be asked for that. */
  public static Problem unprocessable(String detail) {
    return of(422, "UNPROCESSABLE", "It can't be answered", detail, null);
  }

  /**
   * 413: more than a limit allows.
   *
   * @param limit name of the limit in {@code /limits}
   * @param most its value
   * @param asked what the request comes to, in the limit's unit
   */
  public static Problem tooLarge(String limit, long most, long asked) {
    return of(
            413,
            "TOO_LARGE",
            "More than the limit",
            "The request comes to " + asked + "; the limit " + limit + " is " + most,
            null)
        .with("limit", limit)
        .with("most", most)
        .with("asked", asked);
  }

  /** 406: none of the media types that the asker accepts. */
  public static Problem notAcceptable(String detail) {
    return of(406, "NOT_ACCEPTABLE", "No such representation", detail, null);
  }

  /** 405: another method is needed. */
  public static Problem methodNotAllowed(String detail, String allowed) {
    return of(405, "METHOD_NOT_ALLOWED", "Method not allowed", detail, null)
        .withHeader("Allow", allowed);
  }

  /**
   * 416: no byte of the range is in the object.
   *
   * @param size bytes of the object
   */
  public static Problem rangeNotSatisfiable(long size) {
    return of(
            416,
            "RANGE_NOT_SATISFIABLE",
            "No such range",
            "The object has " + size + " bytes",
            null)
        .withHeader("Content-Range", "bytes */" + size);
  }

  /** 412: what is stored is not what the asker thinks. */
  public static Problem preconditionFailed(String detail) {
    return of(412, "PRECONDITION_FAILED", "It has changed", detail, null);
  }

  /** 415: stored in a way that this service does not read. */
  public static Problem unsupported(String detail, Throwable cause) {
    return of(422, "UNSUPPORTED", "Not supported", detail, cause);
  }

  /** 422: the stored object is damaged. */
  public static Problem damaged(String detail, Throwable cause) {
    return of(422, "DAMAGED_INPUT", "The stored object is damaged", detail, cause);
  }

  /** 429: too many requests. */
  public static Problem tooMany(String detail, long retryAfterSeconds) {
    return of(429, "RATE_LIMITED", "Too many requests", detail, null)
        .withHeader("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)));
  }

  /** 503: not now. */
  public static Problem unavailable(String detail, Throwable cause) {
    return of(503, "SERVICE_UNAVAILABLE", "Not available now", detail, cause)
        .withHeader("Retry-After", "5");
  }

  /** 502: a store did not answer, or not as it should. */
  public static Problem badGateway(String detail, Throwable cause) {
    return of(502, "STORE_ERROR", "The store failed", detail, cause);
  }

  /** 503: the request took longer than a request may. */
  public static Problem tooSlow(long seconds) {
    return of(
            503,
            "DEADLINE_EXCEEDED",
            "It took too long",
            "A request may take " + seconds + " s; ask for less at once",
            null)
        .with("limit", "request_seconds")
        .with("most", seconds);
  }

  /** 500: our fault. */
  static Problem internal(Throwable cause) {
    return of(
        500,
        "INTERNAL_ERROR",
        "A fault of this program",
        "Something went wrong in the service; its log has the trace id",
        cause);
  }

  /** Any other status, of the HTTP frame. */
  static Problem ofStatus(int status, String detail) {
    return of(status, "HTTP_" + status, "HTTP status " + status, detail, null);
  }

  /** The same with a member of its own. */
  public Problem with(String member, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.put(member, value);
    return copy(status, all, headers);
  }

  /** The same with a header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return copy(status, members, all);
  }

  Problem withStatus(int other) {
    return copy(other, members, headers);
  }

  private Problem copy(int newStatus, Map<String, Object> extra, Map<String, String> heads) {
    return new Problem(newStatus, code, title, getMessage(), faults, extra, heads, getCause());
  }

  public int status() {
    return status;
  }

  /** Stable, for programs. */
  public String code() {
    return code;
  }

  String title() {
    return title;
  }

  List<Fault> faults() {
    return faults;
  }

  Map<String, Object> members() {
    return members;
  }

  Map<String, String> headers() {
    return headers;
  }
}
