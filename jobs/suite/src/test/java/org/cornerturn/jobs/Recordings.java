package org.cornerturn.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.hdf5.WriteFilter;

/** HDF5 files to convert, the same for the same arguments. */
public final class Recordings {
  private static final int PIECE = 1 << 20;

  private Recordings() {}

  /** A random walk, which compresses about as well as a measured signal. */
  private static final class Walk {
    private final SplittableRandom random;
    private int value;

    Walk(long seed) {
      random = new SplittableRandom(seed);
    }

    byte[] next(int samples) {
      byte[] bytes = new byte[2 * samples];
      for (int i = 0; i < samples; i++) {
        value += (random.nextInt() >>> 28) - 7;
        bytes[2 * i] = (byte) value;
        bytes[2 * i + 1] = (byte) (value >> 8);
      }
      return bytes;
    }
  }

  /**
   * A waveform in one piece, {@code /samples} of int16 (channel, trc, segment, sample), with gains.
   */
  public static Path waveform(Path file, long... shape) throws IOException {
    Walk walk = new Walk(Arrays.hashCode(shape));
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteContiguous samples = w.root().contiguous("samples", Primitive.INT16, Shape.of(shape));
      samples.attribute("unit", "V");
      double[] gains = new double[Math.toIntExact(shape[0] * shape[1])];
      Arrays.setAll(gains, i -> 1e-4 * (i + 1));
      w.root()
          .dataset(
              "vertical_gain",
              new Block(Primitive.FLOAT64, Shape.of(shape[0], shape[1]), Block.toBytes(gains)));
      w.root().attribute("horiz_interval", 2e-9);
      for (long left = Shape.of(shape).size(); left > 0; left -= PIECE) {
        byte[] piece = walk.next((int) Math.min(PIECE, left));
        samples.write(piece, 0, piece.length);
      }
      w.finish();
    }
    return file;
  }

  /**
   * A tree of groups with chunked, contiguous, tiny and partly written arrays.
   *
   * @param rows rows of 4096 int16 in the largest array
   */
  public static Path tree(Path file, long rows) throws IOException {
    return tree(file, rows, 100);
  }

  /**
   * The same.
   *
   * @param stations groups with an array of three numbers, which are three objects each in a store
   */
  public static Path tree(Path file, long rows, int stations) throws IOException {
    Walk walk = new Walk(rows);
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      w.root().attribute("title", "Größe, φάσμα");
      WriteChunked large =
          w.root()
              .group("run")
              .chunked(
                  "spectra",
                  Primitive.INT16,
                  Shape.of(rows, 4096),
                  Shape.of(64, 1024),
                  List.of(WriteFilter.SHUFFLE, WriteFilter.deflate(1)));
      large.attribute("units", "counts");
      WriteContiguous whole =
          w.root().contiguous("power", Primitive.FLOAT64, Shape.of(rows / 2, 1024));
      WriteChunked partly =
          w.root()
              .chunked(
                  "partly", Primitive.INT32, Shape.of(1000, 1000), Shape.of(100, 100), List.of());
      for (int i = 0; i < stations; i++) {
        w.root()
            .group("station" + i)
            .dataset(
                "position",
                new Block(
                    Primitive.FLOAT64,
                    Shape.of(3),
                    Block.toBytes(new double[] {i, -i, Math.sqrt(i)})));
      }
      for (long i = 0; i < large.grid().count(); i++) {
        large.chunk(walk.next(64 * 1024), large.grid().coordinates(i));
      }
      for (long r = 0; r < rows / 2; r++) {
        double[] row = new double[1024];
        Arrays.fill(row, Math.sin(r));
        row[(int) (r % 1024)] = r;
        whole.write(Block.toBytes(row), 0, 8 * 1024);
      }
      partly.chunk(walk.next(2 * 100 * 100), 3, 3);
      partly.chunk(walk.next(2 * 100 * 100), 9, 0);
      w.finish();
    }
    return file;
  }
}
