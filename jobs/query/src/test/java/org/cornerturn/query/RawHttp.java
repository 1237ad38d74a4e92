package org.cornerturn.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP as bytes, for requests that no client library sends. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  public RawHttp(URI server) throws IOException {
    this.socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(60_000);
  }

  public void send(String lines) throws IOException {
    socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** A GET whose answer ends with the connection. */
  public static String get(URI server, String path, String... headers) throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\n");
      boolean hasHost = false;
      for (String h : headers) {
        request.append(h).append('\n');
        hasHost |= h.startsWith("Host:");
      }
      if (!hasHost) {
        request.append("Host: localhost\n");
      }
      http.send(request + "Connection: close\n\n");
      return http.rest();
    }
  }

  /** Everything until the server closes, or breaks, the connection. */
  public String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (java.net.SocketException e) {
      all.write("\n(broken)".getBytes(StandardCharsets.UTF_8));
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** What is there to read at once. */
  public int read(byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
