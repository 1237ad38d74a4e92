package org.cornerturn.hdf5;

import java.io.EOFException;
import org.cornerturn.storage.ObjectChannel;

/** Elements that came with the object header, read as if they lay in a file. */
record BytesChannel(String name, byte[] bytes) implements ObjectChannel {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int length) throws EOFException {
    if (position < 0 || length > bytes.length - position) {
      throw new EOFException(name + ": compact data end before byte " + (position + length));
    }
    System.arraycopy(bytes, (int) position, target, offset, length);
  }

  @Override
  public long requests() {
    return 0;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public void close() {}
}
