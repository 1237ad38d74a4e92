package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.FillValue;
import org.cornerturn.zarr.Layout;
import org.cornerturn.zarr.Sharding;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * Where everything of a measurement set lies in a processing set (XRADIO schema 4.0.0): arrays,
 * coordinates, attributes and sub-datasets. {@code FLAG} is an unsigned byte of {@link FlagBit}s;
 * {@code NSAMPLES}, which the schema doesn't know, holds the sample counts from which {@code
 * WEIGHT} was made.
 */
public final class Msv4Layout {
  public static final String SCHEMA_VERSION = "4.0.0";

  /** Ending of a processing set's name. */
  public static final String SUFFIX = ".ps.zarr";

  public static final String VISIBILITY = "VISIBILITY";
  public static final String FLAG = "FLAG";
  public static final String WEIGHT = "WEIGHT";
  public static final String NSAMPLES = "NSAMPLES";
  public static final String UVW = "UVW";
  public static final String EFFECTIVE_INTEGRATION_TIME = "EFFECTIVE_INTEGRATION_TIME";

  public static final String TIME = "time";
  public static final String BASELINE_ID = "baseline_id";
  public static final String FREQUENCY = "frequency";
  public static final String POLARIZATION = "polarization";
  public static final String UVW_LABEL = "uvw_label";
  public static final String FIELD_NAME = "field_name";
  public static final String SCAN_NAME = "scan_name";
  public static final String ANTENNA1_NAME = "baseline_antenna1_name";
  public static final String ANTENNA2_NAME = "baseline_antenna2_name";

  public static final String ANTENNA_XDS = "antenna_xds";
  public static final String FIELD_XDS = "field_and_source_base_xds";

  /** Attribute of ours on a measurement set's group: what UVH5 says and the schema doesn't. */
  public static final String UVH5 = "uvh5";

  static final List<String> CORRELATED = List.of(TIME, BASELINE_ID, FREQUENCY, POLARIZATION);
  private static final List<String> ROWS = List.of(TIME, BASELINE_ID);
  private static final long UVW_CHUNK_BYTES = 1L << 20;

  private final MeasurementSet set;
  private final BlockLayout blocks;
  private final Primitive visibilityType;
  private final Primitive sampleType;
  private final Function<Primitive, CodecChain> codecs;
  private final double commonIntegration;
  private final double commonWidth;

  /**
   * @param visibilityType COMPLEX64 or COMPLEX128
   * @param sampleType FLOAT32 or FLOAT64
   * @param codecs of the correlated arrays, by type
   * @param integrationVaries whether {@code EFFECTIVE_INTEGRATION_TIME} tells times of their own
   */
  public Msv4Layout(
      MeasurementSet set,
      BlockLayout blocks,
      Primitive visibilityType,
      Primitive sampleType,
      Function<Primitive, CodecChain> codecs,
      boolean integrationVaries) {
    if (!visibilityType.isComplex() || !sampleType.isFloat()) {
      throw new IllegalArgumentException(
          "visibilities of " + visibilityType + ", sample counts of " + sampleType);
    }
    this.set = set;
    this.blocks = blocks;
    this.visibilityType = visibilityType;
    this.sampleType = sampleType;
    this.codecs = codecs;
    this.commonIntegration = integrationVaries ? Double.NaN : set.integrationSeconds();
    double[] widths = set.window().widthsHz();
    boolean same = widths.length > 0;
    for (double w : widths) {
      same &= w == widths[0];
    }
    this.commonWidth = same ? widths[0] : Double.NaN;
  }

  public MeasurementSet set() {
    return set;
  }

  public BlockLayout blocks() {
    return blocks;
  }

  /** Path in the processing set of one of this measurement set's arrays or groups. */
  public String path(String name) {
    return set.name() + "/" + name;
  }

