package org.cornerturn.query.h5grove;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.hdf5.CsvText;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.hdf5.Npy;
import org.cornerturn.query.hdf5.Numbers;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.hdf5.Slice;
import org.cornerturn.query.hdf5.Tiff;
import org.cornerturn.query.hdf5.TypeJson;
import org.cornerturn.query.hdf5.ValueJson;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Problem;

/** Elements of a dataset in one of H5Grove's formats. */
final class DataReply {
  static final String OCTETS = "application/octet-stream";
  private static final long JSON_BYTES = 24;

  private final Elements elements;
  private final Limit jsonElements;
  private final Slice slice;
  private final DataFormat format;
  private final DataTypes types;
  private final boolean flat;

  /** What becomes of the type in the file. */
  enum DataTypes {
    /** Nothing. */
    ORIGIN,
    /** A type that JavaScript has arrays of. */
    SAFE
  }

  DataReply(
      Elements elements,
      Limit jsonElements,
      Slice slice,
      DataFormat format,
      DataTypes types,
      boolean flat) {
    this.elements = elements;
    this.jsonElements = jsonElements;
    this.slice = slice;
    this.format = format;
    this.types = types;
    this.flat = flat;
  }

  Reply make(Deadline deadline) throws Exception {
    String word = format.name().toLowerCase(Locale.ROOT);
    if (slice.dataset().isEmpty()) {
      return empty(word);
    }
    boolean numeric = slice.isNumeric();
    if (types == DataTypes.SAFE && !numeric) {
      throw Problem.unprocessable("Unsupported dtype safe for non-numeric data");
    }
    boolean picky = format != DataFormat.JSON && format != DataFormat.BIN;
    if (picky && !numeric) {
      throw Problem.unprocessable("Unsupported encoding " + word + " for non-numeric content");
    }
    if (picky && format != DataFormat.NPY && slice.shape().rank() == 0) {
      throw Problem.unprocessable(
          "Unsupported encoding " + word + " for empty and scalar datasets");
    }
    if (format == DataFormat.CSV && slice.shape().rank() > 2 && !flat) {
      throw Problem.unprocessable("Unsupported encoding csv for more than two dimensions");
    }
    long bytes = slice.bytes(elements);
    long encoded = bytes;
    if (format == DataFormat.JSON || format == DataFormat.CSV) {
      jsonElements.check(slice.slab().size());
      encoded = 2 * slice.slab().size() * JSON_BYTES;
    }
    return slice.reserving(elements, bytes + encoded, deadline, () -> encoded(numeric, deadline));
  }

  private Reply encoded(boolean numeric, Deadline deadline) throws Exception {
    return switch (format) {
      case JSON -> json(deadline);
      case BIN -> binary(numeric, deadline);
      case NPY -> npy(deadline);
      case CSV -> csv(deadline);
      case TIFF -> tiff(deadline);
    };
  }

  private Reply empty(String word) {
    if (format == DataFormat.JSON && types == DataTypes.ORIGIN) {
      return Reply.of("application/json", "null".getBytes(StandardCharsets.US_ASCII));
    }
    throw Problem.unprocessable("Unsupported encoding " + word + " for empty and scalar datasets");
  }

  private Shape shape() {
    Shape s = slice.shape();
    return flat && s.rank() > 0 ? Shape.of(s.size()) : s;
  }

  private Reply json(Deadline deadline) throws Exception {
    Block block = slice.read(elements, deadline);
    deadline.check();
    return JsonText.reply(
        g ->
            new ValueJson(g, slice.dataset().type().stored(), ValueJson.References.AS_H5PY)
                .write(block, shape(), slice.dataset().isJson()));
  }

  private Reply binary(boolean numeric, Deadline deadline) throws Exception {
    if (numeric) {
      return new Reply(
          OCTETS, Map.of("X-Shape", text(shape()), "X-Dtype", dtype()), numbers(deadline));
    }
    DataType type = slice.type();
    if (!type.isFixedSize()) {
      throw Problem.unprocessable("Unsupported encoding bin for elements of no fixed size");
    }
    byte[] bytes =
        type instanceof DataType.FixedText
            ? slice.read(elements, deadline).bytes()
            : slice.readStored(elements, deadline);
    return Reply.of(OCTETS, bytes);
  }

  /** NumPy's name of the type that goes out. */
  private String dtype() {
    if (types == DataTypes.ORIGIN && (isBigEndian() || slice.isWide())) {
      return stored();
    }
    Primitive type = (Primitive) slice.type();
    return type == Primitive.FLOAT16 && types == DataTypes.SAFE ? "<f4" : Numbers.descr(type);
  }

  private String stored() {
    return TypeJson.dtype(slice.element()).textValue();
  }

  /**
   * Whether elements stand in the file in big-endian order, and whole. A single one comes
   * little-endian, as h5py has it.
   */
  private boolean isBigEndian() {
    String descr = stored();
    return slice.shape().rank() > 0
        && descr != null
        && descr.startsWith(">")
        && descr.endsWith(Integer.toString(slice.type().itemSize()));
  }

  private byte[] numbers(Deadline deadline) throws Exception {
    if (types == DataTypes.ORIGIN && slice.isWide()) {
      return slice.readStored(elements, deadline);
    }
    Block block = slice.read(elements, deadline);
    if (types == DataTypes.SAFE) {
      return Numbers.widened(block).bytes();
    }
    return isBigEndian()
        ? Numbers.bigEndian((Primitive) block.type(), block.bytes())
        : block.bytes();
  }

  private Reply npy(Deadline deadline) throws Exception {
    byte[] header = Npy.header(dtype(), shape());
    byte[] bytes = numbers(deadline);
    byte[] all = java.util.Arrays.copyOf(header, Math.addExact(header.length, bytes.length));
    System.arraycopy(bytes, 0, all, header.length, bytes.length);
    return new Reply(OCTETS, attachment("data.npy"), all);
  }

  private Reply csv(Deadline deadline) throws Exception {
    Block block = slice.read(elements, deadline);
    Block shaped = new Block(block.type(), shape(), block.data());
    byte[] text = CsvText.rows(shaped).getBytes(StandardCharsets.US_ASCII);
    return new Reply("text/csv", attachment("data.csv"), text);
  }

  private Reply tiff(Deadline deadline) throws Exception {
    Block block = slice.read(elements, deadline);
    try {
      byte[] image = Tiff.encode(new Block(block.type(), shape(), block.data()));
      return new Reply("image/tiff", attachment("data.tiff"), image);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Problem.unprocessable("Unsupported encoding tiff for " + e.getMessage());
    }
  }

  private static Map<String, String> attachment(String name) {
    return Map.of("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  static String text(Shape shape) {
    StringBuilder s = new StringBuilder();
    for (long d : shape.dims()) {
      s.append(s.isEmpty() ? "" : ",").append(d);
    }
    return s.toString();
  }
}
