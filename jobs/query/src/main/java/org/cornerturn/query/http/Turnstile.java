package org.cornerturn.query.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cornerturn.query.access.Credentials;
import org.cornerturn.query.access.Gate;
import org.cornerturn.query.access.Principal;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What happens to every request before and after its operation. */
final class Turnstile {
  private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);
  private static final String VISIT = "org.cornerturn.visit";

  /** nginx's status for it; only in the log. */
  private static final int CLIENT_CLOSED = 499;

  private final Gate gate;
  private final CrossOrigin crossOrigin;
  private final RateLimits rates;
  private final AccessLog log;

  Turnstile(Gate gate, CrossOrigin crossOrigin, RateLimits rates, AccessLog log) {
    this.gate = gate;
    this.crossOrigin = crossOrigin;
    this.rates = rates;
    this.log = log;
  }

  /** What is known of a request. */
  private static final class Visit {
    private final Trace trace;
    private final long began = System.nanoTime();
    private String operation = "none";
    private String principal = "-";
    private int status;

    private Visit(Trace trace) {
      this.trace = trace;
    }
  }

  static ServletChannel channel(Context context) {
    return ServletContextRequest.getServletContextRequest(context.req()).getServletChannel();
  }

  void enter(Context context) {
    Visit visit = new Visit(Trace.from(context.req().getHeader("traceparent")));
    context.attribute(VISIT, visit);
    MDC.put("trace_id", visit.trace.traceId());
    setHeaders(context, visit);
    crossOrigin.check(context.req());
    if (context.req().getMethod().equals("OPTIONS")) { // A browser's question before another one.
      context.status(204).skipRemainingHandlers();
    }
  }

  private void setHeaders(Context context, Visit visit) {
    HttpFields.Mutable fields =
        ServletContextRequest.getServletContextRequest(context.req())
            .getServletContextResponse()
            .getHeaders();
    SecurityHeaders.addTo(fields);
    crossOrigin.setHeaders(context.req(), context.res());
    fields.add("X-Request-Id", visit.trace.traceId());
    fields.add("traceresponse", visit.trace.header());
    if (hasBody(context.req())) {
      // No operation reads one, and the server closes the connection behind an answer to what it
      // has not read: a client that isn't told loses its next request.
      context.res().setHeader("Connection", "close");
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Who asks, if he may.
   *
   * @throws Problem 401, 403 or 429
   */
  Principal admit(Context context, Operation operation) {
    Visit visit = visit(context);
    visit.operation = operation.id();
    Principal principal = identify(context);
    visit.principal = principal.name();
    if (!principal.may(operation.scope())) {
      String needed = operation.scope().name().toLowerCase(java.util.Locale.ROOT);
      throw principal.name().equals(context.ip())
          ? Problem.unauthorized("This needs an API key or a token with the scope " + needed)
          : Problem.denied("Permission denied: this needs the scope " + needed);
    }
    if (operation.cost() != Cost.FREE) {
      rates.take(principal, operation.cost(), context.res());
    }
    return principal;
  }

  private Principal identify(Context context) {
    Credentials credentials =
        Credentials.of(context.header("Authorization"), context.header("X-API-Key"), context.ip());
    return gate.principal(credentials)
        .orElseThrow(() -> Problem.unauthorized("The API key or token is not known, or not now"));
  }

  /** A socket is opened by those who may read. */
  void upgrade(Context context) {
    enter(context);
    Principal principal = identify(context);
    if (!principal.may(org.cornerturn.query.access.Scope.READ)) {
      throw Problem.unauthorized("This needs an API key or a token");
    }
    rates.take(principal, Cost.READ, context.res());
  }

  private Visit visit(Context context) {
    Visit visit = context.attribute(VISIT);
    return visit != null ? visit : new Visit(Trace.from(null));
  }

  /** Answers with an error; where an answer has begun, breaks the connection instead. */
  void fail(Exception e, Context context, ErrorDialect dialect) {
    Visit visit = visit(context);
    if (e instanceof Deadline.ClientGone || e instanceof EofException) {
      visit.status = CLIENT_CLOSED;
      breakOff(context, e);
      return;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Problem problem = dialect.adapted(Problems.of(e));
    if (problem.status() >= 500) {
      LOG.warn("{} {} failed", context.req().getMethod(), context.path(), e);
    } else {
      LOG.debug("{} {}: {}", context.req().getMethod(), context.path(), problem.getMessage(), e);
    }
    visit.status = problem.status();
    if (context.res().isCommitted()) {
      breakOff(context, e);
      return;
    }
    try {
      write(problem, context, dialect, visit);
    } catch (IOException x) {
      LOG.debug("nobody took the error", x);
      breakOff(context, x);
    }
  }

  /**
   * Ends the connection, not only the response: Javalin, which goes on with the request, takes an
   * aborted response for one that is still being written, and logs its own mistake as an error.
   */
  private static void breakOff(Context context, Exception why) {
    channel(context).getEndPoint().close(why);
  }

  private void write(Problem problem, Context context, ErrorDialect dialect, Visit visit)
      throws IOException {
    HttpServletResponse response = context.res();
    String policy = response.getHeader("RateLimit-Policy");
    String rate = response.getHeader("RateLimit");
    response.reset();
    setHeaders(context, visit);
    if (policy != null) {
      response.setHeader("RateLimit-Policy", policy);
      response.setHeader("RateLimit", rate);
    }
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    problem.headers().forEach(response::setHeader);
    byte[] body = Json.bytes(dialect.body(problem, context.path(), visit.trace.traceId()));
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    if (!context.req().getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** An error of the JVM: too little memory, too deep a recursion. */
  void fail(Error error, HttpServletResponse response) {
    LOG.error("a request failed", error);
    if (!response.isCommitted()) {
      response.reset();
      SecurityHeaders.set(response);
      response.setStatus(500);
    }
  }

  void log(Context context) {
    Visit visit = visit(context);
    log.answered(
        context.req().getMethod(),
        context.path(),
        visit.operation,
        visit.status != 0 ? visit.status : context.res().getStatus(),
        System.nanoTime() - visit.began,
        visit.principal,
        visit.trace);
    MDC.remove("trace_id");
  }
}
