package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * What a UVH5 file says of each row (baseline and time), in the file's order. Nothing is kept: each
 * call reads the rows asked for.
 */
public final class Uvh5Rows {
  private static final String HEADER = "/Header/";

  private final HeaderSource source;
  private final long rows;

  Uvh5Rows(HeaderSource source, Uvh5Header header) {
    this.source = source;
    this.rows = header.rows();
  }

  /** Rows of a header that is somewhere else than in a file. */
  public static Uvh5Rows of(HeaderSource source, Uvh5Header header) {
    return new Uvh5Rows(source, header);
  }

  /** Number of rows. */
  public long count() {
    return rows;
  }

  /** Julian dates, UTC, of the middle of each integration. */
  public double[] julianDates(long first, int n) throws IOException {
    return doubles("time_array", first, n);
  }

  /** Numbers of the baselines' first antennas. */
  public int[] antenna1(long first, int n) throws IOException {
    return integers("ant_1_array", first, n);
  }

  /** Numbers of the baselines' second antennas. */
  public int[] antenna2(long first, int n) throws IOException {
    return integers("ant_2_array", first, n);
  }

  /** u, v, w in metres from the first antenna to the second: (row, uvw). */
  public double[] uvwMetres(long first, int n) throws IOException {
    return doubles("uvw_array", first, n);
  }

  /** Integration times, seconds; a single stated one stands for all rows. */
  public double[] integrationSeconds(long first, int n) throws IOException {
    return doubles("integration_time", first, n);
  }

  /** Whether the file states sidereal times. */
  public boolean hasSiderealTimes() throws IOException {
    return isThere("lst_array");
  }

  /** Local apparent sidereal times, radians, as the file states them. */
  public double[] siderealRad(long first, int n) throws IOException {
    return doubles("lst_array", first, n);
  }

  /** Ids of the phase centres; 0 where the file has no more than one. */
  public int[] phaseCenterIds(long first, int n) throws IOException {
    if (!isThere("phase_center_id_array")) {
      int[] ids = new int[n];
      Arrays.fill(ids, onlyCenter().orElse(0));
      return ids;
    }
    return integers("phase_center_id_array", first, n);
  }

  private OptionalInt onlyCenter() throws IOException {
    String catalog = HEADER + "phase_center_catalog";
    if (!source.isGroup(catalog)) {
      return OptionalInt.empty();
    }
    return source.members(catalog).stream()
        .filter(m -> m.matches("\\d{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /** Whether the file states apparent directions and frame angles of its phase centres. */
  public boolean hasApparentCenters() throws IOException {
    return isThere("phase_center_app_ra") && isThere("phase_center_frame_pa");
  }

  /** Apparent right ascension of the phase centre, radians. */
  public double[] apparentRaRad(long first, int n) throws IOException {
    return doubles("phase_center_app_ra", first, n);
  }

  /** Apparent declination of the phase centre, radians. */
  public double[] apparentDecRad(long first, int n) throws IOException {
    return doubles("phase_center_app_dec", first, n);
  }

  /** Position angle between apparent and catalogue frame, radians. */
  public double[] frameAngleRad(long first, int n) throws IOException {
    return doubles("phase_center_frame_pa", first, n);
  }

  /** The only integration time, where all rows share one stated value. */
  public OptionalDouble statedIntegrationSeconds() throws IOException {
    Shape shape = source.shape(HEADER + "integration_time").orElse(Shape.of(0));
    if (shape.size() != 1 || rows == 1) {
      return OptionalDouble.empty();
    }
    Block one = source.read(HEADER + "integration_time").orElseThrow();
    return OptionalDouble.of(one.toDoubles()[0]);
  }

  private boolean isThere(String item) throws IOException {
    return source.shape(HEADER + item).filter(s -> s.size() > 0).isPresent();
  }

  private double[] doubles(String item, long first, int n) throws IOException {
    Block block = block(item, first, n);
    int width = item.equals("uvw_array") ? 3 : 1;
    double[] values = block.toDoubles();
    if (values.length == 1 && n * width != 1) {
      double[] all = new double[n * width];
      Arrays.fill(all, values[0]);
      return all;
    }
    return values;
  }

  private int[] integers(String item, long first, int n) throws IOException {
    Block block = block(item, first, n);
    if (block.type() == DataType.Primitive.INT32) {
      return block.ints();
    }
    double[] values = block.toDoubles();
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      double v = values.length == 1 ? values[0] : values[i];
      all[i] = (int) v;
      if (all[i] != v) {
        throw Uvh5Exception.of(
            source.name(), HEADER + item, "row " + (first + i) + " holds " + v + ", no number");
      }
    }
    return all;
  }

  private Block block(String item, long first, int n) throws IOException {
    String path = HEADER + item;
    Shape shape = source.shape(path).orElse(Shape.of(0));
    if (shape.size() == 0 && n > 0) {
      throw Uvh5Exception.of(source.name(), path, "it is missing");
    }
    boolean single = shape.rank() == 0 || shape.size() == 1 && rows != 1;
    Block block = single ? source.read(path).orElseThrow() : source.read(path, first, n);
    if (!(block.type() instanceof DataType.Primitive p) || p.isComplex()) {
      throw Uvh5Exception.of(source.name(), path, "it holds " + block.type() + ", no real numbers");
    }
    return block;
  }
}
