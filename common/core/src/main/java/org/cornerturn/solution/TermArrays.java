package org.cornerturn.solution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.FillValue;
import org.cornerturn.zarr.ObjectEncoder;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * The arrays of one term, written or to be written. What is not stored reads as no gain.
 *
 * @param path of the term's group in the store
 * @param label of the term, {@code B_1} say
 * @param time intervals, UTC seconds since 1970
 * @param frequency intervals, hertz
 * @param antennas names
 * @param receptors names
 * @param full whether gains are matrices
 */
public record TermArrays(
    String path,
    String label,
    SolutionAxis time,
    SolutionAxis frequency,
    List<String> antennas,
    List<String> receptors,
    boolean full)
    implements Serializable {
  public static final String GAIN = "GAIN";
  public static final String DELAY = "DELAY";
  public static final String FLAG = "FLAG";
  public static final String SNR = "SNR";
  public static final String CHI2 = "CHI2";
  public static final String ITERATIONS = "ITERATIONS";

  static final String TIME = "time_gain";
  static final String ANTENNA = "antenna_name";
  static final String FREQUENCY = "frequency_gain";
  static final String RECEPTOR = "receptor_label";
  static final String RECEPTOR_2 = "receptor_label_2";
  static final String START = "_start";
  static final String END = "_end";

  private static final long CHUNK_BYTES = 1L << 20;

  public TermArrays {
    antennas = List.copyOf(antennas);
    receptors = List.copyOf(receptors);
  }

  /** What the term describes: the label's first letter. */
  public char kind() {
    return label.charAt(0);
  }

  /** Whether it has delays. */
  public boolean hasDelays() {
    return kind() == 'K';
  }

  /** An empty table of these axes. */
  public GainTable table() {
    return full
        ? GainTable.full(time, frequency, antennas, receptors)
        : GainTable.diagonal(time, frequency, antennas, receptors);
  }

  /** Extent of the arrays. */
  public Shape shape() {
    return full
        ? Shape.of(
            time.count(), antennas.size(), frequency.count(), receptors.size(), receptors.size())
        : Shape.of(time.count(), antennas.size(), frequency.count(), receptors.size());
  }

  private List<String> dimensions() {
    List<String> names = new ArrayList<>(List.of(TIME, ANTENNA, FREQUENCY, RECEPTOR));
    if (full) {
      names.add(RECEPTOR_2);
    }
    return names;
  }

  private static ObjectNode about(String longName) {
    return JsonNodeFactory.instance.objectNode().put("long_name", longName);
  }

  /** The arrays by sample, by name. */
  TreeMap<String, ArrayMetadata> arrays() {
    TreeMap<String, ArrayMetadata> all = new TreeMap<>();
    all.put(
        GAIN,
        array(
            Primitive.COMPLEX128,
            FillValue.nan(Primitive.COMPLEX128),
            about("Gain g of V = g_1 conj(g_2) M").put("units", "")));
    ObjectNode reasons = about("Why there is no gain; 0 where there is one");
    reasons.put("flag_meanings", String.join(" ", SolutionFlag.names()));
    SolutionFlag.names().forEach(reasons.withArrayProperty("flag_values")::add);
    FillValue none = FillValue.of(Primitive.UINT8, new byte[] {SolutionFlag.NO_DATA.code()});
    all.put(FLAG, array(Primitive.UINT8, none, reasons));
    FillValue nan = FillValue.nan(Primitive.FLOAT32);
    all.put(SNR, array(Primitive.FLOAT32, nan, about("Signal over noise of the gain")));
    all.put(CHI2, array(Primitive.FLOAT32, nan, about("Reduced chi^2 of the residuals")));
    all.put(
        ITERATIONS,
        array(Primitive.INT32, FillValue.zero(Primitive.INT32), about("Iterations it took")));
    if (hasDelays()) {
      all.put(
          DELAY,
          array(
              Primitive.FLOAT64,
              FillValue.nan(Primitive.FLOAT64),
              about("Delay: phase is 2 pi times it times frequency").put("units", "s")));
    }
    return all;
  }

  private ArrayMetadata array(Primitive type, FillValue fill, ObjectNode attributes) {
    Shape shape = shape();
    long[] chunk = shape.dims();
    long perTime = 2 * Double.BYTES * shape.size() / Math.max(1, chunk[0]);
    // As many times of each array, so that one task writes the same box of all.
    chunk[0] = Math.max(1, Math.min(chunk[0], CHUNK_BYTES / Math.max(1, perTime)));
    return ArrayMetadata.builder(ZarrFormat.V3, shape, type)
        .chunk(chunk)
        .fill(fill)
        .codecs(CodecChain.standard(ZarrFormat.V3, type))
        .dimensionNames(dimensions())
        .attributes(attributes)
        .build();
  }

  /** Key of an object that {@link #write} always writes. */
  public String firstKey() {
    return path + "/" + TIME + "/c/0";
  }

  /** Adds the term's metadata to those of its set. */
  public void addTo(ZarrHierarchy hierarchy, ObjectNode attributes) {
    hierarchy.group(path, attributes);
    arrays().forEach((name, a) -> hierarchy.array(path + "/" + name, a));
    coordinates().forEach((name, c) -> hierarchy.array(path + "/" + name, c.metadata));
  }

  private record Coordinate(ArrayMetadata metadata, Block block) {}

  private TreeMap<String, Coordinate> coordinates() {
    TreeMap<String, Coordinate> all = new TreeMap<>();
    ObjectNode seconds =
        about("Time of the gain").put("units", "s").put("scale", "utc").put("format", "unix");
    axis(all, TIME, time, seconds);
    axis(all, FREQUENCY, frequency, about("Frequency of the gain").put("units", "Hz"));
    all.put(ANTENNA, texts(ANTENNA, antennas));
    all.put(RECEPTOR, texts(RECEPTOR, receptors));
    if (full) {
      all.put(RECEPTOR_2, texts(RECEPTOR_2, receptors));
    }
    return all;
  }

  private static void axis(
      TreeMap<String, Coordinate> all, String name, SolutionAxis axis, ObjectNode attributes) {
    double[] start = new double[axis.count()];
    double[] end = new double[axis.count()];
    for (int i = 0; i < start.length; i++) {
      start[i] = axis.start(i);
      end[i] = axis.end(i);
    }
    all.put(name, numbers(name, axis.centres(), attributes));
    all.put(name + START, numbers(name, start, attributes));
    all.put(name + END, numbers(name, end, attributes));
  }

  private static Coordinate numbers(String dimension, double[] values, ObjectNode attributes) {
    return coordinate(
        dimension, Primitive.FLOAT64, values.length, Block.toBytes(values), attributes);
  }

  private static Coordinate texts(String dimension, List<String> values) {
    return coordinate(
        dimension,
        new Text(),
        values.size(),
        values.toArray(String[]::new),
        JsonNodeFactory.instance.objectNode());
  }

  private static Coordinate coordinate(
      String dimension, DataType type, int length, Object data, ObjectNode attributes) {
    ArrayMetadata metadata =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(length), type)
            .codecs(CodecChain.standard(ZarrFormat.V3, type))
            .dimensionNames(List.of(dimension))
            .attributes(attributes)
            .build();
    return new Coordinate(metadata, new Block(type, Shape.of(length), data));
  }

  /**
   * Writes the term's coordinates and gains.
   *
   * @param delays seconds, as the gains; null where there are none
   */
  public void write(ObjectStore store, GainTable gains, double[] delays) throws IOException {
    for (var c : coordinates().entrySet()) {
      ArrayMetadata m = c.getValue().metadata;
      EncodedObject object =
          new ObjectEncoder(m, EmptyChunks.WRITE).encode(new long[] {0}, c.getValue().block).get();
      store.put(path + "/" + c.getKey() + "/" + m.objectKey(0), object.bytes(), 0, object.length());
    }
    TreeMap<String, ArrayMetadata> arrays = arrays();
    put(store, arrays, GAIN, Block.toBytes(gains.gains()));
    put(store, arrays, FLAG, gains.flags());
    put(store, arrays, SNR, Block.toBytes(gains.snr()));
    put(store, arrays, CHI2, Block.toBytes(gains.chiSquared()));
    put(store, arrays, ITERATIONS, Block.toBytes(gains.iterations()));
    if (delays != null) {
      put(store, arrays, DELAY, Block.toBytes(delays));
    }
  }

  private void put(
      ObjectStore store, TreeMap<String, ArrayMetadata> arrays, String name, byte[] bytes)
      throws IOException {
    ArrayMetadata m = arrays.get(name);
    new ArrayWriter(store, path + "/" + name, m, EmptyChunks.WRITE).put(Box.all(m.shape()), bytes);
  }
}
