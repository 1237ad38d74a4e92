package org.cornerturn.query.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.query.access.Principal;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.root.Root;
import org.cornerturn.query.root.Roots;

/**
 * One request and its answer. Parameters are read by the {@link Parameter}s that the operation
 * names; the answer is given once, by one of {@link #json}, {@link #bytes}, {@link #stream} and
 * {@link #empty}. For HEAD the body is dropped, its length told.
 */
public final class Exchange {
  private static final int STREAM_BUFFER = 1 << 16;

  private final Context context;
  private final Operation operation;
  private final Principal principal;
  private final Deadline deadline;
  private final Roots roots;

  /** Of the query; once they were asked for. */
  private Map<String, List<String>> parameters;

  Exchange(
      Context context, Operation operation, Principal principal, Deadline deadline, Roots roots) {
    this.context = context;
    this.operation = operation;
    this.principal = principal;
    this.deadline = deadline;
    this.roots = roots;
  }

  public Operation operation() {
    return operation;
  }

  public Principal principal() {
    return principal;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** The path as asked for, still encoded. */
  public String path() {
    return context.path();
  }

  /** The query as asked for, still encoded; empty where there is none. */
  public String query() {
    String q = context.queryString();
    return q == null ? "" : q;
  }

  public boolean isHead() {
    return context.req().getMethod().equals("HEAD");
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /**
   * A parameter that is required or has a default.
   *
   * @throws Problem 400 when it is malformed or missing
   */
  public <T> T value(Parameter<T> parameter) {
    return optional(parameter)
        .orElseThrow(() -> Problem.invalid(parameter.name(), "it is required"));
  }

  /**
   * A parameter that may be left out.
   *
   * @throws Problem 400 when it is malformed
   */
  public <T> Optional<T> optional(Parameter<T> parameter) {
    if (!operation.parameters().contains(parameter)) {
      throw new IllegalStateException(
          operation.id() + " does not name its parameter " + parameter.name());
    }
    String name = parameter.name();
    List<String> texts;
    try {
      texts =
          switch (parameter.in()) {
            case PATH -> List.of(context.pathParam(name));
            case QUERY -> inQuery(name);
            case HEADER -> header(name).map(List::of).orElse(List.of());
          };
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(name, "the address is not well encoded: " + e.getMessage());
    }
    return Optional.ofNullable(parameter.read(texts));
  }

  private List<String> inQuery(String name) {
    if (parameters == null) {
      // Where nothing is encoded a name stands as it is.
      if (query().indexOf('%') < 0 && !query().contains(name)) {
        return List.of();
      }
      parameters = context.queryParamMap();
    }
    return parameters.getOrDefault(name, List.of());
  }

  /** The roots that the asker may read. */
  public List<Root> roots() {
    return roots.all().stream().filter(r -> principal.mayRead(r.name())).toList();
  }

  /**
   * The place of a key, if the asker may read there.
   *
   * @param key {@code ROOT/path}, decoded
   * @throws Problem 403 or 404
   */
  public Located locate(String key) {
    Located located = roots.locate(key);
    if (!principal.mayRead(located.root().name())) {
      throw Problem.denied("Permission denied: the root " + located.root().name());
    }
    return located;
  }

  /** The frame's own view of the request, for what this class does not offer. */
  public Context context() {
    return context;
  }

  /** The answer goes on for as long as the client likes: its time has no end. */
  public void liftDeadline() {
    deadline.lift();
  }

  public Exchange status(int status) {
    context.res().setStatus(status);
    return this;
  }

  public Exchange header(String name, String value) {
    context.res().setHeader(name, value);
    return this;
  }

  /**
   * Sets the ETag; answers 304 when the asker has it already.
   *
   * @param etag strong, quotes included: see {@link Conditional#etag}
   * @return whether it is answered: then nothing more is to be done
   */
  public boolean isAnsweredBy(String etag) {
    header("ETag", etag);
    if (context.res().getHeader("Cache-Control") == null) {
      header("Cache-Control", "no-cache");
    }
    if (!Conditional.matches(context.header("If-None-Match"), etag)) {
      return false;
    }
    status(304);
    return true;
  }

  /** No body. */
  public void empty(int status) {
    status(status);
  }

  public void json(Object value) throws IOException {
    bytes("application/json", Json.bytes(value));
  }

  public void bytes(String mediaType, byte[] body) throws IOException {
    bytes(mediaType, body, 0, body.length);
  }

  public void bytes(String mediaType, byte[] body, int offset, int length) throws IOException {
    HttpServletResponse response = context.res();
    response.setContentType(mediaType);
    response.setContentLengthLong(length);
    if (!isHead()) {
      response.getOutputStream().write(body, offset, length);
    }
  }

  /**
   * A body that is written bit by bit. When the writer fails the connection is broken, so that
   * nobody takes a part for the whole.
   *
   * @param length bytes, or -1 where that is not known before
   */
  public void stream(String mediaType, long length, Body body) throws IOException {
    HttpServletResponse response = context.res();
    response.setContentType(mediaType);
    if (length >= 0) {
      response.setContentLengthLong(length);
    }
    if (isHead()) {
      return;
    }
    ServletOutputStream out = response.getOutputStream();
    OutputStream buffered =
        new java.io.BufferedOutputStream(new Checked(out, deadline), STREAM_BUFFER);
    body.writeTo(buffered);
    buffered.flush();
  }

  /** Looks at the deadline before each piece. */
  private static final class Checked extends OutputStream {
    private final OutputStream out;
    private final Deadline deadline;

    private Checked(OutputStream out, Deadline deadline) {
      this.out = out;
      this.deadline = deadline;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += STREAM_BUFFER) {
        int n = Math.min(STREAM_BUFFER, length - done);
        deadline.check();
        out.write(bytes, offset + done, n);
        deadline.sent();
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
