package org.cornerturn.query.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.cornerturn.query.Service;
import org.cornerturn.query.access.Scope;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.OpenApi;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Resources;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;

/** How the service is, what it allows, and what it can be asked. */
public final class StatusRoutes implements Routes {
  /** Swagger UI sets styles as text, and has its pictures in them; nothing else is let through. */
  private static final String DOCS_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'none'";

  private static final String SWAGGER = "META-INF/resources/webjars/swagger-ui/";
  private static final Parameter<String> FILE =
      Parameter.text("file", "a file of the viewer of the API's description").inPath();

  private final Service service;
  private final PrometheusMeterRegistry metrics;
  private final Readiness readiness;
  private final BooleanSupplier isStopping;
  private final Resources docs = new Resources("org/cornerturn/query/docs");
  private final Resources swagger = new Resources(SWAGGER + SwaggerVersion.TEXT);

  public StatusRoutes(
      Service service, PrometheusMeterRegistry metrics, BooleanSupplier isStopping) {
    this.service = service;
    this.metrics = metrics;
    this.isStopping = isStopping;
    this.readiness = new Readiness(service.roots(), service.warehouse());
  }

  @Override
  public void register(Router router) {
    router.get(
        open("/health", "health", "Whether the service lives")
            .answers(200, "status, timestamp and name", "application/json"),
        this::health);
    router.get(
        open("/ready", "ready", "Whether the service can answer: every root and the warehouse")
            .answers(200, "all can be reached", "application/json")
            .answers(503, "some can't be reached", "application/json"),
        this::ready);
    router.get(
        Operation.at("/metrics", "metrics", "service", "Counts and times, for Prometheus")
            .alsoAt("/metrics/prometheus")
            .costs(Cost.FREE)
            .answers(200, "Prometheus' text format", "text/plain"),
        x ->
            x.bytes(
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.scrape().getBytes(StandardCharsets.UTF_8)));
    router.get(
        open("/limits", "limits", "Every ceiling of the service")
            .answers(200, "limits by name, with unit and meaning", "application/json"),
        this::limits);
    router.get(
        Operation.at("/api/v1/roots", "roots", "service", "The places that can be read")
            .answers(200, "roots by name", "application/json"),
        StatusRoutes::roots);
    router.get(
        open("/openapi.json", "openapi", "The description of the API (OpenAPI 3.1)")
            .answers(200, "the document", "application/json"),
        x -> x.json(OpenApi.document(router)));
    router.get(
        open("/docs", "docs", "The description of the API, to read and to try")
            .answers(200, "a page", "text/html"),
        x -> {
          x.header("Content-Security-Policy", DOCS_POLICY);
          docs.answer(x, "index.html", "no-cache");
        });
    router.get(
        open("/docs/{file}", "docsFile", "Files of that page").with(FILE).answers(200, "the file"),
        x -> {
          String name = x.value(FILE);
          (docs.has(name) ? docs : swagger).answer(x, name, "no-cache");
        });
  }

  private static Operation open(String path, String id, String summary) {
    return Operation.at(path, id, "service", summary).needs(Scope.NONE).costs(Cost.FREE);
  }

  private void health(Exchange x) throws IOException {
    ObjectNode body = Json.object();
    body.put("status", "healthy");
    body.put("timestamp", Instant.now().toString());
    body.put("service", "cornerturn");
    x.header("Cache-Control", "no-store");
    x.json(body);
  }

  private void ready(Exchange x) throws IOException {
    ObjectNode body = Json.object();
    boolean isStopped = isStopping.getAsBoolean();
    boolean isReady = !isStopped && readiness.fill(body.putObject("checks"));
    body.put("status", isStopped ? "stopping" : isReady ? "ready" : "not ready");
    x.status(isReady ? 200 : 503).header("Cache-Control", "no-store");
    x.json(body);
  }

  private void limits(Exchange x) throws IOException {
    ObjectNode body = Json.object();
    for (Limit l : service.limits().all()) {
      body.putObject(l.name())
          .put("most", l.most())
          .put("unit", l.unit())
          .put("description", l.description());
    }
    x.json(body);
  }

  private static void roots(Exchange x) throws IOException {
    ArrayNode roots = Json.object().putArray("roots");
    x.roots().forEach(r -> roots.addObject().put("name", r.name()).put("uri", r.uri()));
    x.json(Json.object().set("roots", roots));
  }
}
