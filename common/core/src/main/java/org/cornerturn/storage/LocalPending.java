package org.cornerturn.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file under another name beside its place, renamed into it. */
final class LocalPending extends PendingObject {
  private final Path target;
  private final Path pending;
  private final FileChannel file;

  LocalPending(Path target, Path pending) throws IOException {
    this.target = target;
    this.pending = pending;
    this.file = open(pending);
  }

  private static FileChannel open(Path pending) throws IOException {
    try {
      return FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(pending.getParent());
      return FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    LocalFile.writeFully(file, bytes, offset, length);
  }

  @Override
  protected void complete() throws IOException {
    file.close();
    Files.move(
        pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  protected void abandon() throws IOException {
    file.close();
    Files.deleteIfExists(pending);
  }
}
