package org.cornerturn.jobs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes on what a command says, and keeps the last line in which it tells of a fault. */
public final class LastWords extends OutputStream {
  private static final String SIGN = "cornerturn: ";
  private static final int LONGEST = 4096;

  private final PrintStream to;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String fault = "";

  public LastWords(PrintStream to) {
    this.to = to;
  }

  /** That line without its sign; empty for none. */
  public String fault() {
    return fault;
  }

  @Override
  public void write(int b) {
    to.write(b);
    if (b != '\n') {
      if (line.size() < LONGEST) {
        line.write(b);
      }
      return;
    }
    String said = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (said.startsWith(SIGN)) {
      fault = said.substring(SIGN.length());
    }
  }

  @Override
  public void flush() {
    to.flush();
  }
}
