package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.sky.GaussianBeam;
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
 * The product's Zarr arrays, as XRADIO has them: (time, frequency, polarization, l, m), l falling
 * along its axis as right ascension does.
 */
record ImageArrays(Imaging imaging) {
  static final String BEAM = "BEAM_FIT_PARAMS_SKY";
  private static final int CHUNK = 512;
  private static final int SHARD = 4096;
  private static final double UNIX_EPOCH_MJD = 40587;
  private static final double DAY_SECONDS = 86400;
  private static final List<String> DIMENSIONS =
      List.of("time", "frequency", "polarization", "l", "m");

  /** Extent of the arrays of images. */
  Shape shape() {
    ImageGeometry g = imaging.geometry();
    return Shape.of(
        imaging.intervals(),
        imaging.channels(),
        imaging.polarizations().size(),
        g.width(),
        g.height());
  }

  private static ObjectNode about(String longName) {
    return JsonNodeFactory.instance.objectNode().put("long_name", longName);
  }

  private ArrayMetadata plane(Role role) {
    Shape shape = shape();
    long l = Math.min(CHUNK, shape.dim(3));
    long m = Math.min(CHUNK, shape.dim(4));
    ObjectNode attributes = about(role.about()).put("units", role.unit());
    if (role == Role.IMAGE) {
      attributes.put("type", "sky");
    }
    ArrayMetadata.Builder builder =
        ArrayMetadata.builder(ZarrFormat.V3, shape, Primitive.FLOAT32)
            .chunk(1, 1, 1, l, m)
            .fill(FillValue.nan(Primitive.FLOAT32))
            .codecs(CodecChain.standard(ZarrFormat.V3, Primitive.FLOAT32))
            .dimensionNames(DIMENSIONS)
            .attributes(attributes);
    if (l < shape.dim(3) || m < shape.dim(4)) {
      builder.shard(1, 1, 1, shard(shape.dim(3), l), shard(shape.dim(4), m));
    }
    return builder.build();
  }

  /** Whole chunks for a side, no more than {@link #SHARD} pixels. */
  private static long shard(long side, long chunk) {
    return (Math.min(SHARD, side) + chunk - 1) / chunk * chunk;
  }

  /**
   * Writes the plane of a cell and polarization.
   *
   * @param plane (y, x); nothing is written where it is null: what isn't stored reads as NaN
   */
  void write(ObjectStore store, Role role, Cell cell, int polarization, float[] plane)
      throws IOException {
    if (plane == null) {
      return;
    }
    ArrayMetadata metadata = plane(role);
    ArrayWriter writer = new ArrayWriter(store, role.array(), metadata, EmptyChunks.WRITE);
    int width = imaging.geometry().width();
    int height = imaging.geometry().height();
    int step = Math.toIntExact(metadata.objectShape().dim(3));
    for (int from = 0; from < width; from += step) {
      int columns = Math.min(step, width - from);
      long[] start = {cell.interval(), cell.channel(), polarization, from, 0};
      byte[] bytes = transposed(plane, width, height, from, columns);
      writer.put(Box.of(start, new long[] {1, 1, 1, columns, height}), bytes);
    }
  }

