package org.cornerturn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Positional reads of a file of the local disk. */
final class LocalChannel implements ObjectChannel {
  private final Path path;
  private final FileChannel file;
  private final long size;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

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
  public void readFully(long position, byte[] target, int offset, int length) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(target, offset, length);
    long at = position;
    while (b.hasRemaining()) {
      int n = file.read(b, at);
      if (n < 0) {
        throw new EOFException(path + ": ends before byte " + (position + length));
      }
      at += n;
    }
    requests.incrementAndGet();
    bytes.addAndGet(length);
  }

  @Override
  public long requests() {
    return requests.get();
  }

  @Override
  public long bytesRead() {
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
