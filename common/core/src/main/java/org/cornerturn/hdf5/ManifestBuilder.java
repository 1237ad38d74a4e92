package org.cornerturn.hdf5;

import java.util.Arrays;

/** Collects chunks in any order. */
final class ManifestBuilder {
  private final long base;
  private final long end;
  private final long[] counts;
  private long[] number = new long[64];
  private long[] address = new long[64];
  private int[] size = new int[64];
  private int[] mask = new int[64];
  private int n;

  /**
   * @param dims current extent of the dataset, array axes left out
   */
  ManifestBuilder(MetadataReader reader, long[] dims, long[] chunk) {
    this.base = reader.base();
    this.end = reader.end();
    this.counts = counts(dims, chunk);
  }

  /** Chunks along each axis. */
  static long[] counts(long[] dims, long[] chunk) {
    long[] counts = new long[dims.length];
    long product = 1;
    for (int i = 0; i < dims.length; i++) {
      counts[i] = dims[i] == 0 ? 0 : (dims[i] - 1) / chunk[i] + 1;
      if (counts[i] > 0 && product > Long.MAX_VALUE / counts[i]) {
        throw FormatFault.broken("a dataset of more than 2^63 chunks");
      }
      product *= Math.max(1, counts[i]);
    }
    return counts;
  }

  /** Adds a chunk; one outside the current extent is left out. */
  void add(long[] scaled, long relativeAddress, long storedSize, int filterMask) {
    if (relativeAddress == ByteCursor.UNDEFINED) {
      return;
    }
    long linear = 0;
    for (int i = 0; i < counts.length; i++) {
      if (scaled[i] < 0 || scaled[i] >= counts[i]) {
        return;
      }
      linear = linear * counts[i] + scaled[i];
    }
    if (storedSize <= 0
        || storedSize > Integer.MAX_VALUE - 16
        || relativeAddress > end
        || storedSize > end - relativeAddress) {
      throw FormatFault.broken(
          "chunk "
              + Arrays.toString(scaled)
              + " of "
              + storedSize
              + " bytes at "
              + relativeAddress
              + " does not lie within the file");
    }
    if (n == number.length) {
      number = Arrays.copyOf(number, 2 * n);
      address = Arrays.copyOf(address, 2 * n);
      size = Arrays.copyOf(size, 2 * n);
      mask = Arrays.copyOf(mask, 2 * n);
    }
    number[n] = linear;
    address[n] = base + relativeAddress;
    size[n] = (int) storedSize;
    mask[n++] = filterMask;
  }

  ChunkManifest build() {
    Integer[] order = new Integer[n];
    boolean sorted = true;
    for (int i = 0; i < n; i++) {
      order[i] = i;
      sorted &= i == 0 || number[i] > number[i - 1];
    }
    if (sorted) {
      return new ChunkManifest(
          Arrays.copyOf(number, n),
          Arrays.copyOf(address, n),
          Arrays.copyOf(size, n),
          Arrays.copyOf(mask, n));
    }
    Arrays.sort(order, (a, b) -> Long.compare(number[a], number[b]));
    long[] numbers = new long[n];
    long[] addresses = new long[n];
    int[] sizes = new int[n];
    int[] masks = new int[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = number[order[i]];
      addresses[i] = address[order[i]];
      sizes[i] = size[order[i]];
      masks[i] = mask[order[i]];
      if (i > 0 && numbers[i] == numbers[i - 1]) {
        throw FormatFault.broken("chunk number " + numbers[i] + " stands twice in the index");
      }
    }
    return new ChunkManifest(numbers, addresses, sizes, masks);
  }
}
