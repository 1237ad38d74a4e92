package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.source.LatticeBuilder.ValueType;
import org.cornerturn.uvh5.ChannelGroup;
import org.cornerturn.uvh5.Uvh5Exception;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Header;
import org.cornerturn.uvh5.Uvh5Rows;

/**
 * UVH5 files as lattices of (row, channel, polarization), as the file has them: rows in the file's
 * order and direction, channels in the file's order.
 */
record Uvh5Lattices(SourceOptions options, List<String> uris) implements LatticeSource {
  private static final int ROW = 0;
  private static final int CHANNEL = 1;
  private static final int POLARIZATION = 2;
  private static final String UVW = "/Header/uvw_array";
  private static final double MICROSECONDS = 1e6;
  private static final Field METRES = new Field("", Primitive.FLOAT64, Shape.of());

  /** What a row has of {@code uvw_array}, as doubles whatever the file has. */
  static final Struct UVW_TYPE =
      new Struct(
          List.of(
              new Field("u", Primitive.FLOAT64, Shape.of()),
              new Field("v", Primitive.FLOAT64, Shape.of()),
              new Field("w", Primitive.FLOAT64, Shape.of())));

  @Override
  public Lattice open(String uri, Set<String> needed) throws IOException {
    try (Uvh5File file = Uvh5File.open(Hdf5Access.channel(uri, options.hadoop()))) {
      return lattice(uri, file, needed);
    }
  }

  private Lattice lattice(String uri, Uvh5File file, Set<String> needed) throws IOException {
    org.cornerturn.uvh5.Uvh5Source source = file.source();
    Shape stored = source.visibilities().dataset().shape();
    boolean windows = source.rank() == 4;
    long channels = windows ? stored.dim(1) * stored.dim(2) : stored.dim(1);
    Shape shape = Shape.of(source.rows(), channels, source.polarizations());
    String rows = options.choice("rows", "visibility", "spectrum", "chunk");
    boolean chunk = rows.equals("chunk");
    boolean[] packed = {chunk, chunk || rows.equals("spectrum"), chunk};
    LatticeBuilder lattice = new LatticeBuilder(uri, shape, packed, chunk, needed);
    lattice.index("row", ROW, true);
    rowColumns(lattice, file);
    lattice.index("channel", CHANNEL, false);
    channelColumns(lattice, file.header(), (int) channels);
    boolean single = options.choice("precision", "single", "double").equals("single");
    Primitive real = single ? Primitive.FLOAT32 : Primitive.FLOAT64;
    Primitive complex = single ? Primitive.COMPLEX64 : Primitive.COMPLEX128;
    int[] all = {ROW, CHANNEL, POLARIZATION};
    int visibilities = lattice.array(array(source.visibilities(), all, complex, shape));
    Shape one = Shape.of();
    lattice.element("visibility_real", visibilities, 0, new Field("r", real, one), Map.of());
    lattice.element(
        "visibility_imag", visibilities, real.itemSize(), new Field("i", real, one), Map.of());
    int flags = lattice.array(array(source.flags(), all, Primitive.BOOL, shape));
    lattice.elements("flag", flags, Map.of());
    int samples = lattice.array(array(source.samples(), all, real, shape));
    lattice.elements("nsamples", samples, Map.of());
    Hdf5Dataset uvw = uvw(file, source.rows());
    Shape uvwChunk = uvw.chunkShape().map(c -> Shape.of(c.dim(0))).orElse(null);
    int uvws =
        lattice.array(
            StoredArray.of(UVW, new int[] {ROW}, UVW_TYPE, Shape.of(source.rows()), uvwChunk));
    for (int i = 0; i < UVW_TYPE.fields().size(); i++) {
      String name = UVW_TYPE.fields().get(i).name();
      lattice.element(name, uvws, i * METRES.byteSize(), METRES, Map.of());
    }
    return lattice.build(new Uvh5Access(uri, source, complex, uvw.source(), uvw.manifest()));
  }

  private static Hdf5Dataset uvw(Uvh5File file, long rows) throws IOException {
    Hdf5Dataset uvw = file.hdf5().dataset(UVW);
    boolean real =
        uvw.unsupported().isEmpty() && uvw.dataType() instanceof Primitive p && !p.isComplex();
    if (!real || !uvw.shape().equals(Shape.of(rows, 3))) {
      throw new Uvh5Exception(
          file.name(),
          UVW,
          "it is no list of three numbers for each of the " + rows + " rows",
          "Write the file again, or exclude it");
    }
    return uvw;
  }

