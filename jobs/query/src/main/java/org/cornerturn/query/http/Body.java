package org.cornerturn.query.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of an answer, piece by piece. */
@FunctionalInterface
public interface Body {
  void writeTo(OutputStream out) throws IOException;
}
