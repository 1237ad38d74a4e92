package org.cornerturn.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.hdf5.WriteGroup;

/**
 * UVH5 subband files of a small correlator, as DSA-110's writes them: named by start and subband, 0
 * the highest. A change of any property gives another file.
 */
public record Subbands(
    int number,
    double startSeconds,
    int antennas,
    int integrations,
    int channels,
    double timeOffsetSeconds,
    boolean nanTime,
    long seed) {
  public static final Instant T0 = Instant.parse("2025-01-01T00:00:00Z");
  public static final double INTEGRATION = 4;
  private static final double T0_JULIAN = 2460676.5;
  private static final double CHANNEL_HZ = 1e6;

  /** A sound file of four antennas, two integrations and two channels. */
  public static Subbands of(int number, double startSeconds) {
    return new Subbands(number, startSeconds, 4, 2, 2, 0, false, 1);
  }

  public Subbands withAntennas(int n) {
    return new Subbands(
        number, startSeconds, n, integrations, channels, timeOffsetSeconds, nanTime, seed);
  }

  public Subbands withIntegrations(int n) {
    return new Subbands(
        number, startSeconds, antennas, n, channels, timeOffsetSeconds, nanTime, seed);
  }

  /** The clock is wrong by so much, the name is not. */
  public Subbands withClock(double seconds) {
    return new Subbands(
        number, startSeconds, antennas, integrations, channels, seconds, nanTime, seed);
  }

  public Subbands withNanTime() {
    return new Subbands(
        number, startSeconds, antennas, integrations, channels, timeOffsetSeconds, true, seed);
  }

  public Subbands withSeed(long s) {
    return new Subbands(
        number, startSeconds, antennas, integrations, channels, timeOffsetSeconds, nanTime, s);
  }

  /** All subbands of an observation. */
  public static void observation(Path folder, double startSeconds, int subbands)
      throws IOException {
    for (int n = 0; n < subbands; n++) {
      of(n, startSeconds).in(folder);
    }
  }

  public String name() {
    String start = T0.plusMillis(Math.round(startSeconds * 1000)).toString().substring(0, 19);
    return String.format(Locale.ROOT, "%s_sb%02d.hdf5", start, number);
  }

  /** Writes it under its name. */
  public Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    return write(folder.resolve(name()));
  }

  public Path write(Path file) throws IOException {
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      header(w.root().group("Header"));
      data(w.root().group("Data"));
      w.finish();
    }
    return file;
  }

  private int baselines() {
    return antennas * (antennas + 1) / 2;
  }

  private void header(WriteGroup h) throws IOException {
    int rows = baselines() * integrations;
    text(h, "telescope_name", "OVRO_MMA");
    text(h, "instrument", "DSA");
    text(h, "phase_type", "drift");
    text(h, "history", "made for a test");
    text(h, "object_name", "search");
    number(h, "latitude", 37.23334);
    number(h, "longitude", -118.28321);
    number(h, "altitude", 1182.6);
    number(h, "channel_width", CHANNEL_HZ);
    number(h, "phase_center_app_dec", 0.65);
    counts(h, "Nants_data", antennas);
    counts(h, "Nants_telescope", antennas);
    counts(h, "Nbls", baselines());
    counts(h, "Nblts", rows);
    counts(h, "Nfreqs", channels);
    counts(h, "Npols", 2);
    counts(h, "Nspws", 1);
    counts(h, "Ntimes", integrations);
    long[] numbers = new long[antennas];
    double[] positions = new double[3 * antennas];
    StringBuilder names = new StringBuilder();
    for (int a = 0; a < antennas; a++) {
      numbers[a] = a;
      positions[3 * a] = -20 * a;
      positions[3 * a + 1] = 11 * a * a;
      names.append(String.format(Locale.ROOT, "%4d", a + 1).replace(' ', '0'));
    }
    longs(h, "antenna_numbers", numbers);
    doubles(h, "antenna_positions", Shape.of(antennas, 3), positions);
    h.dataset(
        "antenna_names",
        new Block(
            new DataType.FixedText(4),
            Shape.of(antennas),
            names.toString().getBytes(StandardCharsets.US_ASCII)));
    long[] ant1 = new long[rows];
    long[] ant2 = new long[rows];
    double[] times = new double[rows];
    double[] lengths = new double[rows];
    int row = 0;
    for (int t = 0; t < integrations; t++) {
      for (int a = 0; a < antennas; a++) {
        for (int b = a; b < antennas; b++, row++) {
          ant1[row] = a;
          ant2[row] = b;
          lengths[row] = INTEGRATION;
          double middle = startSeconds + timeOffsetSeconds + (t + 0.5) * INTEGRATION;
          times[row] = nanTime && row == 3 ? Double.NaN : T0_JULIAN + middle / 86400;
        }
      }
    }
    longs(h, "ant_1_array", ant1);
    longs(h, "ant_2_array", ant2);
    doubles(h, "time_array", Shape.of(rows), times);
    doubles(h, "integration_time", Shape.of(rows), lengths);
    doubles(h, "uvw_array", Shape.of(rows, 3), new double[3 * rows]);
    double[] frequencies = new double[channels];
    for (int c = 0; c < channels; c++) {
      frequencies[c] = 1.5e9 - (number * channels + c + 0.5) * CHANNEL_HZ;
    }
    doubles(h, "freq_array", Shape.of(1, channels), frequencies);
    longs(h, "polarization_array", new long[] {-5, -6});
    longs(h, "spw_array", new long[] {1});
  }

  private void data(WriteGroup d) throws IOException {
    int rows = baselines() * integrations;
    Shape shape = Shape.of(rows, 1, channels, 2);
    int n = Math.toIntExact(shape.size());
    float[] values = new float[2 * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + number + 0.1 * i);
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    d.dataset("visdata", new Block(Primitive.COMPLEX64, shape, Block.toBytes(values)));
    d.chunked("flags", Primitive.BOOL, shape, shape, List.of(WriteFilter.deflate(1)))
        .chunk(new byte[n], 0, 0, 0, 0);
    d.dataset("nsamples", new Block(Primitive.FLOAT32, shape, Block.toBytes(ones)));
  }

  private static void text(WriteGroup h, String name, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    h.dataset(name, new Block(new DataType.FixedText(bytes.length), Shape.of(), bytes));
  }

  private static void number(WriteGroup h, String name, double value) throws IOException {
    doubles(h, name, Shape.of(), value);
  }

  private static void counts(WriteGroup h, String name, long value) throws IOException {
    h.dataset(name, new Block(Primitive.INT64, Shape.of(), Block.toBytes(new long[] {value})));
  }

  private static void doubles(WriteGroup h, String name, Shape shape, double... values)
      throws IOException {
    h.dataset(name, new Block(Primitive.FLOAT64, shape, Block.toBytes(values)));
  }

  private static void longs(WriteGroup h, String name, long[] values) throws IOException {
    h.dataset(name, new Block(Primitive.INT64, Shape.of(values.length), Block.toBytes(values)));
  }
}
