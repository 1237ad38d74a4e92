package org.cornerturn.query.hdf5;

import java.util.concurrent.Callable;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.StoredType;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;

/**
 * What a selection takes out of a dataset, not read yet.
 *
 * @param slab in the dataset's shape, axes of an array type last
 * @param shape of the result
 */
public record Slice(OpenFile file, Hdf5Dataset dataset, Hyperslab slab, Shape shape) {

  /**
   * @param selection in the axes of the dataspace; those of an array type are taken whole
   * @throws Problem 400 where the selection isn't one of this dataset's
   */
  public static Slice of(OpenFile file, Hdf5Dataset dataset, Selection selection) {
    try {
      Hyperslab slab = selection.in(dataset.storedShape());
      Shape shape = selection.shapeOf(slab);
      int rank = dataset.storedShape().rank();
      long[] all = dataset.shape().dims();
      long[] trailing = java.util.Arrays.copyOfRange(all, rank, all.length);
      return new Slice(file, dataset, slab.append(trailing), shape.append(trailing));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("selection", e.getMessage());
    }
  }

  /** The type in the file, array types taken apart. */
  public StoredType element() {
    StoredType t = dataset.type().stored();
    while (t instanceof StoredType.ArrayOf a) {
      t = a.element();
    }
    return t;
  }

  /** Whether elements are floating-point numbers that only {@link #readNearest} gives. */
  public boolean isWide() {
    return dataset.unsupported().isPresent()
        && dataset.type().stored() instanceof StoredType.Floating f
        && f.size() > Double.BYTES
        && !f.vaxOrder();
  }

  /**
   * Whether elements are numbers or booleans.
   *
   * @throws Problem 422 where they can't be read
   */
  public boolean isNumeric() {
    return isWide() || Numbers.isNumeric(type());
  }

  /**
   * @throws Problem 422 where elements can't be read
   */
  public DataType type() {
    if (isWide()) {
      return Primitive.FLOAT64;
    }
    if (dataset.unsupported().isPresent()) {
      throw Problem.unsupported(
          file.name() + ": " + dataset.path() + ": " + dataset.unsupported().get(), null);
    }
    return dataset.dataType();
  }

  /** Memory of the elements as numbers of the type. */
  public long bytes(Elements elements) {
    return elements.bytes(type(), slab);
  }

  /** How elements are read. */
  public View view() {
    return isWide() ? View.STORED : View.VALUES;
  }

  /** Does work that reads the elements; {@code more} bytes are for what becomes of them. */
  public <T> T reserving(Elements elements, long more, Deadline deadline, Callable<T> work)
      throws Exception {
    return elements.reserving(file, dataset, view(), slab, more, deadline, work);
  }

  /** The elements, of the result's shape; numbers too wide for float64 as the nearest of it. */
  public Block read(Elements elements, Deadline deadline) throws Exception {
    type();
    Block block = elements.read(file, dataset, view(), slab, deadline);
    if (isWide()) {
      double[] nearest = dataset.type().nearestDoubles(block.bytes());
      return new Block(Primitive.FLOAT64, shape, Block.toBytes(nearest));
    }
    return new Block(block.type(), shape, block.data());
  }

  /** The bytes that stand in the file, of elements of a fixed size. */
  public byte[] readStored(Elements elements, Deadline deadline) throws Exception {
    int rank = dataset.storedShape().rank();
    Hyperslab stored =
        new Hyperslab(
            java.util.Arrays.copyOf(slab.start(), rank),
            java.util.Arrays.copyOf(slab.step(), rank),
            java.util.Arrays.copyOf(slab.count(), rank));
    return elements.read(file, dataset, View.STORED, stored, deadline).bytes();
  }
}
