package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.Codec;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.Endian;
import org.cornerturn.zarr.ZarrFormat;

/** The coordinates of a measurement set, and its antenna and field datasets, with elements. */
final class CoordinateArrays {
  private final MeasurementSet set;

  CoordinateArrays(MeasurementSet set) {
    this.set = set;
  }

  List<SmallArray> main() {
    List<SmallArray> all = new ArrayList<>();
    ObjectNode time = Measures.time().put("type", "time").put("long_name", "Time");
    time.set("integration_time", Measures.quantity(set.integrationSeconds(), "s"));
    all.add(numbers(Msv4Layout.TIME, set.unixSeconds(), time, Msv4Layout.TIME));
    int n = set.baselines().size();
    long[] ids = new long[n];
    for (int i = 0; i < n; i++) {
      ids[i] = i;
    }
    all.add(
        array(
            Msv4Layout.BASELINE_ID,
            Primitive.INT64,
            Block.toBytes(ids),
            Shape.of(n),
            named("Baseline ID"),
            Msv4Layout.BASELINE_ID));
    all.add(
        numbers(
            Msv4Layout.FREQUENCY, set.window().frequenciesHz(), frequency(), Msv4Layout.FREQUENCY));
    all.add(
        texts(
            Msv4Layout.POLARIZATION,
            set.polarizations().stream().map(Polarization::name).toList(),
            named("Polarization"),
            Msv4Layout.POLARIZATION));
    all.add(
        texts(
            Msv4Layout.UVW_LABEL,
            List.of("u", "v", "w"),
            named("U/V/W label"),
            Msv4Layout.UVW_LABEL));
    List<String> fields = new ArrayList<>();
    List<String> scans = new ArrayList<>();
    for (int field : set.fieldOfTime()) {
      fields.add(set.fields().get(field).name());
      scans.add("1");
    }
    all.add(texts(Msv4Layout.FIELD_NAME, fields, Measures.object(), Msv4Layout.TIME));
    ObjectNode scan = named("Scan name");
    scan.set("scan_intents", Measures.texts(List.of("OBSERVE_TARGET#ON_SOURCE")));
    all.add(texts(Msv4Layout.SCAN_NAME, scans, scan, Msv4Layout.TIME));
    ObjectNode antenna = named("Antenna name by baseline_id");
    all.add(
        texts(
            Msv4Layout.ANTENNA1_NAME,
            set.baselines().stream().map(b -> set.antennas().get(b.first()).name()).toList(),
            antenna,
            Msv4Layout.BASELINE_ID));
    all.add(
        texts(
            Msv4Layout.ANTENNA2_NAME,
            set.baselines().stream().map(b -> set.antennas().get(b.second()).name()).toList(),
            antenna,
            Msv4Layout.BASELINE_ID));
    return all;
  }

  private ObjectNode frequency() {
    SpectralWindow window = set.window();
    ObjectNode a = named("Frequency").put("type", "spectral_coord").put("units", "Hz");
    a.put("observer", "TOPO");
    a.put("spectral_window_name", "spw_" + window.id());
    a.set("spectral_window_intents", Measures.texts(List.of("UNSPECIFIED")));
    a.set("reference_frequency", Measures.frequency(window.meanFrequencyHz()));
    a.set("channel_width", Measures.quantity(window.medianWidthHz(), "Hz"));
    return a;
  }

