package org.cornerturn.hdf5;

import java.io.IOException;
import org.cornerturn.storage.ObjectChannel;

/** Reads structures at addresses, which count from the end of the user block. */
final class MetadataReader {
  private static final int FEW = 8;

  private final ObjectChannel channel;
  private final ObjectChannel direct;
  private final long base;
  private final long end;
  private final int offsetSize;
  private final int lengthSize;
  private final Hdf5Limits limits;

  /**
   * @param channel cached reads, for structures close together
   * @param direct the same file without a cache
   * @param base absolute position of address 0, bytes
   */
  MetadataReader(
      ObjectChannel channel,
      ObjectChannel direct,
      long base,
      int offsetSize,
      int lengthSize,
      Hdf5Limits limits)
      throws IOException {
    this.direct = direct;
    this.channel = channel;
    this.base = base;
    this.end = channel.size() - base;
    this.offsetSize = offsetSize;
    this.lengthSize = lengthSize;
    this.limits = limits;
  }

  Hdf5Limits limits() {
    return limits;
  }

  int offsetSize() {
    return offsetSize;
  }

  int lengthSize() {
    return lengthSize;
  }

  long base() {
    return base;
  }

  /** The first address past the file. */
  long end() {
    return end;
  }

  /**
   * The way to read many pieces: through the cache where they are few, else directly, since a block
   * around each of many scattered pieces would be a great deal of unwanted data.
   */
  ObjectChannel channelFor(int pieces) {
    return pieces <= FEW ? channel : direct;
  }

  ByteCursor cursor(byte[] bytes) {
    return new ByteCursor(bytes, 0, bytes.length, offsetSize, lengthSize);
  }

  ByteCursor cursor(byte[] bytes, int from, int to) {
    return new ByteCursor(bytes, from, to, offsetSize, lengthSize);
  }

  /** Checks that a piece lies in the file and is small enough for metadata. */
  void check(String structure, long address, long length) {
    if (address < 0 || length < 0 || address > end || length > end - address) {
      throw FormatFault.broken(
          structure + " at address " + address + " does not lie within the file");
    }
    if (length > limits.headerBytes()) {
      throw FormatFault.broken(structure + " of " + length + " bytes is too large");
    }
  }

  ByteCursor read(String structure, long address, long length) throws IOException {
    check(structure, address, length);
    byte[] bytes = new byte[(int) length];
    channel.readFully(base + address, bytes, 0, bytes.length);
    return cursor(bytes);
  }

  /** Up to {@code length} bytes, fewer at the file's end. */
  ByteCursor readUpTo(String structure, long address, long length) throws IOException {
    check(structure, address, 0);
    return read(structure, address, Math.min(length, end - address));
  }
}
