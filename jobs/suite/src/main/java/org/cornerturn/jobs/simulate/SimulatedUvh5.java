package org.cornerturn.jobs.simulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.hdf5.WriteGroup;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.Polarization;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.simulate.VisibilitySimulator;

/**
 * A simulated file but for its visibilities. A drift scan is as the DSA-110's correlator writes it:
 * before version 1.0, with an axis of spectral windows, antennas numbered from 0 and named from 1,
 * uvw of the meridian in float32, no sidereal times. A tracked observation is UVH5 1.1.
 */
final class SimulatedUvh5 {
  /** Bytes of a row of the widest array, u, v and w. */
  private static final int WIDEST_ROW = 3 * Double.BYTES;

  private static final List<WriteFilter> COMPACT = List.of(WriteFilter.LZF);

  private final Uvh5Parameters parameters;
  private final SimulatedObservation observation;
  private final int subband;
  private final int baselines;
  private final int[] pairs;
  private final Map<WriteContiguous, Rows> rows = new LinkedHashMap<>();
  private WriteChunked flags;
  private WriteChunked samples;
  private byte[] flagChunk;
  private byte[] sampleChunk;

  /** What an array holds for the rows of an integration. */
  private interface Rows {
    void put(int integration, ByteBuffer out);
  }

  SimulatedUvh5(Uvh5Parameters parameters, int subband) {
    this.parameters = parameters;
    this.observation = parameters.observation();
    this.subband = subband;
    baselines = observation.baselines();
    pairs = observation.pairs();
  }

  /** Whether the file is one of zeros. */
  boolean isPlaceholder() {
    return parameters.placeholders().contains(subband);
  }

  /**
   * Defines everything.
   *
   * @return the visibilities
   */
  WriteChunked define(Hdf5Writer file) {
    WriteGroup header = file.root().group("Header");
    if (isPlaceholder()) {
      file.root().attribute("IS_PLACEHOLDER", 1);
    }
    telescope(header);
    counts(header);
    frequencies(header);
    rowArrays(header);
    if (parameters.isDrift()) {
      drift(header);
    } else {
      tracked(header);
    }
    return data(file.root().group("Data"));
  }

  private void telescope(WriteGroup header) {
    Geodetic site = observation.telescope().location();
    text(header, "telescope_name", observation.telescope().name());
    text(header, "instrument", observation.telescope().instrument());
    text(header, "object_name", parameters.isDrift() ? "search" : "simulated");
    text(header, "history", "cornerturn simulate uvh5, seed " + observation.seed());
    number(header, "latitude", site.latitudeDegrees());
    number(header, "longitude", site.longitudeDegrees());
    number(header, "altitude", site.heightMetres());
    int n = observation.antennas().size();
    double[] positions = new double[3 * n];
    long[] numbers = new long[n];
    String[] names = new String[n];
    for (int a = 0; a < n; a++) {
      Antenna antenna = observation.antennas().get(a);
      positions[3 * a] = antenna.position().xMetres();
      positions[3 * a + 1] = antenna.position().yMetres();
      positions[3 * a + 2] = antenna.position().zMetres();
      numbers[a] = fileNumber(antenna);
      names[a] = parameters.isDrift() ? Integer.toString(antenna.number()) : antenna.name();
    }
    doubles(header, "antenna_positions", Shape.of(n, 3), positions);
    longs(header, "antenna_numbers", numbers);
    double[] diameters = new double[n];
    Arrays.fill(diameters, observation.dishDiameterMetres());
    doubles(header, "antenna_diameters", Shape.of(n), diameters);
    texts(header, "antenna_names", names);
  }

  /** The correlator counts antennas from 0, their stakes in the ground from 1. */
  private long fileNumber(Antenna antenna) {
    return parameters.isDrift() ? antenna.number() - 1 : antenna.number();
  }

  private void counts(WriteGroup header) {
    int antennas = observation.antennas().size();
    number(header, "Nants_data", antennas);
    number(header, "Nants_telescope", antennas);
    number(header, "Nbls", baselines);
    number(header, "Nblts", parameters.rows());
    number(header, "Nfreqs", parameters.channelsPerFile());
    number(header, "Npols", observation.polarizations().size());
    number(header, "Ntimes", observation.integrations());
    number(header, "Nspws", 1);
  }

