package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.Ecef;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrGroup;

/**
 * Reads one data group of a measurement set: coordinates whole, correlated arrays by window. Boxes
 * are those of {@link #shape()}: (time, baseline_id, frequency, polarization). Safe for several
 * threads once an array has been used.
 */
public final class Msv4Reader {
  private final ObjectStore store;
  private final ZarrGroup group;
  private final Map<String, ZarrArray> arrays = new HashMap<>();
  private final DataGroup dataGroup;

  Msv4Reader(ObjectStore store, ZarrGroup group) {
    this(store, group, DataGroup.of(DataGroup.BASE, entries(group).path(DataGroup.BASE)));
  }

  private Msv4Reader(ObjectStore store, ZarrGroup group, DataGroup dataGroup) {
    this.store = store;
    this.group = group;
    this.dataGroup = dataGroup;
  }

  private static JsonNode entries(ZarrGroup group) {
    return group.attributes().path(DataGroup.ATTRIBUTE);
  }

  /** Names of the data groups, sorted. */
  public List<String> groupNames() {
    SortedSet<String> names = new TreeSet<>();
    entries(group).fieldNames().forEachRemaining(names::add);
    return List.copyOf(names);
  }

  /** The group that this reads: {@code base}, unless it came from {@link #group}. */
  public DataGroup dataGroup() {
    return dataGroup;
  }

  /**
   * Reads another data group of the same measurement set.
   *
   * @throws UserError when there is none of this name
   */
  public Msv4Reader group(String name) {
    JsonNode entry = entries(group).path(name);
    if (!entry.isObject() && !(name.equals(DataGroup.BASE) && groupNames().isEmpty())) {
      throw new UserError(
          store.uri() + "/" + name(),
          "it has no data group " + name,
          "Choose one of " + String.join(", ", groupNames()) + " with --data-group");
    }
    return new Msv4Reader(store, group, DataGroup.of(name, entry));
  }

  /** Reads arrays that the caller names, whatever data groups there are by now. */
  public Msv4Reader of(DataGroup arrays) {
    return new Msv4Reader(store, group, arrays);
  }

  /** The data group that commands take unless they are told: {@code flagged}, else {@code base}. */
  public Msv4Reader usualGroup() {
    return group(groupNames().contains(DataGroup.FLAGGED) ? DataGroup.FLAGGED : DataGroup.BASE);
  }

  public ObjectStore store() {
    return store;
  }

  /** Name of its group in the processing set. */
  public String name() {
    return group.path();
  }

  /** Attributes of the measurement set, a copy. */
  public ObjectNode attributes() {
    return group.attributes();
  }

  /** Whether there is an array of this name, {@link Msv4Layout#NSAMPLES} say. */
  public boolean has(String array) throws IOException {
    return group.arrayNames().contains(array);
  }

  /** An array by its path below the measurement set. */
  public synchronized ZarrArray array(String path) throws IOException {
    ZarrArray array = arrays.get(path);
    if (array == null) {
      array = group.array(path);
      arrays.put(path, array);
    }
    return array;
  }

  /** The data group's array of visibilities. */
  public ZarrArray visibilityArray() throws IOException {
    return array(dataGroup.correlatedData());
  }

  /** Extent of the correlated arrays: (time, baseline_id, frequency, polarization). */
  public Shape shape() throws IOException {
    return visibilityArray().metadata().shape();
  }

  /** Middles of the integrations, UTC seconds since 1970, ascending. */
  public double[] unixSeconds() throws IOException {
    return doubles(Msv4Layout.TIME);
  }

  /** Nominal length of an integration, seconds. */
  public double integrationSeconds() throws IOException {
    return array(Msv4Layout.TIME)
        .metadata()
        .attributes()
        .path("integration_time")
        .path("data")
        .asDouble(Double.NaN);
  }

  /** Centres of the channels, hertz, ascending. */
  public double[] frequenciesHz() throws IOException {
    return doubles(Msv4Layout.FREQUENCY);
  }

