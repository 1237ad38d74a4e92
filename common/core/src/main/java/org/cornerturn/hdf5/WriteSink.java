package org.cornerturn.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a file's bytes go, in order but for its first few. */
abstract class WriteSink implements Closeable {
  private long position;

  long position() {
    return position;
  }

  final void append(byte[] bytes) throws IOException {
    append(bytes, 0, bytes.length);
  }

  final void append(byte[] bytes, int offset, int length) throws IOException {
    put(bytes, offset, length);
    position += length;
  }

  abstract void put(byte[] bytes, int offset, int length) throws IOException;

  /** Whether the first bytes must be right when they are written. */
  abstract boolean isSequential();

  /** Puts the true first bytes in place, and the file where it belongs. */
  abstract void finish(byte[] head) throws IOException;

  /** A stream that can't go back; closed by its owner. */
  static WriteSink to(OutputStream out) {
    return new WriteSink() {
      @Override
      void put(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      boolean isSequential() {
        return true;
      }

      @Override
      void finish(byte[] head) throws IOException {
        out.flush();
      }

      @Override
      public void close() {}
    };
  }

  /** A local file, under a temporary name beside it until it is finished. */
  static WriteSink to(Path file) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new WriteSink() {
      private boolean finished;

      @Override
      void put(byte[] bytes, int offset, int length) throws IOException {
        drain(ByteBuffer.wrap(bytes, offset, length));
      }

      private void drain(ByteBuffer b) throws IOException {
        while (b.hasRemaining()) {
          channel.write(b);
        }
      }

      @Override
      boolean isSequential() {
        return false;
      }

      @Override
      void finish(byte[] head) throws IOException {
        channel.position(0);
        drain(ByteBuffer.wrap(head));
        channel.force(true);
        channel.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
      }

      @Override
      public void close() throws IOException {
        channel.close();
        if (!finished) {
          Files.deleteIfExists(part);
        }
      }
    };
  }
}
