package org.cornerturn.storage;

import java.io.Closeable;
import java.io.IOException;

/** Positional reads of one object, by several threads at once. */
public interface ObjectChannel extends Closeable {
  /** Human-readable name of the object, for errors. */
  String name();

  /** Length in bytes. */
  long size() throws IOException;

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws java.io.EOFException when the object ends before
   */
  void readFully(long position, byte[] target, int offset, int length) throws IOException;

  /** Range requests sent to the store so far. */
  long requests();

  /** Bytes received from the store so far. */
  long bytesRead();
}