  /** Nominal width of a channel, hertz. */
  public double channelWidthHz() throws IOException {
    return array(Msv4Layout.FREQUENCY)
        .metadata()
        .attributes()
        .path("channel_width")
        .path("data")
        .asDouble(Double.NaN);
  }

  /** Names of the correlations, {@code XX} say. */
  public List<String> polarizations() throws IOException {
    return texts(Msv4Layout.POLARIZATION);
  }

  /** Name of each baseline's first antenna. */
  public List<String> antenna1Names() throws IOException {
    return texts(Msv4Layout.ANTENNA1_NAME);
  }

  /** Name of each baseline's second antenna. */
  public List<String> antenna2Names() throws IOException {
    return texts(Msv4Layout.ANTENNA2_NAME);
  }

  /** Name of each integration's field. */
  public List<String> fieldNames() throws IOException {
    return texts(Msv4Layout.FIELD_NAME);
  }

  /** The fields, in the order of their dataset. */
  public List<FieldCenter> fields() throws IOException {
    String fields = dataGroup.fieldAndSource() + "/";
    // Sets of before schema 4.0.0 have the shorter name.
    Set<String> there = group.group(fields.substring(0, fields.length() - 1)).arrayNames();
    String direction =
        there.contains("FIELD_PHASE_CENTER_DIRECTION")
            ? "FIELD_PHASE_CENTER_DIRECTION"
            : "FIELD_PHASE_CENTER";
    List<String> names = texts(fields + Msv4Layout.FIELD_NAME);
    List<String> sources = there.contains("source_name") ? texts(fields + "source_name") : names;
    double[] lonLat = doubles(fields + direction);
    List<FieldCenter> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(new FieldCenter(names.get(i), sources.get(i), lonLat[2 * i], lonLat[2 * i + 1]));
    }
    return all;
  }

  /** Names of the array's antennas. */
  public List<String> antennaNames() throws IOException {
    return texts(Msv4Layout.ANTENNA_XDS + "/antenna_name");
  }

  /** Name of the telescope; empty where none is told. */
  public String telescopeName() throws IOException {
    return group
        .group(Msv4Layout.ANTENNA_XDS)
        .attributes()
        .path("overall_telescope_name")
        .asText("");
  }

  /** Places of the array's antennas, ITRS. */
  public List<Ecef> antennaPositions() throws IOException {
    double[] xyz = doubles(Msv4Layout.ANTENNA_XDS + "/ANTENNA_POSITION");
    List<Ecef> all = new ArrayList<>();
    for (int i = 0; i + 2 < xyz.length; i += 3) {
      all.add(new Ecef(xyz[i], xyz[i + 1], xyz[i + 2]));
    }
    return all;
  }

  /** Diameter of the first dish that has one, metres; NaN where none is told. */
  public double dishDiameterMetres() throws IOException {
    String name = "ANTENNA_DISH_DIAMETER";
    if (!group.group(Msv4Layout.ANTENNA_XDS).arrayNames().contains(name)) {
      return Double.NaN;
    }
    return Arrays.stream(doubles(Msv4Layout.ANTENNA_XDS + "/" + name))
        .filter(d -> d > 0)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Diameter of each dish, metres; NaN where it isn't told. */
  public double[] dishDiametersMetres() throws IOException {
    String name = "ANTENNA_DISH_DIAMETER";
    if (!group.group(Msv4Layout.ANTENNA_XDS).arrayNames().contains(name)) {
      double[] unknown = new double[antennaNames().size()];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    return doubles(Msv4Layout.ANTENNA_XDS + "/" + name);
  }

  /** Whether visibilities are of double precision. */
  public boolean isDouble() throws IOException {
    return visibilityArray().metadata().type() == Primitive.COMPLEX128;
  }

  /**
   * Visibilities as pairs of real and imaginary part in C order; those of double precision are
   * rounded.
   */
  public float[] visibilities(Box box) throws IOException {
    Block block = visibilityArray().read(box);
    if (block.type() == Primitive.COMPLEX64) {
      return block.floats();
    }
    double[] wide = block.doubles();
    float[] narrow = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }

  /** Visibilities as pairs of real and imaginary part in C order. */
  public double[] visibilitiesWide(Box box) throws IOException {
    Block block = visibilityArray().read(box);
    if (block.type() == Primitive.COMPLEX128) {
      return block.doubles();
    }
    float[] narrow = block.floats();
    double[] wide = new double[narrow.length];
    for (int i = 0; i < narrow.length; i++) {
      wide[i] = narrow[i];
    }
    return wide;
  }

  /**
   * Bits of {@link FlagBit} in C order, of flags that have no others than the schema's eight; a set
   * whose flags are true or false has 0 and 1.
   *
   * @throws UserError when flags are wider; {@link #flagBits} reads those, too
   */
  public byte[] flags(Box box) throws IOException {
    Block block = array(dataGroup.flag()).read(box);
    if (block.type().itemSize() != 1) {
      throw tooWide(block, "the eight bits that the schema names");
    }
    return block.bytes();
  }

  /**
   * Bits of {@link FlagBit} in C order, unsigned, of flags of one or two bytes; a set whose flags
   * are true or false has 0 and 1. A sample is flagged where any bit is set.
   */
  public short[] flagBits(Box box) throws IOException {
    Block block = array(dataGroup.flag()).read(box);
    return switch (block.type().itemSize()) {
      case 1 -> {
        byte[] narrow = block.bytes();
        short[] bits = new short[narrow.length];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = (short) (narrow[i] & 0xff);
        }
        yield bits;
      }
      case 2 -> block.shorts();
      default -> throw tooWide(block, "sixteen bits");
    };
  }

  private UserError tooWide(Block block, String most) {
    return new UserError(
        store.uri() + "/" + name() + "/" + dataGroup.flag(),
        "its elements are " + block.type() + ", wider than " + most,
        "Store them as booleans or unsigned integers");
  }

  /** Weights in C order. */
  public float[] weights(Box box) throws IOException {
    return narrow(array(dataGroup.weight()).read(box));
  }

  /** Sample counts in C order, of a set that has {@link Msv4Layout#NSAMPLES}. */
  public float[] samples(Box box) throws IOException {
    return narrow(array(Msv4Layout.NSAMPLES).read(box));
  }

  private static float[] narrow(Block block) {
    if (block.type() == Primitive.FLOAT32) {
      return block.floats();
    }
    double[] wide = block.toDoubles();
    float[] narrow = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }

  /**
   * u, v, w in metres, (time, baseline_id, uvw); NaN where a baseline has no data at a time.
   *
   * @param firstTime first integration
   * @param times how many
   */
  public double[] uvwMetres(long firstTime, long times) throws IOException {
    ZarrArray uvw = array(dataGroup.uvw());
    Shape s = uvw.metadata().shape();
    return uvw.read(Box.of(new long[] {firstTime, 0, 0}, new long[] {times, s.dim(1), s.dim(2)}))
        .toDoubles();
  }

  /** Length of each integration of each baseline, seconds, (time, baseline_id). */
  public double[] effectiveIntegrationSeconds() throws IOException {
    if (has(Msv4Layout.EFFECTIVE_INTEGRATION_TIME)) {
      return doubles(Msv4Layout.EFFECTIVE_INTEGRATION_TIME);
    }
    Shape s = shape();
    double[] all = new double[Math.toIntExact(s.dim(0) * s.dim(1))];
    Arrays.fill(all, integrationSeconds());
    return all;
  }

  /** Metadata of the visibilities, for planning by their chunks and shards. */
  public ArrayMetadata visibilityMetadata() throws IOException {
    return visibilityArray().metadata();
  }

  private double[] doubles(String path) throws IOException {
    ZarrArray a = array(path);
    return a.read(Box.all(a.metadata().shape())).toDoubles();
  }

  private List<String> texts(String path) throws IOException {
    ZarrArray a = array(path);
    return List.of(a.read(Box.all(a.metadata().shape())).text());
  }
}