  private static StoredArray array(
      org.cornerturn.uvh5.Uvh5Source.Stored stored, int[] axes, Primitive type, Shape shape) {
    Shape chunk = stored.dataset().chunk();
    int last = chunk == null ? 0 : chunk.rank() - 1;
    return StoredArray.of(
        stored.dataset().path(),
        axes,
        type,
        shape,
        chunk == null ? null : Shape.of(chunk.dim(0), chunk.dim(last - 1), chunk.dim(last)));
  }

  private static void rowColumns(LatticeBuilder lattice, Uvh5File file) throws IOException {
    Uvh5Rows rows = file.rows();
    int n = Math.toIntExact(rows.count());
    ValueType real = ValueType.of(Primitive.FLOAT64);
    ValueType number = ValueType.of(Primitive.INT32);
    ValueType name = ValueType.of(new Text());
    lattice
        .coordinate(
            "time",
            ROW,
            new ValueType(Primitive.INT64, DataTypes.TimestampType),
            () -> AxisValues.of(microseconds(file.name(), rows.julianDates(0, n))))
        .coordinate(
            "mjd", ROW, real, () -> AxisValues.of(modified(file.name(), rows.julianDates(0, n))))
        .coordinate(
            "integration_time_s", ROW, real, () -> AxisValues.of(rows.integrationSeconds(0, n)))
        .coordinate("antenna1", ROW, number, () -> AxisValues.of(rows.antenna1(0, n)))
        .coordinate("antenna2", ROW, number, () -> AxisValues.of(rows.antenna2(0, n)))
        .coordinate("antenna1_name", ROW, name, () -> names(file.header(), rows.antenna1(0, n)))
        .coordinate("antenna2_name", ROW, name, () -> names(file.header(), rows.antenna2(0, n)));
  }

  private static JulianDate date(String file, double[] dates, int row) throws Uvh5Exception {
    if (!Double.isFinite(dates[row])) {
      throw new Uvh5Exception(
          file, "/Header/time_array", "row " + row + " has no time", "Exclude the file");
    }
    return JulianDate.of(dates[row]);
  }

  private static long[] microseconds(String file, double[] dates) throws Uvh5Exception {
    long[] micros = new long[dates.length];
    for (int i = 0; i < micros.length; i++) {
      micros[i] = Math.round(date(file, dates, i).unixSeconds() * MICROSECONDS);
    }
    return micros;
  }

  private static double[] modified(String file, double[] dates) throws Uvh5Exception {
    double[] modified = new double[dates.length];
    for (int i = 0; i < modified.length; i++) {
      modified[i] = date(file, dates, i).modified();
    }
    return modified;
  }

  private static AxisValues names(Uvh5Header header, int[] numbers) throws Uvh5Exception {
    Map<Integer, String> names = new TreeMap<>();
    for (Antenna a : header.antennas()) {
      names.put(a.number(), a.name());
    }
    String[] texts = new String[numbers.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = names.get(numbers[i]);
      if (texts[i] == null) {
        throw new Uvh5Exception(
            header.file(),
            "/Header/antenna_numbers",
            "it lacks antenna " + numbers[i] + ", which row " + i + " has",
            "Write the file again, or exclude it");
      }
    }
    return AxisValues.of(texts);
  }

  private static void channelColumns(LatticeBuilder lattice, Uvh5Header header, int channels)
      throws IOException {
    double[] frequency = new double[channels];
    double[] width = new double[channels];
    int[] window = new int[channels];
    String[] correlation = new String[channels];
    Arrays.fill(frequency, Double.NaN);
    Arrays.fill(width, Double.NaN);
    for (ChannelGroup g : header.groups()) {
      for (int c = 0; c < g.channels(); c++) {
        int at = g.fileChannel(c);
        frequency[at] = g.window().frequencyHz(c);
        width[at] = g.window().widthHz(c);
        window[at] = g.window().id();
        correlation[at] = g.polarizations().get(0).name();
      }
    }
    ValueType real = ValueType.of(Primitive.FLOAT64);
    ValueType text = ValueType.of(new Text());
    lattice
        .coordinate("frequency_hz", CHANNEL, real, () -> AxisValues.of(frequency))
        .coordinate("channel_width_hz", CHANNEL, real, () -> AxisValues.of(width))
        .coordinate(
            "spectral_window", CHANNEL, ValueType.of(Primitive.INT32), () -> AxisValues.of(window));
    if (header.polarizations().isEmpty()) {
      // Each window has a correlation of its own.
      lattice.coordinate("polarization", CHANNEL, text, () -> AxisValues.of(correlation));
    } else {
      String[] names =
          header.polarizations().stream().map(Polarization::name).toArray(String[]::new);
      lattice.coordinate("polarization", POLARIZATION, text, () -> AxisValues.of(names));
    }
  }
}
