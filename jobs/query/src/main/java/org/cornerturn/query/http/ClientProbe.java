package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Looks whether the client of a request that is being answered has closed its connection. While a
 * handler runs the server does not read the connection; this does, without waiting. What a client
 * has sent meanwhile (its next request) is handed to the server's buffer.
 */
final class ClientProbe implements BooleanSupplier {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final int MOST_BYTES = 1024;

  private final EndPoint endPoint;
  private final Connection.UpgradeTo connection;
  private boolean ended;

  private ClientProbe(EndPoint endPoint, Connection.UpgradeTo connection) {
    this.endPoint = endPoint;
    this.connection = connection;
  }

  /** A probe for one request; it always says no where the connection can't be looked at. */
  static ClientProbe of(HttpServletRequest request) {
    ServletChannel channel =
        ServletContextRequest.getServletContextRequest(request).getServletChannel();
    // Only where nothing of the request itself can still be in the connection.
    boolean isReadWhole =
        WITHOUT_BODY.contains(request.getMethod())
            && request.getContentLengthLong() <= 0
            && request.getHeader("Transfer-Encoding") == null
            && channel.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
    return isReadWhole && channel.getConnection() instanceof Connection.UpgradeTo c
        ? new ClientProbe(channel.getEndPoint(), c)
        : new ClientProbe(null, null);
  }

  @Override
  public synchronized boolean getAsBoolean() {
    if (ended || endPoint == null) {
      return false;
    }
    if (!endPoint.isOpen()) {
      return true;
    }
    ByteBuffer early = BufferUtil.allocate(MOST_BYTES);
    try {
      int n = endPoint.fill(early);
      if (n > 0) {
        connection.onUpgradeTo(early);
        ended = true; // It lives; and its next request may be longer than one buffer.
      }
      return n < 0;
    } catch (IOException e) {
      return true; // The connection is broken.
    }
  }

  /** The handler has ended: the server reads the connection again. */
  synchronized void end() {
    ended = true;
  }
}
