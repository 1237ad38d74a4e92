package org.cornerturn.query.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that the HTTP server finds before any operation: malformed requests and addresses. */
final class FrameErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Content.Sink.write(response, true, body(code, message), callback);
  }

  private static String body(int status, String reason) {
    Problem p = Problem.ofStatus(status, reason == null ? "The request is malformed" : reason);
    byte[] body = Json.bytes(ErrorDialect.PROBLEM.body(p, "", Trace.from(null).traceId()));
    return new String(body, StandardCharsets.UTF_8);
  }
}
