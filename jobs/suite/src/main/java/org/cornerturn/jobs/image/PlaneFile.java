package org.cornerturn.jobs.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.plane.CutOut;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Planes that tasks leave for each other: little-endian numbers, some rows at a time. */
public final class PlaneFile {
  private static final int PIECE = 1 << 20;

  private PlaneFile() {}

  /** Makes rows of doubles. */
  interface Rows {
    void row(int y, double[] row);
  }

  /** Makes rows of doubles that are not to be changed. */
  interface Lines {
    double[] line(int y);
  }

  public static void write(ObjectStore store, String key, float[] plane) throws IOException {
    try (PendingObject out = store.create(key)) {
      ByteBuffer bytes = buffer(Float.BYTES, plane.length);
      int most = bytes.capacity() / Float.BYTES;
      for (int at = 0; at < plane.length; at += most) {
        int n = Math.min(most, plane.length - at);
        bytes.clear();
        bytes.asFloatBuffer().put(plane, at, n);
        out.write(bytes.array(), 0, n * Float.BYTES);
      }
      out.publish();
    }
  }

  static float[] read(ObjectStore store, String key, int pixels) throws IOException {
    float[] plane = new float[pixels];
    try (ObjectChannel in = store.open(key)) {
      check(in, (long) Float.BYTES * pixels);
      ByteBuffer bytes = buffer(Float.BYTES, pixels);
      int most = bytes.capacity() / Float.BYTES;
      for (int at = 0; at < pixels; at += most) {
        int n = Math.min(most, pixels - at);
        in.readFully((long) Float.BYTES * at, bytes.array(), 0, n * Float.BYTES);
        bytes.clear();
        bytes.asFloatBuffer().get(plane, at, n);
      }
    }
    return plane;
  }

  /** The pixels of a facet of what {@link #write} wrote. */
  static float[] read(ObjectStore store, String key, ImageGeometry image, Facet facet)
      throws IOException {
    float[] part = new float[facet.pixels()];
    try (ObjectChannel in = store.open(key)) {
      check(in, Float.BYTES * image.pixels());
      int rows = Math.max(1, PIECE / Float.BYTES / image.width());
      ByteBuffer bytes = buffer(Float.BYTES, rows * image.width());
      for (int y = 0; y < facet.height(); y += rows) {
        int n = Math.min(rows, facet.height() - y);
        long first = (long) (facet.y() + y) * image.width();
        in.readFully(Float.BYTES * first, bytes.array(), 0, n * image.width() * Float.BYTES);
        for (int row = 0; row < n; row++) {
          bytes.position((row * image.width() + facet.x()) * Float.BYTES);
          bytes.asFloatBuffer().get(part, (y + row) * facet.width(), facet.width());
        }
      }
    }
    return part;
  }

  /**
   * Reads a window of what {@link #write} wrote.
   *
   * @param width of the whole plane
   * @return (y, x) of the window
   */
  public static float[] read(ObjectStore store, String key, int width, CutOut window)
      throws IOException {
    float[] out = new float[Math.multiplyExact(window.width(), window.height())];
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * window.width());
    row.order(ByteOrder.LITTLE_ENDIAN);
    try (ObjectChannel in = store.open(key)) {
      for (int y = 0; y < window.height(); y++) {
        long first = (long) (window.y() + y) * width + window.x();
        in.readFully(Float.BYTES * first, row.array(), 0, row.capacity());
        row.clear();
        row.asFloatBuffer().get(out, y * window.width(), window.width());
      }
    }
    return out;
  }

  /**
   * Writes rows, of single or double precision.
   *
   * @param each bytes of a number, 4 or 8
   */
  static void writeRows(ObjectStore store, String key, int rows, int width, int each, Rows from)
      throws IOException {
    double[] row = new double[width];
    writeLines(
        store,
        key,
        rows,
        width,
        each,
        y -> {
          from.row(y, row);
          return row;
        });
  }

  /** As {@link #writeRows}, of rows that are there. */
  static void writeLines(ObjectStore store, String key, int rows, int width, int each, Lines from)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(width * each).order(ByteOrder.LITTLE_ENDIAN);
    try (PendingObject out = store.create(key)) {
      for (int y = 0; y < rows; y++) {
        double[] row = from.line(y);
        bytes.clear();
        if (each == Double.BYTES) {
          bytes.asDoubleBuffer().put(row, 0, width);
        } else {
          for (int x = 0; x < width; x++) {
            bytes.putFloat((float) row[x]);
          }
        }
        out.write(bytes.array(), 0, bytes.capacity());
      }
      out.publish();
    }
  }

  /** Reads what {@link #writeRows} wrote; the row is used again. */
  static void readRows(ObjectStore store, String key, int rows, int width, int each, Rows to)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(width * each).order(ByteOrder.LITTLE_ENDIAN);
    double[] row = new double[width];
    try (ObjectChannel in = store.open(key)) {
      check(in, (long) rows * bytes.capacity());
      for (int y = 0; y < rows; y++) {
        in.readFully((long) y * bytes.capacity(), bytes.array(), 0, bytes.capacity());
        bytes.clear();
        if (each == Double.BYTES) {
          bytes.asDoubleBuffer().get(row);
        } else {
          for (int x = 0; x < width; x++) {
            row[x] = bytes.getFloat();
          }
        }
        to.row(y, row);
      }
    }
  }

  private static ByteBuffer buffer(int each, int count) {
    int bytes = (int) Math.min(PIECE, (long) each * Math.max(1, count));
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(ObjectChannel in, long expected) throws IOException {
    if (in.size() != expected) {
      throw new IOException(
          in.name() + " has " + in.size() + " bytes where " + expected + " belong");
    }
  }
}
