package org.cornerturn.query;

import java.io.IOException;
import java.util.Map;

/** The program {@code cornerturn serve}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    Server server = Server.start(Config.of(Map.of(), System.getenv(), Map.of()));
    server.awaitEnd();
  }
}
