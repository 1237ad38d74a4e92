package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.Arrays;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;

/**
 * Where a dataset's chunks lie in the file: primitive arrays sorted by chunk number (C order in the
 * dataset's chunk grid). A chunk that isn't listed was never written and holds the fill value.
 */
public final class ChunkManifest implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ChunkManifest NONE =
      new ChunkManifest(new long[0], new long[0], new int[0], new int[0]);

  private final long[] number;
  private final long[] address;
  private final int[] storedSize;
  private final int[] filterMask;

  /** Arrays in step, {@code number} strictly rising. */
  ChunkManifest(long[] number, long[] address, int[] storedSize, int[] filterMask) {
    this.number = number;
    this.address = address;
    this.storedSize = storedSize;
    this.filterMask = filterMask;
  }

  /** The manifest of a dataset without chunks in the file. */
  public static ChunkManifest none() {
    return NONE;
  }

  /** Chunks stored in the file. */
  public int size() {
    return number.length;
  }

  /** Position of a chunk in this manifest, negative where it was never written. */
  public int find(long chunkNumber) {
    return Arrays.binarySearch(number, chunkNumber);
  }

  /** C-order number of the chunk at a position. */
  public long number(int position) {
    return number[position];
  }

  /** Absolute position in the file, user block included, bytes. */
  public long address(int position) {
    return address[position];
  }

  /** Bytes stored. */
  public int storedSize(int position) {
    return storedSize[position];
  }

  /** Bit i is set where step i of the pipeline was left out for this chunk. */
  public int filterMask(int position) {
    return filterMask[position];
  }

  /** Bytes of all chunks as stored. */
  public long storedBytes() {
    long n = 0;
    for (int s : storedSize) {
      n += s;
    }
    return n;
  }

  /** The part that a region needs, to travel with a task. */
  public ChunkManifest slice(ChunkGrid grid, Box region) {
    Box cover = grid.covering(region);
    if (cover.isEmpty() || number.length == 0) {
      return NONE;
    }
    int[] keep = new int[64];
    int n = 0;
    long first = grid.linear(cover.start());
    long[] lastCoordinates = new long[cover.rank()];
    for (int i = 0; i < lastCoordinates.length; i++) {
      lastCoordinates[i] = cover.end(i) - 1;
    }
    long last = grid.linear(lastCoordinates);
    int at = find(first);
    for (int i = at < 0 ? -at - 1 : at; i < number.length && number[i] <= last; i++) {
      if (contains(cover, grid.coordinates(number[i]))) {
        if (n == keep.length) {
          keep = Arrays.copyOf(keep, 2 * n);
        }
        keep[n++] = i;
      }
    }
    long[] numbers = new long[n];
    long[] addresses = new long[n];
    int[] sizes = new int[n];
    int[] masks = new int[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = number[keep[i]];
      addresses[i] = address[keep[i]];
      sizes[i] = storedSize[keep[i]];
      masks[i] = filterMask[keep[i]];
    }
    return new ChunkManifest(numbers, addresses, sizes, masks);
  }

  private static boolean contains(Box cover, long[] coordinates) {
    for (int i = 0; i < coordinates.length; i++) {
      if (coordinates[i] < cover.start(i) || coordinates[i] >= cover.end(i)) {
        return false;
      }
    }
    return true;
  }
}
