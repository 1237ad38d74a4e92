package org.cornerturn.query;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.cornerturn.query.http.HttpServer;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.root.Roots;

/** The query service: everything that is configured, opened; every feature, served. */
public final class Server implements AutoCloseable {
  /** The features, in the order of the API's description. */
  private static final List<Function<Service, Routes>> FEATURES = List.of();

  private final Config config;
  private final Service service;
  private final HttpServer http;

  private Server(Config config, Service service, HttpServer http) {
    this.config = config;
    this.service = service;
    this.http = http;
  }

  /** Opens the stores and listens. */
  public static Server start(Config config) throws IOException {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Service service =
        new Service(
            config,
            Roots.open(config.roots(), config.stores()),
            Warehouse.open(config.warehouse(), config.stores()),
            new Limits(config.limits()),
            new Caches(config.cacheBytes(), metrics),
            new RequestMemory(config.requestMemoryBytes()),
            metrics);
    Router router = new Router();
    FEATURES.forEach(f -> f.apply(service).register(router));
    HttpServer http = new HttpServer(router, service.roots(), service.limits());
    http.start(config.host(), config.port());
    return new Server(config, service, http);
  }

  /** Where it listens. */
  public URI uri() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return URI.create("http://" + host + ":" + http.port());
  }

  public Service service() {
    return service;
  }

  /** Waits until it has stopped. */
  public void awaitEnd() throws IOException {
    http.awaitEnd();
  }

  @Override
  public void close() throws IOException {
    http.close();
    service.roots().close();
    service.warehouse().store().close();
  }
}
