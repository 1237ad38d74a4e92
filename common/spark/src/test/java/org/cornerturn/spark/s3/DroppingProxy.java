package org.cornerturn.spark.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and, when told, lets a PUT through but keeps the reply to itself. */
final class DroppingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final URI server;
  private final AtomicInteger toDrop = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  DroppingProxy(URI server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  void dropReplies(int count) {
    toDrop.set(count);
  }

  int dropped() {
    return dropped.get();
  }

  private static void start(Runnable r) {
    Thread t = new Thread(r, "proxy");
    t.setDaemon(true);
    t.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        Connection c = new Connection(client, upstream);
        start(c::requests);
        start(c::replies);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean dropReply;

    Connection(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void requests() {
      pump(client, upstream, true);
    }

    void replies() {
      pump(upstream, client, false);
    }

    private void pump(Socket from, Socket to, boolean requests) {
      byte[] buffer = new byte[1 << 16];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          String head = new String(buffer, 0, Math.min(n, 4), StandardCharsets.US_ASCII);
          if (requests && head.equals("PUT ") && toDrop.getAndUpdate(x -> Math.max(0, x - 1)) > 0) {
            dropReply = true;
          }
          String reply = new String(buffer, 0, Math.min(n, 12), StandardCharsets.US_ASCII);
          if (!requests && dropReply && !reply.startsWith("HTTP/1.1 100")) {
            dropped.incrementAndGet();
            return; // The server has done it; the client will never know.
          }
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException e) {
        return; // Either side has hung up, which ends the connection as it should.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