  /** (l, m) of (y, x), some columns, in squares that stay in the cache. */
  private static byte[] transposed(float[] plane, int width, int height, int from, int columns) {
    byte[] bytes =
        new byte[Math.toIntExact(Math.multiplyExact((long) columns * height, Float.BYTES))];
    ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int square = 32;
    for (int x0 = 0; x0 < columns; x0 += square) {
      for (int y0 = 0; y0 < height; y0 += square) {
        for (int x = x0; x < Math.min(columns, x0 + square); x++) {
          for (int y = y0; y < Math.min(height, y0 + square); y++) {
            to.putFloat(Float.BYTES * (x * height + y), plane[y * width + from + x]);
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

  /**
   * @param beams by time, frequency and polarization: widths and position angle, radians; null
   *     where only the metadata count
   */
  private TreeMap<String, Coordinate> coordinates(double[] beams) {
    double[] time = new double[imaging.intervals()];
    double[] hertz = new double[imaging.channels()];
    for (Cell cell : imaging.cells()) {
      time[cell.interval()] =
          UNIX_EPOCH_MJD + (cell.startUnix() + cell.endUnix()) / 2 / DAY_SECONDS;
      hertz[cell.channel()] = cell.middleHz();
    }
    ImageGeometry g = imaging.geometry();
    double[] l = new double[g.width()];
    double[] m = new double[g.height()];
    for (int x = 0; x < l.length; x++) {
      l[x] = g.l(x);
    }
    for (int y = 0; y < m.length; y++) {
      m[y] = g.m(y);
    }
    TreeMap<String, Coordinate> all = new TreeMap<>();
    ObjectNode mjd = about("Middle of the interval");
    mjd.put("units", "d").put("scale", "utc").put("format", "mjd").put("type", "time");
    all.put("time", numbers("time", time, mjd));
    all.put("frequency", numbers("frequency", hertz, frequency(hertz)));
    all.put(
        "polarization",
        texts("polarization", imaging.polarizations().stream().map(Enum::name).toList()));
    all.put("l", numbers("l", l, about("Direction cosine to the east").put("units", "rad")));
    all.put("m", numbers("m", m, about("Direction cosine to the north").put("units", "rad")));
    all.put("beam_params_label", texts("beam_params_label", List.of("major", "minor", "pa")));
    int count = imaging.cells().size() * imaging.polarizations().size() * 3;
    all.put(
        BEAM,
        coordinate(
            List.of("time", "frequency", "polarization", "beam_params_label"),
            Shape.of(imaging.intervals(), imaging.channels(), imaging.polarizations().size(), 3),
            Primitive.FLOAT64,
            Block.toBytes(beams == null ? new double[count] : beams),
            about("Clean beam: full widths at half maximum, position angle from north to east")
                .put("units", "rad")));
    return all;
  }

  private static ObjectNode frequency(double[] hertz) {
    ObjectNode a = about("Middle of the channel");
    a.put("units", "Hz").put("observer", "topo").put("type", "spectral_coord");
    a.put("wave_units", "mm");
    ObjectNode reference = a.putObject("reference_frequency");
    reference.put("data", hertz[hertz.length / 2]).put("dims", "");
    reference.putObject("attrs").put("units", "Hz").put("type", "spectral_coord");
    return a;
  }

  /** Writes the coordinates, and the beams that were fitted. */
  void writeCoordinates(ObjectStore store, ObjectStore facts) throws IOException {
    int polarizations = imaging.polarizations().size();
    double[] beams = new double[imaging.cells().size() * polarizations * 3];
    for (Cell cell : imaging.cells()) {
      for (int p = 0; p < polarizations; p++) {
        GaussianBeam beam = Facts.get(facts, Imaging.facts(cell.number(), p)).beam();
        int at = 3 * ((cell.interval() * imaging.channels() + cell.channel()) * polarizations + p);
        beams[at] = beam == null ? Double.NaN : beam.majorRad();
        beams[at + 1] = beam == null ? Double.NaN : beam.minorRad();
        beams[at + 2] = beam == null ? Double.NaN : beam.positionAngleRad();
      }
    }
    for (var c : coordinates(beams).entrySet()) {
      ArrayMetadata m = c.getValue().metadata;
      long[] first = new long[m.shape().rank()];
      EncodedObject object =
          new ObjectEncoder(m, EmptyChunks.WRITE).encode(first, c.getValue().block).get();
      store.put(c.getKey() + "/" + m.objectKey(first), object.bytes(), 0, object.length());
    }
  }

  /** Key of an object that {@link #writeCoordinates} writes. */
  static String firstKey() {
    return "time/c/0";
  }

  /** Adds all arrays to those of the product. */
  void addTo(ZarrHierarchy hierarchy) {
    for (Role role : Role.of(imaging)) {
      if (role.array() != null) {
        hierarchy.array(role.array(), plane(role));
      }
    }
    coordinates(null).forEach((name, c) -> hierarchy.array(name, c.metadata));
  }
}
