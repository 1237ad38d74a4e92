package org.cornerturn.skyimage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.Wcs;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * Images of the sky in a Zarr group of XRADIO's schema, for reading by windows. Pixels (x, y) are
 * counted from 0, x to the west: the arrays (time, frequency, polarization, l, m) are turned.
 */
public final class SkyImage {
  /** Array of the images themselves. */
  public static final String SKY = "SKY";

  /** Array of the antennas' power pattern. */
  public static final String PRIMARY_BEAM = "PRIMARY_BEAM";

  private static final int RANK = 5;

  private final ZarrGroup group;
  private final String name;
  private final ArrayMetadata metadata;
  private final Wcs wcs;

  private SkyImage(ZarrGroup group, String name) throws IOException {
    this.group = group;
    this.name = name;
    if (!group.arrayNames().contains(SKY)) {
      throw new ZarrException(name, "it has no array " + SKY + ", so it is no image");
    }
    metadata = group.array(SKY).metadata();
    if (metadata.shape().rank() != RANK) {
      throw new ZarrException(
          name, SKY + " is no (time, frequency, polarization, l, m) but " + metadata.shape());
    }
    wcs = readWcs();
  }

  /**
   * Opens the image of a group.
   *
   * @param path of the group in the store; empty for the root
   * @throws ZarrException when there is none, or it doesn't say where its pixels lie
   */
  public static SkyImage open(ObjectStore store, String path) throws IOException {
    String name = path.isEmpty() ? store.uri() : store.uri() + "/" + path;
    return new SkyImage(ZarrGroup.open(store, path), name);
  }

  /**
   * The image of a group that is open.
   *
   * @param name of the group in messages
   */
  public static SkyImage of(ZarrGroup group, String name) throws IOException {
    return new SkyImage(group, name);
  }

  public int times() {
    return (int) metadata.shape().dim(0);
  }

  public int channels() {
    return (int) metadata.shape().dim(1);
  }

  /** Pixels along right ascension. */
  public int width() {
    return (int) metadata.shape().dim(3);
  }

  /** Pixels along declination. */
  public int height() {
    return (int) metadata.shape().dim(4);
  }

  /** Where the pixels lie. */
  public Wcs wcs() {
    return wcs;
  }

  /** Names of the arrays that have the images' shape, SKY among them. */
  public List<String> planes() throws IOException {
    List<String> all = new ArrayList<>();
    for (String array : group.arrayNames()) {
      if (group.array(array).metadata().shape().equals(metadata.shape())) {
        all.add(array);
      }
    }
    return all;
  }

  /** Unit of an array's pixels; empty for none. */
  public String unit(String array) throws IOException {
    return group.array(array).metadata().attributes().path("units").asText("");
  }

  /** Middles of the intervals, seconds since 1970; NaN where the group doesn't tell. */
  public double[] unixTimes() throws IOException {
    double[] mjd = numbers("time", times());
    for (int i = 0; i < mjd.length; i++) {
      mjd[i] = SkyImageLayout.unix(mjd[i]);
    }
    return mjd;
  }

  /** Middles of the channels; NaN where the group doesn't tell. */
  public double[] hertz() throws IOException {
    return numbers("frequency", channels());
  }

  /** Width of a channel; NaN where the group doesn't tell. */
  public double channelHz(int channel) throws IOException {
    if (!group.arrayNames().contains("frequency")) {
      return Double.NaN;
    }
    JsonNode widths = group.array("frequency").metadata().attributes().path("channel_width");
    return widths.path("data").path(channel).asDouble(Double.NaN);
  }

  /** Names of the polarizations. */
  public List<String> polarizations() throws IOException {
    ZarrArray array = group.array("polarization");
    return List.of(array.read(Box.all(array.metadata().shape())).text());
  }

