package org.cornerturn.query.http;

/** Answers one request of an operation, or throws a {@link Problem}. */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws Exception;
}
