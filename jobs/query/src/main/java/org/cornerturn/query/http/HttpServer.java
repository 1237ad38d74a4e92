package org.cornerturn.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.cornerturn.query.access.Principal;
import org.cornerturn.query.access.Scope;
import org.cornerturn.query.root.Roots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP frame: runs the registered operations, and turns what they throw into answers. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Principal ANYBODY = new Principal("anybody", Scope.ADMIN, Optional.empty());

  private final Router router;
  private final Roots roots;
  private final Limits limits;
  private final Javalin javalin;

  public HttpServer(Router router, Roots roots, Limits limits) {
    this.router = router;
    this.roots = roots;
    this.limits = limits;
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.generateEtags = false;
    config.router.treatMultipleSlashesAsSingleSlash = false;
    for (Router.Registered r : router.all()) {
      HandlerType type = HandlerType.findOrCreate(r.method().name());
      add(config, type, r);
      if (r.method() == Router.Method.GET) {
        add(config, HandlerType.HEAD, r);
      }
    }
    config.routes.exception(
        Exception.class, (e, context) -> fail(e, context, ErrorDialect.PROBLEM));
  }

  private void add(JavalinConfig config, HandlerType type, Router.Registered r) {
    config.routes.addHttpHandler(type, r.operation().path(), c -> run(c, r));
    for (String alias : r.operation().aliases()) {
      config.routes.addHttpHandler(type, alias, c -> run(c, r));
    }
  }

  private void run(Context context, Router.Registered r) {
    Duration time = Duration.ofSeconds(limits.requestSeconds().most());
    Deadline deadline = Deadline.after(time, () -> false);
    try {
      r.handler().handle(new Exchange(context, r.operation(), ANYBODY, deadline, roots));
    } catch (Exception e) {
      fail(e, context, r.operation().errors());
    }
  }

  private void fail(Exception e, Context context, ErrorDialect dialect) {
    Problem problem = dialect.adapted(problem(e));
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    String traceId = HexFormat.of().formatHex(id);
    if (problem.status() >= 500) {
      LOG.warn("{} {} failed ({})", context.req().getMethod(), context.path(), traceId, e);
    }
    try {
      context.res().resetBuffer();
      context.res().setStatus(problem.status());
      problem.headers().forEach((k, v) -> context.res().setHeader(k, v));
      byte[] body = Json.bytes(dialect.body(problem, context.path(), traceId));
      context.res().setContentType("application/problem+json");
      context.res().setContentLength(body.length);
      context.res().getOutputStream().write(body);
    } catch (IOException x) {
      LOG.debug("nobody took the error", x);
    }
  }

  private static Problem problem(Exception e) {
    if (e instanceof Problem p) {
      return p;
    }
    if (e instanceof HttpResponseException h) {
      return Problem.ofStatus(h.getStatus(), h.getMessage());
    }
    return Problem.internal(e);
  }

  /**
   * @param port 0 for a free one
   */
  public void start(String host, int port) {
    javalin.start(host, port);
  }

  public int port() {
    return javalin.port();
  }

  /** Waits until it has stopped. */
  public void awaitEnd() throws IOException {
    try {
      javalin.jettyServer().server().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while serving", e);
    }
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
