package org.cornerturn.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;

/** Positional reads of a file that Hadoop has opened. */
final class HadoopChannel extends CountedChannel {
  private final FileStatus status;
  private final FSDataInputStream in;

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
  void read(long position, byte[] target, int offset, int length) throws IOException {
    if (position < 0 || length < 0 || position + length > size()) {
      throw new EOFException(name() + ": ends before byte " + (position + length));
    }
    try {
      in.readFully(position, target, offset, length);
    } catch (FileNotFoundException e) {
      // Opened unseen, or removed since.
      throw HadoopStore.absent(status.getPath(), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