  /** {@code VISIBILITY}: (time, baseline_id, frequency, polarization). */
  public ArrayMetadata visibility() {
    ObjectNode attributes = Measures.object();
    attributes.put("units", set.visibilityUnits());
    attributes.put("long_name", "Visibility values");
    return correlated(visibilityType, FillValue.zero(visibilityType), attributes);
  }

  /** {@code FLAG}: (time, baseline_id, frequency, polarization), bits of {@link FlagBit}. */
  public ArrayMetadata flag() {
    ObjectNode attributes = Measures.object();
    attributes.put("long_name", "Visibility flags");
    FlagBit.describe(attributes, FlagBit.ofSchema());
    return correlated(Primitive.UINT8, FillValue.zero(Primitive.UINT8), attributes);
  }

  /** {@code WEIGHT}: (time, baseline_id, frequency, polarization). */
  public ArrayMetadata weight() {
    ObjectNode attributes = Measures.object();
    attributes.put("long_name", "Visibility weights");
    attributes.set("weight_scale", set.weightScale().attribute());
    // In the order in which weights are computed, so that the usual ones are equal to the last bit.
    double usual = commonWidth * (commonIntegration * set.weightScale().perHertzSecond());
    float fill = Double.isNaN(usual) ? 0 : (float) usual;
    return correlated(
        Primitive.FLOAT32,
        FillValue.of(Primitive.FLOAT32, Block.toBytes(new float[] {fill})),
        attributes);
  }

  /** {@code NSAMPLES}: (time, baseline_id, frequency, polarization). */
  public ArrayMetadata samples() {
    ObjectNode attributes = Measures.object();
    attributes.put("long_name", "Samples that a visibility is the mean of");
    // One sample is so usual that chunks of nothing else need not be stored.
    byte[] one =
        sampleType == Primitive.FLOAT32
            ? Block.toBytes(new float[] {1})
            : Block.toBytes(new double[] {1});
    return correlated(sampleType, FillValue.of(sampleType, one), attributes);
  }

  private ArrayMetadata correlated(Primitive type, FillValue fill, ObjectNode attributes) {
    attributes.put(
        "coordinates", String.join(" ", FIELD_NAME, SCAN_NAME, ANTENNA1_NAME, ANTENNA2_NAME));
    return ArrayMetadata.builder(ZarrFormat.V3, blocks.shape(), type)
        .layout(new Layout(blocks.chunk(), null))
        .sharding(blocks.sharded() ? Sharding.of(blocks.block()) : null)
        .fill(fill)
        .codecs(codecs.apply(type))
        .dimensionNames(CORRELATED)
        .attributes(attributes)
        .build();
  }

  /** {@code UVW}: (time, baseline_id, uvw_label), metres from the first antenna to the second. */
  public ArrayMetadata uvw() {
    ObjectNode attributes = Measures.object();
    attributes.put("type", "uvw");
    attributes.put("units", "m");
    attributes.put("frame", set.uvwFrame());
    attributes.put("long_name", "Antenna 2 less antenna 1");
    attributes.put("uvw_convention", "position2 - position1; V = sum S exp(+2 pi i (u l + v m))");
    return rows(Shape.of(set.unixSeconds().length, set.baselines().size(), 3), attributes);
  }

  /** {@code EFFECTIVE_INTEGRATION_TIME}: (time, baseline_id), seconds. */
  public ArrayMetadata effectiveIntegration() {
    ObjectNode attributes = Measures.object();
    attributes.put("type", "quantity");
    attributes.put("units", "s");
    return rows(Shape.of(set.unixSeconds().length, set.baselines().size()), attributes);
  }

