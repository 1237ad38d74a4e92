package org.cornerturn.storage;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A channel that counts what it asks of the store. */
abstract class CountedChannel implements ObjectChannel {
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  @Override
  public final void readFully(long position, byte[] target, int offset, int length)
      throws IOException {
    read(position, target, offset, length);
    requests.incrementAndGet();
    bytes.addAndGet(length);
  }

  /** Does what {@link #readFully} promises. */
  abstract void read(long position, byte[] target, int offset, int length) throws IOException;

  @Override
  public final long requests() {
    return requests.get();
  }

  @Override
  public final long bytesRead() {
    return bytes.get();
  }
}
