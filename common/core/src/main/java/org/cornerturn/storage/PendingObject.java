package org.cornerturn.storage;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An object in the making, of any size, written from its first byte to its last. It appears, or
 * replaces the one before, when it is published; closed without that, it is given up and leaves
 * nothing. Not for use by several threads.
 *
 * <pre>
 * try (PendingObject out = store.create(key)) {
 *   ... out.write(bytes) ...
 *   out.publish();
 * }
 * </pre>
 */
public abstract class PendingObject extends OutputStream {
  private boolean published;
  private boolean closed;

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    if (published || closed) {
      throw new IllegalStateException("the object is published or given up");
    }
    append(bytes, offset, length);
  }

  /**
   * Makes the object visible; called once, after its last byte.
   *
   * @throws IOException when it can't be: then it is not visible
   */
  public final void publish() throws IOException {
    if (published || closed) {
      throw new IllegalStateException("the object is published or given up");
    }
    complete();
    published = true;
  }

  /** Gives up an object that is not published; nothing happens to one that is. */
  @Override
  public final void close() throws IOException {
    if (!published && !closed) {
      closed = true;
      abandon();
    }
  }

  /** Takes the next bytes. */
  protected abstract void append(byte[] bytes, int offset, int length) throws IOException;

  /** Makes the object visible. */
  protected abstract void complete() throws IOException;

  /** Removes what was written; called also after a failed {@link #complete}. */
  protected abstract void abandon() throws IOException;
}
