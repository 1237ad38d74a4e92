package org.cornerturn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Positional reads of a file of the local disk. */
final class LocalChannel extends CountedChannel {
  private final Path path;
  private final FileChannel file;
  private final long size;

  LocalChannel(Path path) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.READ);
    this.size = file.size();
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  void read(long position, byte[] target, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int most = Math.min(LocalFile.TRANSFER, length - done);
      int n = file.read(ByteBuffer.wrap(target, offset + done, most), position + done);
      if (n < 0) {
        throw new EOFException(path + ": ends before byte " + (position + length));
      }
      done += n;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
