package org.cornerturn.uvh5;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.storage.ObjectChannel;

/**
 * Reads visibilities, flags and sample counts of a file, either as the file has them or in the
 * order that leaves the program. Keeps buffers, so it serves one thread.
 */
public final class VisibilityReader {
  private final Uvh5Source source;
  private final VisibilityType type;
  private final ObjectChannel raw;
  private DatasetReader visibilities;
  private DatasetReader flags;
  private DatasetReader samples;

  /**
   * @param source of the whole file, or the part that covers what will be read
   * @param raw the file; the caller closes it
   */
  public VisibilityReader(Uvh5Source source, ObjectChannel raw) {
    this.source = source;
    this.type = VisibilityType.of(source.visibilities().dataset().dataType());
    this.raw = raw;
  }

  public Uvh5Source source() {
    return source;
  }

  /**
   * Visibilities in the file's order.
   *
   * @param firstChannel on the file's frequency axis, windows of rank 4 one after the other; the
   *     run must not leave its window
   * @param target COMPLEX64 or COMPLEX128; {@link Uvh5Source#exactType} loses nothing
   * @return (row, frequency, polarization)
   */
  public Block visibilities(
      long firstRow, int rows, int firstChannel, int channels, Primitive target)
      throws IOException {
    Block block = visibilitiesReader().read(box(firstRow, rows, firstChannel, channels));
    return new Block(target, shape(rows, channels), type.toComplex(block, target));
  }

  /**
   * Flags in the file's order, one byte each, 0 or 1.
   *
   * @return (row, frequency, polarization)
   */
  public Block flags(long firstRow, int rows, int firstChannel, int channels) throws IOException {
    Block block = flagsReader().read(box(firstRow, rows, firstChannel, channels));
    return new Block(Primitive.BOOL, shape(rows, channels), toFlags(block));
  }

  /**
   * Sample counts in the file's order.
   *
   * @return {@link Uvh5Source#sampleType} (row, frequency, polarization)
   */
  public Block samples(long firstRow, int rows, int firstChannel, int channels) throws IOException {
    Block block = samplesReader().read(box(firstRow, rows, firstChannel, channels));
    return new Block(source.sampleType(), shape(rows, channels), toSamples(block));
  }

  /**
   * Visibilities in the order that leaves the program. Rows that are the other way round are
   * conjugated and their XY and YX exchanged; cells without a row are NaN.
   *
   * @param target COMPLEX64 or COMPLEX128
   * @return (time, baseline, frequency, polarization)
   */
  public Block visibilities(VisibilityWindow window, Primitive target) throws IOException {
    WindowCopy copy = new WindowCopy(source, window, target.itemSize());
    byte[] out =
        copy.run(
            source.visibilities().dataset(),
            box -> type.toComplex(visibilitiesReader().read(box), target),
            WindowCopy.Exchange.of(target),
            WindowCopy.missing(target));
    return new Block(target, shape(window), out);
  }

  /**
   * Flags in the order that leaves the program; cells without a row are flagged.
   *
   * @return BOOL (time, baseline, frequency, polarization)
   */
  public Block flags(VisibilityWindow window) throws IOException {
    WindowCopy copy = new WindowCopy(source, window, 1);
    byte[] out =
        copy.run(
            source.flags().dataset(),
            box -> toFlags(flagsReader().read(box)),
            WindowCopy.Exchange.PLACES,
            new byte[] {1});
    return new Block(Primitive.BOOL, shape(window), out);
  }

  /**
   * Sample counts in the order that leaves the program; cells without a row have 0.
   *
   * @return {@link Uvh5Source#sampleType} (time, baseline, frequency, polarization)
   */
  public Block samples(VisibilityWindow window) throws IOException {
    int size = source.sampleType().itemSize();
    WindowCopy copy = new WindowCopy(source, window, size);
    byte[] out =
        copy.run(
            source.samples().dataset(),
            box -> toSamples(samplesReader().read(box)),
            WindowCopy.Exchange.PLACES,
            new byte[size]);
    return new Block(source.sampleType(), shape(window), out);
  }

  private static Shape shape(VisibilityWindow w) {
    return Shape.of(w.times(), w.baselines(), w.channels(), w.polarizations());
  }

  private Shape shape(int rows, int channels) {
    return Shape.of(rows, channels, source.polarizations());
  }

  private org.cornerturn.array.Box box(long firstRow, int rows, int firstChannel, int channels) {
    return FileBoxes.box(source, firstRow, rows, firstChannel, channels);
  }

  private static byte[] toFlags(Block block) {
    if (block.type() == Primitive.BOOL) {
      return block.bytes();
    }
    double[] values = block.toDoubles();
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (values[i] != 0 ? 1 : 0);
    }
    return out;
  }

  private byte[] toSamples(Block block) {
    DataType found = block.type();
    if (found == source.sampleType()) {
      return block.bytes();
    }
    double[] values = block.toDoubles();
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return Block.toBytes(out);
  }

  private DatasetReader visibilitiesReader() throws IOException {
    if (visibilities == null) {
      visibilities = reader(source.visibilities());
    }
    return visibilities;
  }

  private DatasetReader flagsReader() throws IOException {
    if (flags == null) {
      flags = reader(source.flags());
    }
    return flags;
  }

  private DatasetReader samplesReader() throws IOException {
    if (samples == null) {
      samples = reader(source.samples());
    }
    return samples;
  }

  private DatasetReader reader(Uvh5Source.Stored stored) throws IOException {
    return new DatasetReader(stored.dataset(), stored.manifest(), raw);
  }
}
