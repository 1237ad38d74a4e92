package org.cornerturn.query.http;

import io.javalin.websocket.WsConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the operations of all features: what is served and what is described are the same. */
public final class Router {
  /** Methods that operations have; HEAD comes with GET. */
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /** An operation with what answers it. */
  public record Registered(Method method, Operation operation, Handler handler) {}

  private final List<Registered> all = new ArrayList<>();
  private final Map<String, Consumer<WsConfig>> sockets = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();

  /** GET, and HEAD, which runs the same handler and drops the body. */
  public void get(Operation operation, Handler handler) {
    add(Method.GET, operation, handler);
  }

  public void post(Operation operation, Handler handler) {
    add(Method.POST, operation, handler);
  }

  public void put(Operation operation, Handler handler) {
    add(Method.PUT, operation, handler);
  }

  public void patch(Operation operation, Handler handler) {
    add(Method.PATCH, operation, handler);
  }

  public void delete(Operation operation, Handler handler) {
    add(Method.DELETE, operation, handler);
  }

  private void add(Method method, Operation operation, Handler handler) {
    if (!ids.add(operation.id())) {
      throw new IllegalArgumentException("two operations are named " + operation.id());
    }
    all.add(new Registered(method, operation, handler));
  }

  /**
   * A WebSocket; who opens it has to be allowed to read.
   *
   * @param configuration sets its handlers
   */
  public void socket(String path, Consumer<WsConfig> configuration) {
    sockets.put(path, configuration);
  }

  Map<String, Consumer<WsConfig>> sockets() {
    return sockets;
  }

  public List<Registered> all() {
    return List.copyOf(all);
  }
}
