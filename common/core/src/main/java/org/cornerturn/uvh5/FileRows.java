package org.cornerturn.uvh5;

import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;

/**
 * Rows of a file put together again from windows in the order that leaves the program: the way back
 * of {@link VisibilityReader}. Holds the rows of one dataset, (row, frequency, polarization) in the
 * file's order.
 */
public final class FileRows {
  private final Primitive type;
  private final int channels;
  private final int pols;
  private final byte[] values;

  /**
   * @param type of the values: COMPLEX64 or COMPLEX128 for visibilities, BOOL for flags, FLOAT32 or
   *     FLOAT64 for sample counts
   * @param rows how many
   * @param channels on the file's frequency axis, windows of rank 4 one after the other
   * @param pols on the file's polarization axis
   */
  public FileRows(Primitive type, int rows, int channels, int pols) {
    this.type = type;
    this.channels = channels;
    this.pols = pols;
    long cells = Math.multiplyExact((long) rows, Math.multiplyExact(channels, pols));
    values = new byte[Math.toIntExact(Math.multiplyExact(cells, type.itemSize()))];
  }

  /** Where channels of a window stand in a row. */
  public static final class Slice {
    private final int[] straight;
    private final int[] crosswise;

    private Slice(int[] straight, int[] crosswise) {
      this.straight = straight;
      this.crosswise = crosswise;
    }
  }

  /** The place of some of a window's channels, all correlations. */
  public Slice slice(ChannelGroup group, int firstChannel, int count) {
    int n = group.polarizations().size();
    int[] straight = new int[count * n];
    int[] crosswise = group.canExchange() ? new int[count * n] : straight;
    for (int c = 0; c < count; c++) {
      int channel = group.fileChannel(firstChannel + c);
      for (int p = 0; p < n; p++) {
        straight[c * n + p] = (channel * pols + group.filePolarization(p)) * type.itemSize();
        if (crosswise != straight) {
          crosswise[c * n + p] =
              (channel * pols + group.exchangedFilePolarization(p)) * type.itemSize();
        }
      }
    }
    return new Slice(straight, crosswise);
  }

  /**
   * Puts a cell's values into a row.
   *
   * @param exchanged whether the row has the antennas the other way round
   * @param cell (frequency, polarization) of the slice's channels, changed where it is exchanged
   * @param at of the cell's first byte
   */
  public void put(Slice slice, int row, boolean exchanged, byte[] cell, int at) {
    int size = type.itemSize();
    int to = row * channels * pols * size;
    if (exchanged && type.isComplex()) {
      ElementCopy.negateOdd(cell, at, slice.straight.length, size / 2);
    }
    ElementCopy.scatter(cell, at, exchanged ? slice.crosswise : slice.straight, values, to, size);
  }

  /**
   * The rows as they stand in a file of a type.
   *
   * @throws IllegalArgumentException where that type can't be made again
   */
  public byte[] stored(Hdf5Type stored) {
    if (type.isComplex()) {
      return stored.store(VisibilityType.of(stored.dataType()).ofComplex(values, type));
    }
    if (!(stored.dataType() instanceof Primitive target)) {
      throw new IllegalArgumentException(stored.describe() + " holds no numbers");
    }
    if (target == type) {
      return stored.store(values);
    }
    Shape shape = Shape.of(values.length / type.itemSize());
    return stored.store(Numbers.of(new Block(type, shape, values).toDoubles(), target));
  }
}
