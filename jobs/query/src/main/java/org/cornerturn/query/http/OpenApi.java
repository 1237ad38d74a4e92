package org.cornerturn.query.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.cornerturn.query.access.Scope;

/** The description of the API (OpenAPI 3.1), written from the registered operations. */
public final class OpenApi {
  private static final String PROBLEM = "#/components/schemas/Problem";

  private OpenApi() {}

  /** The document; the same for the same operations. */
  public static ObjectNode document(Router router) {
    ObjectNode document = Json.object();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Cornerturn query service")
        .put("version", "1")
        .put(
            "description",
            "HDF5 files, Zarr stores, waveforms, products, runs and tables, read back over HTTP."
                + " Errors are application/problem+json (RFC 9457) with a stable `code`."
                + " Ceilings are told at `/limits`.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    Set<String> tags = new TreeSet<>();
    ObjectNode paths = document.putObject("paths");
    for (Router.Registered r : router.all()) {
      tags.add(r.operation().tag());
      add(paths, r, r.operation().path(), r.operation().id(), false);
      int n = 2;
      for (String alias : r.operation().aliases()) {
        add(paths, r, alias, r.operation().id() + n++, true);
      }
    }
    ArrayNode named = document.putArray("tags");
    tags.forEach(t -> named.addObject().put("name", t));
    components(document.putObject("components"));
    return document;
  }

  private static void add(
      ObjectNode paths, Router.Registered r, String path, String id, boolean isAlias) {
    Operation o = r.operation();
    ObjectNode operation =
        paths
            .withObjectProperty(path.replace('<', '{').replace('>', '}'))
            .putObject(r.method().name().toLowerCase(Locale.ROOT));
    operation.put("operationId", id).put("summary", o.summary());
    String description =
        isAlias ? ("The same as `" + o.path() + "`. " + o.description()).strip() : o.description();
    if (!description.isEmpty()) {
      operation.put("description", description);
    }
    operation.putArray("tags").add(o.tag());
    if (!o.parameters().isEmpty()) {
      ArrayNode parameters = operation.putArray("parameters");
      o.parameters().forEach(p -> parameters.add(parameter(p)));
    }
    ObjectNode responses = operation.putObject("responses");
    for (Operation.Answer a : o.answers()) {
      ObjectNode response = responses.putObject(Integer.toString(a.status()));
      response.put("description", a.description());
      if (!a.mediaTypes().isEmpty()) {
        ObjectNode content = response.putObject("content");
        a.mediaTypes().forEach(m -> content.putObject(m));
      }
    }
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
    ArrayNode security = operation.putArray("security");
    if (o.scope() != Scope.NONE) {
      ArrayNode scopes = security.addObject().putArray("token");
      scopes.add(o.scope().name().toLowerCase(Locale.ROOT));
      security.addObject().putArray("key");
      security.addObject().putArray("password");
    }
  }

  private static ObjectNode parameter(Parameter<?> p) {
    ObjectNode told = Json.object();
    told.put("name", p.name());
    told.put("in", p.in().name().toLowerCase(Locale.ROOT));
    told.put("required", p.isRequired());
    told.put("description", p.description());
    told.set("schema", p.schema());
    return told;
  }

  private static void components(ObjectNode components) {
    ObjectNode problem = components.putObject("schemas").putObject("Problem");
    problem.put("type", "object");
    ObjectNode members = problem.putObject("properties");
    for (String text : new String[] {"type", "title", "detail", "instance", "code", "trace_id"}) {
      members.putObject(text).put("type", "string");
    }
    members.putObject("status").put("type", "integer");
    ObjectNode fault = members.putObject("errors").put("type", "array").putObject("items");
    fault.put("type", "object");
    fault.putObject("properties").putObject("parameter").put("type", "string");
    fault.withObjectProperty("properties").putObject("message").put("type", "string");
    problem.putArray("required").add("type").add("title").add("status").add("code");
    ObjectNode response = components.putObject("responses").putObject("Problem");
    response.put("description", "what went wrong");
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", PROBLEM);
    ObjectNode security = components.putObject("securitySchemes");
    security.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
    security
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "an API key, or a JSON Web Token of the configured issuer");
    security
        .putObject("password")
        .put("type", "http")
        .put("scheme", "basic")
        .put("description", "an API key as the password, for browsers");
  }
}
