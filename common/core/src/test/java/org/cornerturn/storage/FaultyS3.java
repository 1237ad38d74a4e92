package org.cornerturn.storage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy before an S3 server that spoils some of what goes through it, and counts it. */
public final class FaultyS3 implements AutoCloseable {
  /** What happens to a request. */
  public enum Fault {
    /** 503 SlowDown, before the server has seen it. */
    SLOW_DOWN,
    /** 500 InternalError, before the server has seen it. */
    INTERNAL_ERROR,
    /** 500 InternalError, after the server has done it. */
    ERROR_AFTER_SUCCESS,
    /** The connection ends before the server has seen it. */
    RESET_BEFORE,
    /** The connection ends after the server has done it, before the answer. */
    RESET_AFTER,
    /** The connection ends half-way in the answer's body. */
    TRUNCATED
  }

  private static final Fault[] FAULTS = Fault.values();

  private final URI server;
  private final Plan plan;
  private final ServerSocket socket;
  private final ExecutorService connections = Executors.newCachedThreadPool();
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private long count;
  private final List<String> requests = new ArrayList<>();

  /** Decides what happens to a request. */
  @FunctionalInterface
  public interface Plan {
    /**
     * @param request its first line: {@code GET /bucket/key HTTP/1.1}
     * @param number of this request, from 1 on
     * @return null for a request that goes through
     */
    Fault of(String request, long number);
  }

  /**
   * @param period one request of so many is spoiled, each fault in its turn: so none is spoiled
   *     twice in a row
   */
  public FaultyS3(URI server, int period) throws IOException {
    this(
        server,
        (request, number) ->
            number % period == 0 ? FAULTS[(int) (number / period % FAULTS.length)] : null);
  }

  public FaultyS3(URI server, Plan plan) throws IOException {
    this.server = server;
    this.plan = plan;
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    connections.execute(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** How often each fault was made. */
  public synchronized Map<Fault, Integer> done() {
    return new EnumMap<>(done);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    connections.shutdownNow();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** First lines of the requests since the last call. */
  public synchronized List<String> takeRequests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  private synchronized Fault next(String request) {
    requests.add(request);
    Fault fault = plan.of(request, ++count);
    if (fault != null) {
      done.merge(fault, 1, Integer::sum);
    }
    return fault;
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      InputStream fromClient = new BufferedInputStream(client.getInputStream());
      OutputStream toClient = new BufferedOutputStream(client.getOutputStream());
      InputStream fromServer = new BufferedInputStream(upstream.getInputStream());
      OutputStream toServer = new BufferedOutputStream(upstream.getOutputStream());
      while (true) {
        Message request = Message.read(fromClient, false, toClient);
        Fault fault = next(request.head.substring(0, request.head.indexOf("\r\n")));
        if (fault == Fault.RESET_BEFORE) {
          return;
        }
        if (fault == Fault.SLOW_DOWN || fault == Fault.INTERNAL_ERROR) {
          refuse(toClient, fault, request.isHead());
          return;
        }
        request.send(toServer, request.body.length);
        Message answer = Message.read(fromServer, request.isHead(), null);
        if (fault == Fault.RESET_AFTER) {
          return;
        }
        if (fault == Fault.ERROR_AFTER_SUCCESS) {
          refuse(toClient, fault, request.isHead());
          return;
        }
        if (fault == Fault.TRUNCATED) {
          answer.send(toClient, answer.body.length / 2);
          return;
        }
        answer.send(toClient, answer.body.length);
      }
    } catch (IOException ended) {
      // One of the two has closed the connection: so does the other end.
    }
  }

  private static void refuse(OutputStream to, Fault fault, boolean bodiless) throws IOException {
    String code = fault == Fault.SLOW_DOWN ? "SlowDown" : "InternalError";
    String body = "<Error><Code>" + code + "</Code><Message>try again</Message></Error>";
    String status = fault == Fault.SLOW_DOWN ? "503 Slow Down" : "500 Internal Server Error";
    to.write(
        ("HTTP/1.1 "
                + status
                + "\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + (bodiless ? "" : body))
            .getBytes(StandardCharsets.US_ASCII));
    to.flush();
  }

  /** A request or an answer: the head as it came, the body with the framing it came in. */
  private record Message(String head, byte[] body) {
    boolean isHead() {
      return head.startsWith("HEAD ");
    }

    void send(OutputStream to, int length) throws IOException {
      to.write(head.getBytes(StandardCharsets.ISO_8859_1));
      to.write(body, 0, length);
      to.flush();
    }

    /**
     * @param bodiless whether the answer is to a HEAD request
     * @param client told to go on when it waits for that, or null
     */
    static Message read(InputStream in, boolean bodiless, OutputStream client) throws IOException {
      String head = head(in);
      Map<String, String> fields = new HashMap<>();
      for (String line : head.split("\r\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
        }
      }
      if (client != null && "100-continue".equals(fields.get("expect"))) {
        client.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        client.flush();
        // The server must not answer with a 100 of its own.
        head = head.replaceFirst("(?i)expect: *100-continue\r\n", "");
      }
      if (bodiless || head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304")) {
        return new Message(head, new byte[0]);
      }
      if ("chunked".equals(fields.get("transfer-encoding"))) {
        return new Message(head, chunks(in));
      }
      return new Message(
          head, exactly(in, Integer.parseInt(fields.getOrDefault("content-length", "0"))));
    }

    private static String head(InputStream in) throws IOException {
      StringBuilder text = new StringBuilder();
      while (!(text.length() > 3 && text.indexOf("\r\n\r\n", text.length() - 4) >= 0)) {
        text.append((char) octet(in));
      }
      return text.toString();
    }

    private static byte[] chunks(InputStream in) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      int size;
      do {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
          line.append((char) octet(in));
        }
        all.write(line.toString().getBytes(StandardCharsets.US_ASCII));
        size = Integer.parseInt(line.toString().strip(), 16);
        all.write(exactly(in, size + 2));
      } while (size > 0);
      return all.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }

    private static int octet(InputStream in) throws IOException {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      return b;
    }
  }
}
