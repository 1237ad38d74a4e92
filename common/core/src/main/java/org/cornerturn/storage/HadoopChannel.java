package org.cornerturn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;

/** Positional reads of a file that Hadoop has opened. */
final class HadoopChannel implements ObjectChannel {
  private final FileStatus status;
  private final FSDataInputStream in;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  HadoopChannel(FileStatus status, FSDataInputStream in) {
    this.status = status;
    this.in = in;
  }

  @Override
  public String name() {
    return status.getPath().toString();
  }

  @Override
  public long size() {
    return status.getLen();
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int length) throws IOException {
    if (position < 0 || length < 0 || position + length > size()) {
      throw new EOFException(name() + ": ends before byte " + (position + length));
    }
    in.readFully(position, target, offset, length);
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
    in.close();
  }
}
