package org.cornerturn.query;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cornerturn.UserError;
import org.cornerturn.query.access.ApiKeys;
import org.cornerturn.query.access.Gate;
import org.cornerturn.query.access.OpenIdTokens;
import org.cornerturn.query.calibration.CalibrationRoutes;
import org.cornerturn.query.event.EventRoutes;
import org.cornerturn.query.event.Events;
import org.cornerturn.query.event.Watcher;
import org.cornerturn.query.folder.FolderRoutes;
import org.cornerturn.query.h5grove.H5GroveRoutes;
import org.cornerturn.query.hdf5.Hdf5Access;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.HttpServer;
import org.cornerturn.query.http.HttpSettings;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.image.ImageRoutes;
import org.cornerturn.query.page.PageRoutes;
import org.cornerturn.query.product.ProductPlaces;
import org.cornerturn.query.product.WarehouseRoutes;
import org.cornerturn.query.root.Roots;
import org.cornerturn.query.status.StatusRoutes;
import org.cornerturn.query.table.Tables;
import org.cornerturn.query.viewer.ViewerRoutes;
import org.cornerturn.query.waveform.WaveformRoutes;
import org.cornerturn.query.zarr.ZarrRoutes;
import org.cornerturn.query.zarr.ZarrStores;

/** The query service: everything that is configured, opened; every feature, served. */
public final class Server implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int EVENTS_KEPT = 1_000;

  private final Config config;
  private final Service service;
  private final HttpServer http;
  private final Watcher watcher;
  private final AtomicBoolean isStopping;
  private final List<Routes> features;

  private Server(
      Config config,
      Service service,
      HttpServer http,
      Watcher watcher,
      AtomicBoolean isStopping,
      List<Routes> features) {
    this.config = config;
    this.service = service;
    this.http = http;
    this.watcher = watcher;
    this.isStopping = isStopping;
    this.features = features;
  }

  /** The features, in the order of the API's description. */
  private static List<Routes> features(Service service) {
    ZarrStores zarr = new ZarrStores(service.caches());
    Tables tables = new Tables(service);
    Hdf5Access hdf5 = new Hdf5Access(service);
    return List.of(
        new ZarrRoutes(zarr, service.memory()),
        new WaveformRoutes(service, zarr, new ProductPlaces(tables)),
        new H5GroveRoutes(hdf5, service.limits()),
        new ViewerRoutes(hdf5, service),
        new WarehouseRoutes(service, tables),
        new CalibrationRoutes(tables, service.limits()),
        new ImageRoutes(tables, service, zarr, new ProductPlaces(tables)),
        new FolderRoutes(service.limits()));
  }

  /**
   * Opens the stores and listens.
   *
   * @throws UserError when the configuration can't be served, or must not be
   */
  public static Server start(Config config) throws IOException {
    boolean isLoopback = isLoopback(config.host());
    Gate gate = gate(config.access());
    if (gate.isOpen() && !isLoopback && !config.access().insecure()) {
      throw new UserError(
          "Serving at " + config.host(),
          "others can reach that address, and nobody would be asked who he is",
          "Make keys with cornerturn serve keys add and set auth.keys, set auth.oidc.issuer, or say"
              + " --insecure if everybody may read everything");
    }
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    watch(metrics);
    Service service =
        new Service(
            config,
            Roots.open(config.roots(), config.stores()),
            Warehouse.open(config.warehouse(), config.stores()),
            new Limits(config.limits()),
            new Caches(config.cacheBytes(), metrics),
            new RequestMemory(config.requestMemoryBytes()),
            metrics);
    Events events = new Events(EVENTS_KEPT, System.currentTimeMillis());
    AtomicBoolean isStopping = new AtomicBoolean();
    Router router = new Router();
    new StatusRoutes(service, metrics, isStopping::get).register(router);
    new EventRoutes(service, events).register(router);
    List<Routes> features = features(service);
    features.forEach(f -> f.register(router));
    new PageRoutes().register(router);
    if (!service.limits().unknown().isEmpty()) {
      throw new UserError(
          "There are no limits " + service.limits().unknown(),
          "no part of the service keeps them",
          "See /limits for those there are");
    }
    HttpServer http =
        new HttpServer(
            new HttpSettings(
                config.host(),
                config.port(),
                config.threads(),
                config.corsOrigins(),
                gate.isOpen() && isLoopback && !config.access().insecure(),
                rates(config.rates(), gate)),
            router,
            service.roots(),
            service.limits(),
            gate,
            metrics);
    http.start();
    Watcher watcher = new Watcher(service.warehouse(), service.roots(), events, LOOK);
    watcher.start();
    return new Server(config, service, http, watcher, isStopping, features);
  }

  private static void watch(PrometheusMeterRegistry metrics) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new FileDescriptorMetrics().bindTo(metrics);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserError(
          "The host " + host, "it is not known here", "Use one of this machine's addresses", e);
    }
  }

  private static Gate gate(Config.Access access) {
    List<Gate.Authority> authorities = new ArrayList<>();
    if (access.keys() != null) {
      authorities.add(ApiKeys.in(access.keys()));
    }
    if (access.issuer() != null) {
      authorities.add(
          OpenIdTokens.of(access.issuer(), access.audience(), access.jwks(), access.algorithms()));
    }
    return new Gate(authorities);
  }

  private static Map<Cost, Integer> rates(Config.Rates rates, Gate gate) {
    return gate.isOpen() && rates.isDefault()
        ? Map.of() // One's own machine, one's own requests.
        : Map.of(Cost.READ, rates.read(), Cost.WRITE, rates.write(), Cost.HEAVY, rates.heavy());
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

  /** Ends event streams, waits some seconds for the requests under way, and closes the stores. */
  @Override
  public void close() throws IOException {
    if (isStopping.getAndSet(true)) {
      return;
    }
    watcher.close();
    http.close();
    for (Routes f : features) {
      if (f instanceof Closeable c) {
        c.close();
      }
    }
    service.roots().close();
    service.warehouse().store().close();
  }
}
