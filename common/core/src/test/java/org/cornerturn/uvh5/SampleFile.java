package org.cornerturn.uvh5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.radio.Telescope;

/**
 * A small file whose every visibility says where it belongs: time, antennas, frequency and
 * correlation give its value, and a row with the antennas the other way round holds what physics
 * makes of it.
 */
public final class SampleFile {
  static final double FIRST_TIME = 2459000.25;
  static final double STEP = 1.0 / 8192;

  /** Time index, first and second antenna of a row. */
  public record Row(int time, int antenna1, int antenna2) {}

  public List<Row> rows = new ArrayList<>();
  public List<Polarization> polarizations =
      List.of(Polarization.XX, Polarization.YY, Polarization.XY, Polarization.YX);
  public double[] frequencyHz = {1.3e9, 1.301e9, 1.302e9, 1.303e9, 1.304e9};
  public int rank = 3;
  public DataType visibilities = Primitive.COMPLEX64;
  public List<PhaseCenter> centers = List.of(PhaseCenter.unprojected(0, "zenith"));
  public UnaryOperator<HeaderBuilder> variant = b -> b;

  static final List<Integer> ANTENNAS = List.of(7, 2, 11, 4);

  /** All baselines of all times, each with the smaller number first. */
  public static SampleFile rectangular(int times) {
    SampleFile f = new SampleFile();
    for (int t = 0; t < times; t++) {
      for (int a : ANTENNAS.stream().sorted().toList()) {
        for (int b : ANTENNAS.stream().sorted().filter(n -> n >= a).toList()) {
          f.rows.add(new Row(t, a, b));
        }
      }
    }
    return f;
  }

  /** Real or imaginary part of a visibility of antennas in ascending order. */
  static double value(int part, int time, int a, int b, double frequency, Polarization p) {
    double channel = Math.round((frequency - 1.3e9) / 1e6);
    int sign = part == 1 && a == b && p.exchanged() == p ? 0 : 1;
    return sign * (10000 * time + 100 * (a * 16 + b) + 10 * channel + p.ordinal() + 5000 * part);
  }

  private double inFile(int part, Row r, int channel, int pol) {
    Polarization p = polarizations.get(pol);
    double f = frequencyHz[channel];
    if (r.antenna1 <= r.antenna2) {
      return value(part, r.time, r.antenna1, r.antenna2, f, p);
    }
    double v = value(part, r.time, r.antenna2, r.antenna1, f, p.exchanged());
    return part == 1 ? -v : v;
  }

  static boolean flag(int time, int a, int b, double frequency, Polarization p) {
    return ((int) value(0, time, a, b, frequency, p)) % 3 == 0;
  }

  private Row canonical(Row r) {
    return r.antenna1 <= r.antenna2 ? r : new Row(r.time, r.antenna2, r.antenna1);
  }

  private double inFlags(Row r, int channel, int pol) {
    Polarization p = polarizations.get(pol);
    Row c = canonical(r);
    Polarization q = c == r ? p : p.exchanged();
    return flag(r.time, c.antenna1, c.antenna2, frequencyHz[channel], q) ? 1 : 0;
  }

  double uvw(int row, int axis) {
    Row r = rows.get(row);
    double v = (axis + 1) * (r.antenna2 - r.antenna1) + 0.25 * r.time * (r.antenna2 - r.antenna1);
    return v;
  }

  Shape shape() {
    return rank == 3
        ? Shape.of(rows.size(), frequencyHz.length, polarizations.size())
        : Shape.of(rows.size(), 1, frequencyHz.length, polarizations.size());
  }