  private void frequencies(WriteGroup header) {
    int[] channels = parameters.channels(subband);
    double[] hertz = Arrays.stream(channels).mapToDouble(observation.band()::frequencyHz).toArray();
    double width = observation.band().channelWidthHz();
    if (parameters.isDrift()) {
      doubles(header, "freq_array", Shape.of(1, hertz.length), hertz);
      number(header, "channel_width", width);
      longs(header, "spw_array", 1);
    } else {
      double[] widths = new double[hertz.length];
      Arrays.fill(widths, width);
      doubles(header, "freq_array", Shape.of(hertz.length), hertz);
      doubles(header, "channel_width", Shape.of(hertz.length), widths);
      longs(header, "spw_array", 0);
    }
    longs(
        header,
        "polarization_array",
        observation.polarizations().stream().mapToLong(Polarization::aipsCode).toArray());
  }

  private void rowArrays(WriteGroup header) {
    antennas(header, "ant_1_array", 0);
    antennas(header, "ant_2_array", 1);
    perTime(header, "time_array", t -> observation.time(t).toDouble());
    perTime(header, "integration_time", t -> observation.integrationSeconds());
    VisibilitySimulator geometry = new VisibilitySimulator(observation, new int[0]);
    double[] uvw = new double[3];
    boolean drift = parameters.isDrift();
    Primitive type = drift ? Primitive.FLOAT32 : Primitive.FLOAT64;
    rows.put(
        header.contiguous("uvw_array", type, Shape.of(parameters.rows(), 3)),
        (t, out) -> {
          geometry.integration(t);
          for (int b = 0; b < baselines; b++) {
            geometry.uvw(b, uvw, 0);
            for (double metres : uvw) {
              if (drift) {
                out.putFloat((float) metres);
              } else {
                out.putDouble(metres);
              }
            }
          }
        });
  }

  private void antennas(WriteGroup header, String name, int which) {
    rows.put(
        header.contiguous(name, Primitive.INT64, Shape.of(parameters.rows())),
        (t, out) -> {
          for (int b = 0; b < baselines; b++) {
            out.putLong(fileNumber(observation.antennas().get(pairs[2 * b + which])));
          }
        });
  }

  private interface ByTime {
    double at(int integration);
  }

  private void perTime(WriteGroup header, String name, ByTime value) {
    rows.put(
        header.contiguous(name, Primitive.FLOAT64, Shape.of(parameters.rows())),
        (t, out) -> {
          double v = value.at(t);
          for (int b = 0; b < baselines; b++) {
            out.putDouble(v);
          }
        });
  }

  private void drift(WriteGroup header) {
    double declination = observation.pointingDecRad();
    text(header, "phase_type", "drift");
    number(header, "phase_center_app_dec", declination);
    WriteGroup extra = header.group("extra_keywords");
    number(extra, "phase_center_dec", declination);
    number(extra, "ha_phase_center", 0.0);
    text(extra, "phase_center_epoch", "HADEC");
    truth(extra);
  }

  private void tracked(WriteGroup header) {
    text(header, "version", "1.1");
    text(header, "telescope_frame", "itrs");
    text(header, "vis_units", "Jy");
    text(header, "x_orientation", "east");
    text(header, "timesys", "UTC");
    bool(header, "flex_spw", false);
    number(header, "dut1", observation.earthOrientation().dut1Seconds());
    number(header, "Nphase", 1);
    WriteGroup centre = header.group("phase_center_catalog").group("0");
    text(centre, "cat_name", "simulated");
    text(centre, "cat_type", "sidereal");
    text(centre, "cat_frame", "icrs");
    text(centre, "info_source", "simulation");
    number(centre, "cat_lon", observation.centre().raRad());
    number(centre, "cat_lat", observation.centre().decRad());
    number(centre, "cat_epoch", 2000.0);
    rows.put(
        header.contiguous("phase_center_id_array", Primitive.INT64, Shape.of(parameters.rows())),
        (t, out) -> {
          for (int b = 0; b < baselines; b++) {
            out.putLong(0);
          }
        });
    perTime(header, "lst_array", t -> sky(t).siderealTimeRad());
    perTime(header, "phase_center_app_ra", t -> place(t).raRad());
    perTime(header, "phase_center_app_dec", t -> place(t).decRad());
    perTime(header, "phase_center_frame_pa", t -> place(t).framePositionAngleRad());
    truth(header.group("extra_keywords"));
  }