  /** An array by row, in chunks of whole integrations, as many of each array. */
  private static ArrayMetadata rows(Shape shape, ObjectNode attributes) {
    long perTime = 3 * Double.BYTES * Math.max(1, shape.dim(1));
    long[] chunk = shape.dims();
    chunk[0] = Math.max(1, Math.min(shape.dim(0), UVW_CHUNK_BYTES / perTime));
    chunk[1] = Math.max(1, chunk[1]);
    List<String> names = new ArrayList<>(ROWS);
    if (shape.rank() == 3) {
      names.add(UVW_LABEL);
    }
    attributes.put(
        "coordinates", String.join(" ", FIELD_NAME, SCAN_NAME, ANTENNA1_NAME, ANTENNA2_NAME));
    return ArrayMetadata.builder(ZarrFormat.V3, shape, Primitive.FLOAT64)
        .chunk(chunk)
        .codecs(CodecChain.standard(ZarrFormat.V3, Primitive.FLOAT64))
        .fill(FillValue.nan(Primitive.FLOAT64))
        .dimensionNames(names)
        .attributes(attributes)
        .build();
  }

  /** Whether integrations of their own are told by {@code EFFECTIVE_INTEGRATION_TIME}. */
  public boolean integrationVaries() {
    return Double.isNaN(commonIntegration);
  }

  /** Coordinates and sub-datasets with their elements. */
  public List<SmallArray> coordinates() {
    CoordinateArrays arrays = new CoordinateArrays(set);
    List<SmallArray> all = new ArrayList<>(arrays.main());
    all.addAll(arrays.antennas());
    all.addAll(arrays.fields());
    return all;
  }

  /** Adds this measurement set's metadata to those of its processing set. */
  public void addTo(ZarrHierarchy hierarchy) {
    hierarchy.group(set.name(), attributes());
    hierarchy.array(path(VISIBILITY), visibility());
    hierarchy.array(path(FLAG), flag());
    hierarchy.array(path(WEIGHT), weight());
    hierarchy.array(path(NSAMPLES), samples());
    hierarchy.array(path(UVW), uvw());
    if (integrationVaries()) {
      hierarchy.array(path(EFFECTIVE_INTEGRATION_TIME), effectiveIntegration());
    }
    hierarchy.group(path(ANTENNA_XDS), CoordinateArrays.antennaAttributes(set));
    hierarchy.group(path(FIELD_XDS), CoordinateArrays.fieldAttributes());
    coordinates().forEach(a -> hierarchy.array(a.path(), a.metadata()));
  }

  /** A processing set without measurement sets. */
  public static ZarrHierarchy processingSet() {
    return new ZarrHierarchy(ZarrFormat.V3)
        .group("", Measures.object().put("type", "processing_set"));
  }

  private ObjectNode attributes() {
    MeasurementSet.Circumstances about = set.circumstances();
    ObjectNode a = Measures.object();
    a.put("schema_version", SCHEMA_VERSION);
    a.put("type", "visibility");
    a.putObject("creator")
        .put("software_name", "cornerturn")
        .put("version", about.softwareVersion());
    a.put("creation_date", about.date());
    ObjectNode observation = a.putObject("observation_info");
    observation.set("observer", Measures.texts(about.observers()));
    observation.put("release_date", about.date());
    observation.put("project_UID", about.project());
    a.putObject("processor_info").put("type", "CORRELATOR").put("sub_type", "");
    a.putObject("data_groups")
        .putObject("base")
        .put("correlated_data", VISIBILITY)
        .put("flag", FLAG)
        .put("weight", WEIGHT)
        .put("uvw", UVW)
        .put("field_and_source", FIELD_XDS)
        .put("description", about.description())
        .put("date", about.date());
    a.put("coordinates", String.join(" ", FIELD_NAME, SCAN_NAME, ANTENNA1_NAME, ANTENNA2_NAME));
    a.setAll(set.own());
    return a;
  }

  /** Names of measurement sets in a processing set, as XRADIO numbers them. */
  public static List<String> names(String base, int count) {
    int digits = Integer.toString(Math.max(0, count - 1)).length();
    return IntStream.range(0, count)
        .mapToObj(i -> base + "_" + String.format(Locale.ROOT, "%0" + digits + "d", i))
        .toList();
  }
}