  List<SmallArray> antennas() {
    List<SmallArray> all = new ArrayList<>();
    List<Antenna> antennas = set.antennas();
    String dim = "antenna_name";
    List<String> names = antennas.stream().map(Antenna::name).toList();
    all.add(texts(inAntennas(dim), names, named("Antenna name"), dim));
    all.add(texts(inAntennas("station_name"), names, named("Station name"), dim));
    all.add(
        texts(
            inAntennas("mount"),
            antennas.stream().map(a -> mount(a.mount())).toList(),
            named("Antenna mount"),
            dim));
    all.add(
        texts(
            inAntennas("telescope_name"),
            antennas.stream().map(a -> set.telescope().name()).toList(),
            named("Telescope name"),
            dim));
    List<String> feeds = feeds();
    String receptor = "receptor_label";
    all.add(
        texts(
            inAntennas(receptor),
            Stream.iterate(0, i -> i + 1).limit(feeds.size()).map(i -> "pol_" + i).toList(),
            named("Receptor"),
            receptor));
    all.add(polarizationTypes(feeds, dim, receptor));
    all.add(
        texts(
            inAntennas("cartesian_pos_label"),
            List.of("x", "y", "z"),
            Measures.object(),
            "cartesian_pos_label"));
    all.add(positions(dim));
    if (antennas.stream().anyMatch(a -> !Double.isNaN(a.diameterMetres()))) {
      all.add(
          numbers(
              inAntennas("ANTENNA_DISH_DIAMETER"),
              antennas.stream().mapToDouble(Antenna::diameterMetres).toArray(),
              Measures.object().put("type", "quantity").put("units", "m"),
              dim));
    }
    if (antennas.stream().allMatch(a -> a.feedAnglesRad().size() == feeds.size())) {
      double[] angles =
          antennas.stream()
              .flatMap(a -> a.feedAnglesRad().stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
      all.add(
          array(
              inAntennas("ANTENNA_RECEPTOR_ANGLE"),
              Primitive.FLOAT64,
              Block.toBytes(angles),
              Shape.of(antennas.size(), feeds.size()),
              Measures.object().put("type", "quantity").put("units", "rad"),
              dim,
              receptor));
    }
    return all;
  }

  private SmallArray positions(String dim) {
    Ecef origin = set.telescope().ecef();
    double[] xyz = new double[3 * set.antennas().size()];
    for (int i = 0; i < set.antennas().size(); i++) {
      Ecef p = origin.plus(set.antennas().get(i).position());
      xyz[3 * i] = p.xMetres();
      xyz[3 * i + 1] = p.yMetres();
      xyz[3 * i + 2] = p.zMetres();
    }
    ObjectNode a = Measures.object().put("type", "location").put("units", "m");
    a.put("frame", "ITRS")
        .put("coordinate_system", "geocentric")
        .put("origin_object_name", "earth");
    return array(
        inAntennas("ANTENNA_POSITION"),
        Primitive.FLOAT64,
        Block.toBytes(xyz),
        Shape.of(set.antennas().size(), 3),
        a,
        dim,
        "cartesian_pos_label");
  }

  private SmallArray polarizationTypes(List<String> feeds, String dim, String receptor) {
    List<String> types = new ArrayList<>();
    for (Antenna a : set.antennas()) {
      boolean own = a.feeds().size() == feeds.size();
      for (int i = 0; i < feeds.size(); i++) {
        types.add(own ? a.feeds().get(i).toUpperCase(Locale.ROOT) : feeds.get(i));
      }
    }
    return texts(
        inAntennas("polarization_type"),
        types,
        Shape.of(set.antennas().size(), feeds.size()),
        named("Polarization type"),
        dim,
        receptor);
  }

  /** The two receptors of the correlations: X and Y, or R and L. */
  private List<String> feeds() {
    Set<String> feeds = new LinkedHashSet<>();
    set.polarizations().forEach(p -> feeds.addAll(p.feeds()));
    return feeds.contains("R") || feeds.contains("L") ? List.of("R", "L") : List.of("X", "Y");
  }

  /** The schema's word for a mount. */
  private static String mount(String mount) {
    return switch (mount) {
      case "equatorial" -> "EQUATORIAL";
      case "x-y" -> "X-Y";
      case "orbiting" -> "ORBITING";
      case "bizarre" -> "BIZARRE";
      default ->
          "ALT-AZ"; // Dipoles and dishes that stand still look up: an altitude of 90 degrees.
    };
  }

  private String inAntennas(String name) {
    return Msv4Layout.ANTENNA_XDS + "/" + name;
  }

  static ObjectNode antennaAttributes(MeasurementSet set) {
    ObjectNode a = Measures.object().put("type", "antenna");
    a.put("overall_telescope_name", set.telescope().name());
    a.put("relocatable_antennas", false);
    a.put("coordinates", "station_name mount telescope_name polarization_type");
    return a;
  }

  List<SmallArray> fields() {
    List<SmallArray> all = new ArrayList<>();
    String dim = Msv4Layout.FIELD_NAME;
    List<FieldCenter> fields = set.fields();
    all.add(
        texts(inFields(dim), fields.stream().map(FieldCenter::name).toList(), named("Field"), dim));
    all.add(
        texts(
            inFields("source_name"),
            fields.stream().map(FieldCenter::source).toList(),
            named("Source"),
            dim));
    all.add(
        texts(inFields("sky_dir_label"), List.of("ra", "dec"), Measures.object(), "sky_dir_label"));
    double[] directions = new double[2 * fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      directions[2 * i] = fields.get(i).longitudeRad();
      directions[2 * i + 1] = fields.get(i).latitudeRad();
    }
    for (String name :
        List.of("FIELD_PHASE_CENTER_DIRECTION", "FIELD_REFERENCE_CENTER_DIRECTION")) {
      all.add(
          array(
              inFields(name),
              Primitive.FLOAT64,
              Block.toBytes(directions),
              Shape.of(fields.size(), 2),
              Measures.object()
                  .put("type", "sky_coord")
                  .put("units", "rad")
                  .put("frame", set.directionFrame()),
              dim,
              "sky_dir_label"));
    }
    return all;
  }

  private String inFields(String name) {
    return Msv4Layout.FIELD_XDS + "/" + name;
  }

  static ObjectNode fieldAttributes() {
    return Measures.object().put("type", "field_and_source").put("coordinates", "source_name");
  }

  private static ObjectNode named(String longName) {
    return Measures.object().put("long_name", longName);
  }

  private SmallArray numbers(String name, double[] values, ObjectNode attributes, String dim) {
    return array(
        name, Primitive.FLOAT64, Block.toBytes(values), Shape.of(values.length), attributes, dim);
  }

  private SmallArray texts(String name, List<String> values, ObjectNode attributes, String dim) {
    return texts(name, values, Shape.of(values.size()), attributes, dim);
  }

  /** Text as NumPy's {@code U}, which XRADIO wants. */
  private SmallArray texts(
      String name, List<String> values, Shape shape, ObjectNode attributes, String... dims) {
    int width = 1;
    for (String s : values) {
      width = Math.max(width, s.codePointCount(0, s.length()));
    }
    CodecChain blosc = CodecChain.standard(ZarrFormat.V3, Primitive.UINT32);
    CodecChain codecs =
        new CodecChain(null, new Codec.Utf32(width, Endian.LITTLE), blosc.compressors());
    return array(name, new Text(), values.toArray(String[]::new), shape, attributes, codecs, dims);
  }

  private SmallArray array(
      String name, DataType type, Object data, Shape shape, ObjectNode attributes, String... dims) {
    CodecChain codecs = CodecChain.standard(ZarrFormat.V3, type);
    return array(name, type, data, shape, attributes, codecs, dims);
  }

  private SmallArray array(
      String name,
      DataType type,
      Object data,
      Shape shape,
      ObjectNode attributes,
      CodecChain codecs,
      String... dims) {
    ArrayMetadata metadata =
        ArrayMetadata.builder(ZarrFormat.V3, shape, type)
            .codecs(codecs)
            .dimensionNames(dims)
            .attributes(attributes)
            .build();
    return new SmallArray(set.name() + "/" + name, metadata, data);
  }
}
