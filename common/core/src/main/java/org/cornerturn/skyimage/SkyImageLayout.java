package org.cornerturn.skyimage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
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
 * The Zarr arrays of images as XRADIO has them: (time, frequency, polarization, l, m), l falling
 * along its axis as right ascension does; SIN, north up.
 *
 * @param centre direction of pixel (width / 2, height / 2)
 * @param pixelRad side of a pixel at the centre
 * @param timeMjd middles of the intervals, days, UTC
 * @param hertz middles of the channels
 * @param channelHz widths of the channels
 * @param polarizations names
 * @param shard most pixels along a side of a stored object
 */
public record SkyImageLayout(
    IcrsDirection centre,
    int width,
    int height,
    double pixelRad,
    List<Double> timeMjd,
    List<Double> hertz,
    List<Double> channelHz,
    List<String> polarizations,
    int shard) {
  /** Array of the clean beams. */
  public static final String BEAM = "BEAM_FIT_PARAMS_SKY";

  /** Key of an object that {@link #writeCoordinates} writes. */
  public static final String FIRST_KEY = "time/c/0";

  private static final int CHUNK = 512;
  private static final double UNIX_EPOCH_MJD = 40587;
  private static final double DAY_SECONDS = 86400;
  private static final List<String> DIMENSIONS =
      List.of("time", "frequency", "polarization", "l", "m");

  public SkyImageLayout {
    timeMjd = List.copyOf(timeMjd);
    hertz = List.copyOf(hertz);
    channelHz = List.copyOf(channelHz);
    polarizations = List.copyOf(polarizations);
  }

  /** Modified Julian day of seconds since 1970. */
  public static double mjd(double unixSeconds) {
    return UNIX_EPOCH_MJD + unixSeconds / DAY_SECONDS;
  }

  /** Seconds since 1970 of a modified Julian day. */
  public static double unix(double mjd) {
    return (mjd - UNIX_EPOCH_MJD) * DAY_SECONDS;
  }

  /** Where the pixels lie. */
  public Wcs wcs() {
    return Wcs.centred(centre, width, height, pixelRad);
  }

  /** Extent of the arrays of images. */
  public Shape shape() {
    return Shape.of(timeMjd.size(), hertz.size(), polarizations.size(), width, height);
  }

  private static ObjectNode about(String longName) {
    return JsonNodeFactory.instance.objectNode().put("long_name", longName);
  }

  /**
   * An array of images.
   *
   * @param type single precision, of which NaN is what isn't stored, or bytes
   * @param unit of its pixels; empty for none
   */
  public ArrayMetadata plane(Primitive type, String longName, String unit) {
    Shape shape = shape();
    long l = Math.min(CHUNK, shape.dim(3));
    long m = Math.min(CHUNK, shape.dim(4));
    ArrayMetadata.Builder builder =
        ArrayMetadata.builder(ZarrFormat.V3, shape, type)
            .chunk(1, 1, 1, l, m)
            .codecs(CodecChain.standard(ZarrFormat.V3, type))
            .dimensionNames(DIMENSIONS)
            .attributes(about(longName).put("units", unit));
    if (type == Primitive.FLOAT32) {
      builder.fill(FillValue.nan(type));
    }
    if (l < shape.dim(3) || m < shape.dim(4)) {
      builder.shard(1, 1, 1, shard(shape.dim(3), l), shard(shape.dim(4), m));
    }
    return builder.build();
  }

  /** Whole chunks for a side, no more than {@link #shard} pixels. */
  private long shard(long side, long chunk) {
    return (Math.min(shard, side) + chunk - 1) / chunk * chunk;
  }

  /**
   * Writes a plane.
   *
   * @param place its time, frequency and polarization
   * @param plane (y, x), whole
   */
  public void write(
      ObjectStore store, String array, ArrayMetadata metadata, int[] place, float[] plane)
      throws IOException {
    ArrayWriter writer = new ArrayWriter(store, array, metadata, EmptyChunks.WRITE);
    int step = Math.toIntExact(metadata.objectShape().dim(3));
    for (int from = 0; from < width; from += step) {
      int columns = Math.min(step, width - from);
      writer.put(
          box(place, from, 0, columns, height),
          transposed(metadata.type(), plane, width, height, from, columns));
    }
  }

  /**
   * Writes a rectangle of a plane, on the borders of stored objects.
   *
   * @param pixels (y, x) of the rectangle
   */
  public void write(
      ObjectStore store,
      String array,
      ArrayMetadata metadata,
      int x,
      int y,
      int columns,
      int rows,
      float[] pixels)
      throws IOException {
    new ArrayWriter(store, array, metadata, EmptyChunks.WRITE)
        .put(
            box(new int[3], x, y, columns, rows),
            transposed(metadata.type(), pixels, columns, rows, 0, columns));
  }

  private static Box box(int[] place, int x, int y, int columns, int rows) {
    return Box.of(
        new long[] {place[0], place[1], place[2], x, y}, new long[] {1, 1, 1, columns, rows});
  }

  /** (l, m) of (y, x), some columns, in squares that stay in the cache. */
  private static byte[] transposed(
      DataType type, float[] plane, int width, int height, int from, int columns) {
    int each = type.itemSize();
    byte[] bytes = new byte[Math.toIntExact(Math.multiplyExact((long) columns * height, each))];
    ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int square = 32;
    for (int x0 = 0; x0 < columns; x0 += square) {
      for (int y0 = 0; y0 < height; y0 += square) {
        for (int x = x0; x < Math.min(columns, x0 + square); x++) {
          for (int y = y0; y < Math.min(height, y0 + square); y++) {
            float v = plane[y * width + from + x];
            if (each == 1) {
              bytes[x * height + y] = (byte) v;
            } else {
              to.putFloat(each * (x * height + y), v);
            }
          }
        }
      }
    }
    return bytes;
  }

  private record Coordinate(ArrayMetadata metadata, Block block) {}

  private static Coordinate coordinate(
      List<String> dimensions, Shape shape, DataType type, Object data, ObjectNode attributes) {
    ArrayMetadata metadata =
        ArrayMetadata.builder(ZarrFormat.V3, shape, type)
            .codecs(CodecChain.standard(ZarrFormat.V3, type))
            .dimensionNames(dimensions)
            .attributes(attributes)
            .build();
    return new Coordinate(metadata, new Block(type, shape, data));
  }

  private static Coordinate numbers(String name, double[] values, ObjectNode attributes) {
    return coordinate(
        List.of(name),
        Shape.of(values.length),
        Primitive.FLOAT64,
        Block.toBytes(values),
        attributes);
  }

  private static Coordinate texts(String name, List<String> values) {
    return coordinate(
        List.of(name),
        Shape.of(values.size()),
        new Text(),
        values.toArray(String[]::new),
        JsonNodeFactory.instance.objectNode());
  }

  /** How many beams there are: one for each time, frequency and polarization, in this order. */
  public int beams() {
    return timeMjd.size() * hertz.size() * polarizations.size();
  }

  /**
   * @param beams null where only the metadata count
   */
  private TreeMap<String, Coordinate> coordinates(GaussianBeam[] beams) {
    double[] l = new double[width];
    double[] m = new double[height];
    for (int x = 0; x < width; x++) {
      l[x] = (width / 2 - x) * pixelRad;
    }
    for (int y = 0; y < height; y++) {
      m[y] = (y - height / 2) * pixelRad;
    }
    TreeMap<String, Coordinate> all = new TreeMap<>();
    ObjectNode mjd = about("Middle of the interval");
    mjd.put("units", "d").put("scale", "utc").put("format", "mjd").put("type", "time");
    all.put("time", numbers("time", array(timeMjd), mjd));
    all.put("frequency", numbers("frequency", array(hertz), frequency()));
    all.put("polarization", texts("polarization", polarizations));
    all.put("l", numbers("l", l, about("Direction cosine to the east").put("units", "rad")));
    all.put("m", numbers("m", m, about("Direction cosine to the north").put("units", "rad")));
    all.put("beam_params_label", texts("beam_params_label", List.of("major", "minor", "pa")));
    double[] axes = new double[3 * beams()];
    for (int i = 0; beams != null && i < beams.length; i++) {
      axes[3 * i] = beams[i] == null ? Double.NaN : beams[i].majorRad();
      axes[3 * i + 1] = beams[i] == null ? Double.NaN : beams[i].minorRad();
      axes[3 * i + 2] = beams[i] == null ? Double.NaN : beams[i].positionAngleRad();
    }
    all.put(
        BEAM,
        coordinate(
            List.of("time", "frequency", "polarization", "beam_params_label"),
            Shape.of(timeMjd.size(), hertz.size(), polarizations.size(), 3),
            Primitive.FLOAT64,
            Block.toBytes(axes),
            about("Clean beam: full widths at half maximum, position angle from north to east")
                .put("units", "rad")));
    return all;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private ObjectNode frequency() {
    ObjectNode a = about("Middle of the channel");
    a.put("units", "Hz").put("observer", "topo").put("type", "spectral_coord");
    a.put("wave_units", "mm");
    ObjectNode reference = a.putObject("reference_frequency");
    reference.put("data", hertz.get(hertz.size() / 2)).put("dims", "");
    reference.putObject("attrs").put("units", "Hz").put("type", "spectral_coord");
    ObjectNode widths = a.putObject("channel_width");
    ArrayNode each = widths.putArray("data");
    channelHz.forEach(each::add);
    widths.putArray("dims").add("frequency");
    widths.putObject("attrs").put("units", "Hz").put("type", "quantity");
    return a;
  }

  /**
   * Writes the coordinates and the clean beams.
   *
   * @param beams by time, frequency and polarization; null for one that isn't known
   */
  public void writeCoordinates(ObjectStore store, GaussianBeam[] beams) throws IOException {
    for (Map.Entry<String, Coordinate> c : coordinates(beams).entrySet()) {
      ArrayMetadata m = c.getValue().metadata;
      long[] first = new long[m.shape().rank()];
      EncodedObject object =
          new ObjectEncoder(m, EmptyChunks.WRITE).encode(first, c.getValue().block).get();
      store.put(c.getKey() + "/" + m.objectKey(first), object.bytes(), 0, object.length());
    }
  }

  /** Adds the coordinates and the clean beams to a product's arrays. */
  public void addTo(ZarrHierarchy hierarchy) {
    coordinates(null).forEach((name, c) -> hierarchy.array(name, c.metadata));
  }

  /**
   * The root's attributes that make it an image.
   *
   * @param members of the data group: role and array
   * @param date of the data, ISO 8601
   */
  public ObjectNode attributes(Map<String, String> members, String description, String date) {
    ObjectNode a = JsonNodeFactory.instance.objectNode();
    a.put("type", "image");
    ObjectNode group = a.putObject("data_groups").putObject("base");
    members.forEach(group::put);
    group.put("description", description);
    group.put("date", date);
    ObjectNode system = a.putObject("coordinate_system_info");
    ObjectNode reference = system.putObject("reference_direction");
    reference.putArray("data").add(centre.raRad()).add(centre.decRad());
    reference.putArray("dims").add("sky_dir_label");
    reference
        .putObject("attrs")
        .put("type", "sky_coord")
        .put("frame", "icrs")
        .put("equinox", "j2000.0")
        .put("units", "rad");
    ObjectNode pole = system.putObject("native_pole_direction");
    pole.putArray("data").add(Math.PI).add(0.0);
    pole.putArray("dims").add("sky_dir_label");
    pole.putObject("attrs")
        .put("type", "location")
        .put("frame", "native_projection")
        .put("units", "rad");
    system.put("projection", "SIN");
    system.putArray("projection_parameters").add(0.0).add(0.0);
    ArrayNode matrix = system.putArray("pixel_coordinate_transformation_matrix");
    matrix.addArray().add(1.0).add(0.0);
    matrix.addArray().add(0.0).add(1.0);
    return a;
  }
}
