package org.cornerturn.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.cornerturn.UserError;
import org.cornerturn.query.access.Gate;
import org.cornerturn.query.root.Roots;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP frame: listens, and hands requests to the registered operations. */
public final class HttpServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2_000;
  private static final int HEADER_BYTES = 32 << 10;
  private static final long STOP_MILLIS = 10_000;

  /** Threads beside those of requests: for event streams and the server itself. */
  private static final int MORE_THREADS = 80;

  /**
   * Addresses that other servers refuse: encoded slashes and the like. Keys are decoded once and
   * then checked, part by part, so they are only unusual.
   */
  private static final UriCompliance ADDRESSES =
      UriCompliance.DEFAULT.with(
          "keys",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final HttpSettings settings;
  private final Router router;
  private final Limits limits;
  private final Turnstile turnstile;
  private final Turns turns = new Turns();
  private final Watchdog watchdog = new Watchdog();
  private final Roots roots;
  private final Javalin javalin;

  public HttpServer(
      HttpSettings settings,
      Router router,
      Roots roots,
      Limits limits,
      Gate gate,
      MeterRegistry metrics) {
    this.settings = settings;
    this.router = router;
    this.roots = roots;
    this.limits = limits;
    this.turnstile =
        new Turnstile(
            gate,
            new CrossOrigin(settings.origins(), settings.isLoopbackOnly()),
            new RateLimits(settings.rates(), System::nanoTime),
            new AccessLog(metrics));
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.generateEtags = false;
    config.http.prefer405over404 = true;
    config.router.treatMultipleSlashesAsSingleSlash = false;
    QueuedThreadPool threads = new QueuedThreadPool(settings.threads() + MORE_THREADS, 8);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(HttpServer::configureHttp);
    config.jetty.modifyServer(HttpServer::configureServer);
    config.jetty.modifyServletContextHandler(
        h -> h.getServletHandler().setDecodeAmbiguousURIs(true));
    config.requestLogger.http((context, milliseconds) -> turnstile.log(context));
    config.routes.before(turnstile::enter);
    config.routes.exception(
        Exception.class, (e, context) -> turnstile.fail(e, context, ErrorDialect.PROBLEM));
    // Javalin has a handler of its own for its own exceptions, nearer to them than ours.
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> turnstile.fail(e, context, ErrorDialect.PROBLEM));
    config.router.javaLangErrorHandler((response, error) -> turnstile.fail(error, response));
    for (Router.Registered r : router.all()) {
      add(config, HandlerType.findOrCreate(r.method().name()), r);
      if (r.method() == Router.Method.GET) {
        add(config, HandlerType.HEAD, r);
      }
    }
    config.routes.wsBeforeUpgrade(turnstile::upgrade);
    router.sockets().forEach(config.routes::ws);
  }

  private static void configureHttp(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(ADDRESSES);
  }

  private static void configureServer(Server server) {
    server.setStopTimeout(STOP_MILLIS);
    server.insertHandler(new GracefulHandler());
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    server.setErrorHandler(new FrameErrors());
  }

  private void add(JavalinConfig config, HandlerType type, Router.Registered r) {
    config.routes.addHttpHandler(type, r.operation().path(), c -> run(c, r));
    for (String alias : r.operation().aliases()) {
      config.routes.addHttpHandler(type, alias, c -> run(c, r));
    }
  }

  private void run(Context context, Router.Registered r) {
    Duration time = Duration.ofSeconds(limits.requestSeconds().most());
    ClientProbe probe = ClientProbe.of(context.req());
    Deadline deadline = Deadline.after(time, probe);
    var channel = Turnstile.channel(context);
    watchdog.began(channel, deadline);
    Turns.Turn turn = null;
    try {
      turn = turns.take();
      var principal = turnstile.admit(context, r.operation());
      r.handler().handle(new Exchange(context, r.operation(), principal, deadline, roots));
    } catch (Exception e) {
      turnstile.fail(e, context, r.operation().errors());
    } finally {
      if (turn != null) {
        turn.close();
      }
      watchdog.ended(channel);
      probe.end();
    }
  }

  /** Listens. */
  public void start() {
    try {
      javalin.start(settings.host(), settings.port());
    } catch (io.javalin.util.JavalinException e) {
      throw new UserError(
          "The address " + settings.host() + ":" + settings.port(),
          "it can't be listened at: " + e.getMessage().strip(),
          "Use another one: --port or --host",
          e);
    }
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

  /** Takes no more requests and waits some seconds for those under way. */
  @Override
  public void close() {
    javalin.stop();
    watchdog.close();
  }
}