  private LocalSky sky(int integration) {
    return LocalSky.over(observation.telescope().location(), observation.time(integration));
  }

  private ApparentPlace place(int integration) {
    return sky(integration).place(observation.centre());
  }

  private void truth(WriteGroup extra) {
    number(extra, "simulation_seed", observation.seed());
    text(extra, "simulation_truth", parameters.truthKey());
  }

  private WriteChunked data(WriteGroup group) {
    Shape shape = parameters.grid().array();
    Shape chunk = parameters.grid().chunk();
    long chunks = parameters.grid().count();
    flagChunk = new byte[Math.toIntExact(chunk.size())];
    float[] weights = new float[flagChunk.length];
    if (isPlaceholder()) {
      Arrays.fill(flagChunk, (byte) 1);
    } else {
      Arrays.fill(weights, 1);
    }
    sampleChunk = Block.toBytes(weights);
    flags = group.chunked("flags", Primitive.BOOL, shape, chunk, COMPACT);
    flags.expect(chunks, chunks * WriteFilter.encode(COMPACT, flagChunk, 1).length());
    samples = group.chunked("nsamples", Primitive.FLOAT32, shape, chunk, COMPACT);
    samples.expect(chunks, chunks * WriteFilter.encode(COMPACT, sampleChunk, Float.BYTES).length());
    WriteChunked visibilities =
        group.chunked("visdata", Primitive.COMPLEX64, shape, chunk, parameters.filters());
    if (isPlaceholder()) {
      visibilities.expect(0, 0);
    }
    return visibilities;
  }

  /** Writes everything but the visibilities. */
  void write() throws IOException {
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(WIDEST_ROW, baselines))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<WriteContiguous, Rows> e : rows.entrySet()) {
      for (int t = 0; t < observation.integrations(); t++) {
        out.clear();
        e.getValue().put(t, out);
        e.getKey().write(out.array(), 0, out.position());
      }
    }
    constant(flags, flagChunk, 1);
    constant(samples, sampleChunk, Float.BYTES);
  }

  private static void constant(WriteChunked array, byte[] chunk, int itemSize) throws IOException {
    WriteFilter.Encoded encoded = WriteFilter.encode(COMPACT, chunk, itemSize);
    for (long i = 0; i < array.grid().count(); i++) {
      array.encodedChunk(i, encoded.bytes(), 0, encoded.length(), encoded.mask());
    }
  }

  private static void number(WriteGroup group, String name, double value) {
    doubles(group, name, Shape.of(), value);
  }

  private static void number(WriteGroup group, String name, long value) {
    group.dataset(name, new Block(Primitive.INT64, Shape.of(), Block.toBytes(new long[] {value})));
  }

  private static void bool(WriteGroup group, String name, boolean value) {
    group.dataset(name, new Block(Primitive.BOOL, Shape.of(), new byte[] {(byte) (value ? 1 : 0)}));
  }

  private static void doubles(WriteGroup group, String name, Shape shape, double... values) {
    group.dataset(name, new Block(Primitive.FLOAT64, shape, Block.toBytes(values)));
  }

  private static void longs(WriteGroup group, String name, long... values) {
    group.dataset(name, new Block(Primitive.INT64, Shape.of(values.length), Block.toBytes(values)));
  }

  private static void text(WriteGroup group, String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    group.dataset(name, new Block(new DataType.FixedText(bytes.length), Shape.of(), bytes));
  }

  private static void texts(WriteGroup group, String name, String... values) {
    List<byte[]> all = Arrays.stream(values).map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    int width = Collections.max(all.stream().map(b -> b.length).toList());
    byte[] padded = new byte[width * all.size()];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(all.get(i), 0, padded, i * width, all.get(i).length);
    }
    group.dataset(name, new Block(new DataType.FixedText(width), Shape.of(values.length), padded));
  }
}
