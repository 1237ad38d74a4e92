package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.storage.ObjectChannel;

/**
 * The file's anchor (specification II.A, versions 0 to 3).
 *
 * @param base absolute position of address 0: the size of the user block
 * @param groupInternalK half the children of a node of old groups' B-trees
 * @param groupLeafK half the entries of a symbol table node
 * @param chunkK half the children of a node of chunk B-trees
 * @param extension address of the object header with further settings, or undefined
 */
record Superblock(
    int version,
    int offsetSize,
    int lengthSize,
    long base,
    int groupInternalK,
    int groupLeafK,
    int chunkK,
    long root,
    long extension) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int DEFAULT_CHUNK_K = 32;
  private static final int DEFAULT_INTERNAL_K = 16;
  private static final int DEFAULT_LEAF_K = 4;
  private static final int LONGEST = 128;

  static Superblock find(ObjectChannel channel) throws IOException {
    long size = channel.size();
    for (long at = 0; at + SIGNATURE.length <= size; at = at == 0 ? 512 : 2 * at) {
      int n = (int) Math.min(LONGEST, size - at);
      byte[] bytes = new byte[n];
      channel.readFully(at, bytes, 0, n);
      if (startsWithSignature(bytes)) {
        return parse(channel, bytes, at);
      }
    }
    throw new Hdf5Exception(
        channel.name(), "superblock", "this isn't an HDF5 file", "Give HDF5 files only", null);
  }

  private static boolean startsWithSignature(byte[] bytes) {
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (bytes[i] != SIGNATURE[i]) {
        return false;
      }
    }
    return true;
  }

  private static Superblock parse(ObjectChannel channel, byte[] bytes, long at) throws IOException {
    int version = bytes.length > SIGNATURE.length ? bytes[SIGNATURE.length] : -1;
    int sizes = version <= 1 ? 13 : 9;
    if (version < 0 || version > 3 || bytes.length < sizes + 2) {
      throw FormatFault.unsupported("superblock version " + version);
    }
    int offsetSize = checkedWidth(bytes[sizes]);
    int lengthSize = checkedWidth(bytes[sizes + 1]);
    ByteCursor c = new ByteCursor(bytes, 0, bytes.length, offsetSize, lengthSize);
    c.skip(sizes + 2);
    return version <= 1 ? old(channel, c, version, at) : recent(channel, c, version, at);
  }

  private static int checkedWidth(byte width) {
    if (width != 2 && width != 4 && width != 8) {
      throw FormatFault.unsupported("addresses or lengths of " + width + " bytes");
    }
    return width;
  }

  private static Superblock old(ObjectChannel channel, ByteCursor c, int version, long at)
      throws IOException {
    c.skip(1);
    int leafK = c.u16();
    int internalK = c.u16();
    c.skip(4);
    int chunkK = DEFAULT_CHUNK_K;
    if (version == 1) {
      chunkK = c.u16();
      c.skip(2);
    }
    long storedBase = c.address();
    c.address();
    long end = c.address();
    long driver = c.address();
    c.address();
    long root = c.address();
    int cacheType = c.size32();
    if (leafK == 0 || internalK == 0 || chunkK == 0) {
      throw FormatFault.broken("the superblock gives B-trees no room");
    }
    if (cacheType > 2) {
      throw FormatFault.broken("the root group's entry has cache type " + cacheType);
    }
    Superblock s =
        new Superblock(
            version,
            c.offsetSize(),
            c.lengthSize(),
            at,
            internalK,
            leafK,
            chunkK,
            root,
            ByteCursor.UNDEFINED);
    if (driver != ByteCursor.UNDEFINED) {
      MetadataReader reader =
          new MetadataReader(channel, channel, at, s.offsetSize, s.lengthSize, Hdf5Limits.DEFAULT);
      ByteCursor info = reader.read("driver information", driver, 16);
      info.skip(8);
      refuseDriver(info.text(8));
    }
    checkEnd(channel, end, storedBase, at);
    return s;
  }

  private static Superblock recent(ObjectChannel channel, ByteCursor c, int version, long at)
      throws IOException {
    int flags = c.u8();
    long storedBase = c.address();
    long extension = c.address();
    long end = c.address();
    long root = c.address();
    c.verifyChecksum("superblock");
    // While a writer holds the file open its recorded end lags behind or runs ahead.
    if (version < 3 || (flags & 1) == 0) {
      checkEnd(channel, end, storedBase, at);
    }
    return new Superblock(
        version,
        c.offsetSize(),
        c.lengthSize(),
        at,
        DEFAULT_INTERNAL_K,
        DEFAULT_LEAF_K,
        DEFAULT_CHUNK_K,
        root,
        extension);
  }

  private static void checkEnd(ObjectChannel channel, long end, long storedBase, long at)
      throws IOException {
    if (end == ByteCursor.UNDEFINED || storedBase == ByteCursor.UNDEFINED) {
      throw FormatFault.broken("the superblock doesn't say where the file ends");
    }
    long expected = end - storedBase + at;
    if (expected > channel.size()) {
      throw FormatFault.broken("it is truncated: " + channel.size() + " bytes of " + expected);
    }
  }

  /** Says what files a driver other than the plain one spreads the data over. */
  static void refuseDriver(String name) {
    String kind =
        switch (name) {
          case "NCSAfami" -> "a family of files (driver family), of which this is one";
          case "NCSAmult" -> "several files (driver multi or split), of which this is one";
          default -> "files of driver " + name;
        };
    throw FormatFault.unsupported("its data is spread over " + kind);
  }

  Optional<Long> extensionAddress() {
    return extension == ByteCursor.UNDEFINED ? Optional.empty() : Optional.of(extension);
  }

  Superblock withTreeSizes(int newInternalK, int newLeafK, int newChunkK) {
    return new Superblock(
        version, offsetSize, lengthSize, base, newInternalK, newLeafK, newChunkK, root, extension);
  }
}