  Uvh5Header header() {
    long distinct = rows.stream().map(r -> new Row(0, r.antenna1, r.antenna2)).distinct().count();
    int n = frequencyHz.length;
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> frequencyHz[i]));
    double[] sorted = new double[n];
    double[] width = new double[n];
    int[] file = new int[n];
    for (int i = 0; i < n; i++) {
      file[i] = order[i];
      sorted[i] = frequencyHz[order[i]];
      width[i] = 1e6;
    }
    ChannelGroup group = ChannelGroup.of(new SpectralWindow(0, sorted, width), file, polarizations);
    List<Antenna> antennas = new ArrayList<>();
    for (int a : ANTENNAS) {
      antennas.add(Antenna.at(a, "DSA-" + a, new Ecef(a, 2 * a, 0)).withDiameter(4.65));
    }
    return new Uvh5Header(
        "sample",
        "1.2",
        3,
        rows.size(),
        (int) distinct,
        (int) rows.stream().map(Row::time).distinct().count(),
        n,
        List.of(group),
        polarizations,
        new Telescope("sample", "none", Geodetic.ofDegrees(-118.28, 37.23, 1182.6)),
        antennas,
        (int)
            rows.stream()
                .flatMap(r -> java.util.stream.Stream.of(r.antenna1, r.antenna2))
                .distinct()
                .count(),
        centers,
        OptionalDouble.empty(),
        "Jy",
        Optional.of("avg"),
        Optional.of("east"),
        "nothing",
        "made by a test",
        OptionalDouble.of(-0.125),
        Map.of("observer", "none", "scale", 0.5, "count", 3L, "ok", true));
  }

  private Block rowItem(HeaderRecord.Item item, long first, long count) {
    int n = (int) count;
    boolean uvw = item.path().endsWith("uvw_array");
    double[] v = new double[uvw ? 3 * n : n];
    for (int i = 0; i < n; i++) {
      Row r = rows.get((int) first + i);
      String name = item.path().substring("/Header/".length());
      if (uvw) {
        for (int k = 0; k < 3; k++) {
          v[3 * i + k] = uvw((int) first + i, k);
        }
      } else {
        v[i] =
            switch (name) {
              case "time_array" -> FIRST_TIME + r.time * STEP;
              case "ant_1_array" -> r.antenna1;
              case "ant_2_array" -> r.antenna2;
              case "integration_time" -> 10.5;
              case "lst_array" -> 0.001 * r.time;
              case "phase_center_id_array" -> centers.get(0).id();
              default -> 0;
            };
      }
    }
    Shape shape = uvw ? Shape.of(n, 3) : Shape.of(n);
    if (item.type().dataType() == Primitive.FLOAT64) {
      return new Block(Primitive.FLOAT64, shape, Block.toBytes(v));
    }
    long[] whole = new long[n];
    for (int i = 0; i < n; i++) {
      whole[i] = (long) v[i];
    }
    return new Block(Primitive.INT64, shape, Block.toBytes(whole));
  }

  public void write(Path to) throws IOException {
    Shape shape = shape();
    long[] chunk = shape.dims();
    chunk[0] = Math.min(chunk[0], 7);
    Uvh5Storage standard = Uvh5Storage.standard(Primitive.COMPLEX64, shape);
    Uvh5Storage storage =
        new Uvh5Storage(
                new Uvh5Storage.Stored(
                    Hdf5Type.of(visibilities),
                    shape,
                    Shape.of(chunk),
                    standard.visibilities().filters()),
                standard.flags(),
                standard.samples())
            .with(Shape.of(chunk), standard.flags().filters());
    HeaderRecord record = variant.apply(Uvh5Writer.newHeader(header()).data(storage)).build();
    try (Hdf5Writer out = Hdf5Writer.create(to)) {
      Uvh5Writer writer = Uvh5Writer.define(out, record, this::rowItem, storage);
      writer.writeRows();
      chunks(writer.visibilities(), visibilities);
      chunks(writer.flags(), Primitive.BOOL);
      chunks(writer.samples(), Primitive.FLOAT32);
      out.finish();
    }
  }

  private void chunks(WriteChunked to, DataType type) throws IOException {
    ChunkGrid grid = to.grid();
    for (long i = 0; i < grid.count(); i++) {
      long[] at = grid.coordinates(i);
      Box box = grid.fullBox(at);
      ByteBuffer b =
          ByteBuffer.allocate((int) box.size() * type.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
      for (int r = (int) box.start(0); r < Math.min(box.end(0), rows.size()); r++) {
        for (int c = 0; c < frequencyHz.length; c++) {
          for (int p = 0; p < polarizations.size(); p++) {
            put(b, type, rows.get(r), c, p);
          }
        }
      }
      to.chunk(b.array(), at);
    }
  }

  private void put(ByteBuffer b, DataType type, Row r, int c, int p) {
    if (type == Primitive.BOOL) {
      b.put((byte) inFlags(r, c, p));
    } else if (type == Primitive.FLOAT32) {
      b.putFloat(1 + 0.5f * r.time);
    } else if (type == Primitive.COMPLEX64) {
      b.putFloat((float) inFile(0, r, c, p)).putFloat((float) inFile(1, r, c, p));
    } else if (type == Primitive.COMPLEX128) {
      b.putDouble(inFile(0, r, c, p)).putDouble(inFile(1, r, c, p));
    } else {
      Primitive part = (Primitive) ((DataType.Struct) type).fields().get(0).type();
      boolean imaginaryFirst = ((DataType.Struct) type).fields().get(0).name().startsWith("i");
      for (int k = 0; k < 2; k++) {
        int v = (int) inFile(imaginaryFirst ? 1 - k : k, r, c, p);
        if (part == Primitive.INT16) {
          b.putShort((short) v);
        } else {
          b.putInt(v);
        }
      }
    }
  }
}