  /** Clean beam of an image; null where it isn't known. */
  public GaussianBeam beam(int time, int channel, int polarization) throws IOException {
    SortedSet<String> arrays = group.arrayNames();
    if (!arrays.contains(SkyImageLayout.BEAM)) {
      return null;
    }
    double[] b =
        group
            .array(SkyImageLayout.BEAM)
            .read(Box.of(new long[] {time, channel, polarization, 0}, new long[] {1, 1, 1, 3}))
            .toDoubles();
    boolean known = b[0] >= b[1] && b[1] > 0 && b[0] < Math.PI && Double.isFinite(b[2]);
    return known ? new GaussianBeam(b[0], b[1], b[2]) : null;
  }

  /** The group's text attribute of a name; empty for none. */
  public String attribute(String key) {
    return group.attributes().path(key).asText("");
  }

  /** Name of the field, if the data group tells it. */
  public String field() {
    return group.attributes().path("data_groups").path("base").path("description").asText("");
  }

  /**
   * Reads a window of an array.
   *
   * @return (height, width); NaN where nothing is stored
   */
  public float[] read(
      String array, int time, int channel, int polarization, int x, int y, int width, int height)
      throws IOException {
    return read(group.array(array), new int[] {time, channel, polarization}, x, y, width, height);
  }

  /**
   * As {@link #read(String, int, int, int, int, int, int, int)}, of an array that may not be
   * published yet.
   *
   * @param place time, frequency and polarization
   */
  public static float[] read(ZarrArray array, int[] place, int x, int y, int width, int height)
      throws IOException {
    long[] start = {place[0], place[1], place[2], x, y};
    Block block = array.read(Box.of(start, new long[] {1, 1, 1, width, height}));
    boolean single = array.metadata().type() == Primitive.FLOAT32;
    float[] turned = single ? block.floats() : null;
    double[] wide = single ? null : block.toDoubles();
    float[] out = new float[Math.multiplyExact(width, height)];
    int square = 32;
    for (int x0 = 0; x0 < width; x0 += square) {
      for (int y0 = 0; y0 < height; y0 += square) {
        for (int j = y0; j < Math.min(height, y0 + square); j++) {
          for (int i = x0; i < Math.min(width, x0 + square); i++) {
            int at = i * height + j;
            out[j * width + i] = single ? turned[at] : (float) wide[at];
          }
        }
      }
    }
    return out;
  }

  private double[] numbers(String coordinate, int count) throws IOException {
    if (!group.arrayNames().contains(coordinate)) {
      double[] unknown = new double[count];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    ZarrArray array = group.array(coordinate);
    return array.read(Box.all(array.metadata().shape())).toDoubles();
  }

  private Wcs readWcs() throws IOException {
    JsonNode system = group.attributes().path("coordinate_system_info");
    JsonNode at = system.path("reference_direction").path("data");
    String frame = system.path("reference_direction").path("attrs").path("frame").asText("icrs");
    String projection = system.path("projection").asText();
    if (!at.path(0).isNumber()
        || !at.path(1).isNumber()
        || !projection.equals("SIN")
        || !frame.toLowerCase(Locale.ROOT).matches("icrs|fk5")) {
      throw new ZarrException(
          name, "it doesn't say where its pixels lie, in ICRS or FK5 and the projection SIN");
    }
    double[] l = numbers("l", width());
    double[] m = numbers("m", height());
    double dl = step(l);
    double dm = step(m);
    if (!(dl < 0 && dm > 0)) {
      throw new ZarrException(name, "its coordinates l and m have no even steps to west and north");
    }
    return new Wcs(
        Projection.SIN,
        new IcrsDirection(at.get(0).asDouble(), at.get(1).asDouble()),
        settled(-l[0] / dl),
        settled(-m[0] / dm),
        dl,
        0,
        0,
        dm);
  }

  private static double step(double[] values) {
    int n = values.length;
    return n < 2 ? Double.NaN : (values[n - 1] - values[0]) / (n - 1);
  }

  /** A whole number where only rounding makes it none. */
  private static double settled(double place) {
    double whole = Math.rint(place);
    return Math.abs(place - whole) < 1e-6 ? whole : place;
  }
}
