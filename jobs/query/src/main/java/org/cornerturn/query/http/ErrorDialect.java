package org.cornerturn.query.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a family of clients expects of an error, beside the members of RFC 9457. */
public enum ErrorDialect {
  /** RFC 9457 alone. */
  PROBLEM,
  /** H5Grove: {@code message}, and 422 for wrong parameters. */
  H5GROVE,
  /** HDF Viewer: {@code success} (false) and {@code error}. */
  VIEWER;

  Problem adapted(Problem p) {
    return this == H5GROVE && p.status() == 400 ? p.withStatus(422) : p;
  }

  ObjectNode body(Problem p, String instance, String traceId) {
    ObjectNode body = Json.object();
    body.put("type", "about:blank#" + p.code());
    body.put("title", p.title());
    body.put("status", p.status());
    body.put("detail", p.getMessage());
    body.put("instance", instance);
    body.put("code", p.code());
    if (!p.faults().isEmpty()) {
      ArrayNode errors = body.putArray("errors");
      p.faults()
          .forEach(
              f -> errors.addObject().put("parameter", f.parameter()).put("message", f.message()));
    }
    p.members().forEach((k, v) -> body.set(k, Json.node(v)));
    body.put("trace_id", traceId);
    if (this == H5GROVE) {
      body.put("message", p.getMessage());
    } else if (this == VIEWER) {
      body.put("success", false);
      body.put("error", p.getMessage());
    }
    return body;
  }
}
