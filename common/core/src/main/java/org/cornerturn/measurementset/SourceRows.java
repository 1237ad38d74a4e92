package org.cornerturn.measurementset;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.uvh5.ChannelGroup;
import org.cornerturn.uvh5.FileRows;
import org.cornerturn.zarr.ZarrArray;

/**
 * Rows of a UVH5 file, in its order, out of the measurement sets that were made of it. Reads a set
 * in pieces of its chunks, 16 MiB at a time.
 */
public final class SourceRows {
  private static final long READ_BYTES = 16L << 20;

  private final ProcessingSet sets;
  private final List<Part> parts;
  private final int channels;
  private final int pols;

  /**
   * What a measurement set holds of the file.
   *
   * @param set its name
   * @param group the file's spectral window that it is
   * @param firstChannel of the set that is the window's first
   */
  public record Part(String set, ChannelGroup group, int firstChannel) implements Serializable {}

  /**
   * Cells of the sets that a run of rows is.
   *
   * @param time of each row
   * @param baseline of each row
   * @param turned rows that have the antennas the other way round
   */
  public record Cells(int[] time, int[] baseline, BitSet turned) implements Serializable {
    public int rows() {
      return time.length;
    }
  }

  /**
   * @param channels on the file's frequency axis, windows of rank 4 one after the other
   * @param pols on the file's polarization axis
   */
  public SourceRows(ProcessingSet sets, List<Part> parts, int channels, int pols) {
    this.sets = sets;
    this.parts = List.copyOf(parts);
    this.channels = channels;
    this.pols = pols;
  }

  /** Visibilities of a run of rows. */
  public FileRows visibilities(Cells cells) throws IOException {
    return read(Msv4Layout.VISIBILITY, cells);
  }

  /** What the file itself flagged of a run of rows; later flags are left out. */
  public FileRows flags(Cells cells) throws IOException {
    return read(Msv4Layout.FLAG, cells);
  }

  /** Sample counts of a run of rows. */
  public FileRows samples(Cells cells) throws IOException {
    return read(Msv4Layout.NSAMPLES, cells);
  }

  private FileRows read(String array, Cells cells) throws IOException {
    FileRows rows = null;
    for (Part part : parts) {
      ZarrArray a = sets.measurementSet(part.set).array(array);
      if (rows == null) {
        Primitive stored = (Primitive) a.metadata().type();
        boolean flags = array.equals(Msv4Layout.FLAG);
        rows = new FileRows(flags ? Primitive.BOOL : stored, cells.rows(), channels, pols);
      }
      read(a, part, cells, rows);
    }
    return rows;
  }

  private static void read(ZarrArray array, Part part, Cells cells, FileRows rows)
      throws IOException {
    Shape chunk = array.metadata().chunk();
    long across = array.metadata().shape().dim(1) / chunk.dim(1) + 1;
    long[] order = new long[cells.rows()];
    for (int r = 0; r < order.length; r++) {
      long piece = cells.time[r] / chunk.dim(0) * across + cells.baseline[r] / chunk.dim(1);
      order[r] = piece << 32 | r;
    }
    Arrays.sort(order);
    int at = 0;
    while (at < order.length) {
      int end = at;
      while (end < order.length && order[end] >> 32 == order[at] >> 32) {
        end++;
      }
      int[] of = new int[end - at];
      for (int i = at; i < end; i++) {
        of[i - at] = (int) order[i];
      }
      piece(array, part, cells, of, rows);
      at = end;
    }
  }

  /** Rows whose cells lie in the same chunks, all channels of the part. */
  private static void piece(ZarrArray array, Part part, Cells cells, int[] of, FileRows rows)
      throws IOException {
    int firstTime = Integer.MAX_VALUE;
    int lastTime = 0;
    int firstBaseline = Integer.MAX_VALUE;
    int lastBaseline = 0;
    for (int r : of) {
      firstTime = Math.min(firstTime, cells.time[r]);
      lastTime = Math.max(lastTime, cells.time[r]);
      firstBaseline = Math.min(firstBaseline, cells.baseline[r]);
      lastBaseline = Math.max(lastBaseline, cells.baseline[r]);
    }
    int times = lastTime - firstTime + 1;
    int baselines = lastBaseline - firstBaseline + 1;
    int n = part.group.polarizations().size();
    int itemSize = array.metadata().type().itemSize();
    int step = step(array, (long) times * baselines * n * itemSize);
    for (int c = 0; c < part.group.channels(); ) {
      // Steps end where chunks end, so that none is decoded twice.
      int from = part.firstChannel + c;
      int count = Math.min(part.group.channels() - c, step - from % step);
      Block block =
          array.read(
              Box.of(
                  new long[] {firstTime, firstBaseline, from, 0},
                  new long[] {times, baselines, count, n}));
      byte[] bytes = block.bytes();
      if (block.type() == Primitive.UINT8) {
        keepOriginal(bytes);
      }
      FileRows.Slice slice = rows.slice(part.group, c, count);
      for (int r : of) {
        long cell =
            (long) (cells.time[r] - firstTime) * baselines + (cells.baseline[r] - firstBaseline);
        int offset = Math.toIntExact(cell * count * n * itemSize);
        rows.put(slice, r, cells.turned.get(r), bytes, offset);
      }
      c += count;
    }
  }

  private static int step(ZarrArray array, long channelBytes) {
    long chunk = array.metadata().chunk().dim(2);
    long fit = READ_BYTES / Math.max(1, channelBytes) / chunk * chunk;
    return (int) Math.min(Integer.MAX_VALUE / 2, Math.max(chunk, fit));
  }

  /** Flags that came with the file are those without a reason. */
  private static void keepOriginal(byte[] flags) {
    for (int i = 0; i < flags.length; i++) {
      flags[i] &= (byte) FlagBit.UNSPECIFIED.mask();
    }
  }
}
