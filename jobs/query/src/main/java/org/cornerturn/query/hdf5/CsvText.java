package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;

/** Numbers as text: the shortest that gives the same number again. */
public final class CsvText {
  private CsvText() {}

  /** Appends one element; booleans as 0 and 1, complex numbers as Python reads them. */
  public static void append(StringBuilder out, Primitive type, byte[] bytes, int index) {
    int at = index * type.itemSize();
    ByteBuffer v = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case BOOL, UINT8 -> out.append(bytes[at] & 0xff);
      case INT8 -> out.append(bytes[at]);
      case INT16 -> out.append(v.getShort(at));
      case UINT16 -> out.append(v.getShort(at) & 0xffff);
      case INT32 -> out.append(v.getInt(at));
      case UINT32 -> out.append(v.getInt(at) & 0xffffffffL);
      case INT64 -> out.append(v.getLong(at));
      case UINT64 -> out.append(Long.toUnsignedString(v.getLong(at)));
      case FLOAT16 -> {
        byte[] two = {bytes[at], bytes[at + 1]};
        real(out, (float) new Block(type, Shape.of(), two).toDoubles()[0]);
      }
      case FLOAT32 -> real(out, v.getFloat(at));
      case FLOAT64 -> real(out, v.getDouble(at));
      case COMPLEX64 -> {
        float im = v.getFloat(at + 4);
        out.append('(');
        real(out, v.getFloat(at));
        out.append(hasPlus(im) ? "+" : "");
        real(out, im);
        out.append("j)");
      }
      case COMPLEX128 -> {
        double im = v.getDouble(at + 8);
        out.append('(');
        real(out, v.getDouble(at));
        out.append(hasPlus(im) ? "+" : "");
        real(out, im);
        out.append("j)");
      }
    }
  }

  private static boolean hasPlus(double v) {
    return Double.isNaN(v) || Double.compare(v, 0.0) >= 0;
  }

  private static void real(StringBuilder out, float v) {
    if (Float.isFinite(v)) {
      out.append(NumberOutput.toString(v, true));
    } else {
      out.append(Float.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf");
    }
  }

  private static void real(StringBuilder out, double v) {
    if (Double.isFinite(v)) {
      out.append(NumberOutput.toString(v, true));
    } else {
      out.append(Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf");
    }
  }

  /**
   * Rows of numbers with commas between, a line feed after each; a single axis is a column.
   *
   * @param block of rank 1 or 2
   */
  public static String rows(Block block) {
    Primitive type = (Primitive) block.type();
    int rows = (int) block.shape().dim(0);
    int columns = block.shape().rank() == 1 ? 1 : (int) block.shape().dim(1);
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out.append(c == 0 ? "" : ",");
        append(out, type, block.bytes(), r * columns + c);
      }
      out.append('\n');
    }
    return out.toString();
  }

  /**
   * A text as a field of RFC 4180; with an apostrophe before what a spreadsheet would run as a
   * formula. Numbers never go through here.
   */
  public static String field(String text) {
    String t = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = t.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + t.replace("\"", "\"\"") + '"' : t;
  }

  /** A name for a downloaded file: letters, digits, dots, dashes and underscores. */
  public static String fileName(String text) {
    String name = text.replaceAll("[^A-Za-z0-9.-]+", "_").replaceAll("^[_.]+|_+$", "");
    return name.isEmpty() ? "data" : name;
  }
}
