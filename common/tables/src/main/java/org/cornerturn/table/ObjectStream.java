package org.cornerturn.table;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.IOException;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.ObjectChannel;

/** A seekable stream over an object, read in blocks. */
final class ObjectStream extends SeekableInputStream {
  private static final int BLOCKS = 4;

  private final ObjectChannel channel;
  private final byte[] one = new byte[1];
  private long position;

  ObjectStream(ObjectChannel channel) {
    this.channel = new CachedChannel(channel, CachedChannel.BLOCK, BLOCKS);
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long target) {
    position = target;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long left = channel.size() - position;
    if (left <= 0) {
      return length == 0 ? 0 : -1;
    }
    int n = (int) Math.min(length, left);
    readFully(target, offset, n);
    return n;
  }

  @Override
  public void readFully(byte[] target, int offset, int length) throws IOException {
    channel.readFully(position, target, offset, length);
    position += length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
