package org.cornerturn.query.http;

import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.cornerturn.UserError;
import org.eclipse.jetty.http.HttpException;

/** What an exception of a handler is to the asker. */
final class Problems {
  private Problems() {}

  static Problem of(Throwable e) {
    if (e instanceof Problem p) {
      return p;
    }
    if (e instanceof HttpResponseException h) {
      return switch (h.getStatus()) {
        case 404 -> Problem.notFound("There is nothing at this address");
        case 405 -> Problem.ofStatus(405, "This address has other methods");
        default -> Problem.ofStatus(h.getStatus(), h.getMessage());
      };
    }
    if (e instanceof HttpException h && h.getCode() < 500) {
      return Problem.ofStatus(h.getCode(), h.getReason());
    }
    if (e instanceof UserError u) {
      return Problem.unprocessable(u.getMessage());
    }
    if (e instanceof NoSuchFileException) {
      return Problem.notFound("File not found");
    }
    if (e instanceof AccessDeniedException) {
      return Problem.denied("Permission denied");
    }
    if (e instanceof IOException) {
      return Problem.badGateway("A store failed while this was answered", e);
    }
    if (e instanceof InterruptedException) {
      return Problem.unavailable("The service is stopping", e);
    }
    return Problem.internal(e);
  }
}
