package org.cornerturn.tablefile;

import java.io.IOException;
import java.io.InputStream;
import org.cornerturn.storage.ObjectChannel;

/** An object as a stream, from its first byte to its last. */
public final class ChannelStream extends InputStream {
  private final ObjectChannel channel;
  private final long size;
  private long at;

  /**
   * @param channel closed with the stream
   */
  public ChannelStream(ObjectChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** Whether the end isn't reached. */
  public boolean hasMore() {
    return at < size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at >= size) {
      return -1;
    }
    int count = (int) Math.min(length, size - at);
    channel.readFully(at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
