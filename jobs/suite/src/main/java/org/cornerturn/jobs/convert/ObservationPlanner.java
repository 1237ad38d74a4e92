package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.SharedValues;
import org.cornerturn.measurementset.BlockLayout;
import org.cornerturn.measurementset.BlockLayout.RowOrder;
import org.cornerturn.measurementset.MeasurementSet;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.SourceFile;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Refusal;
import org.cornerturn.storage.InputFile;
import org.cornerturn.uvh5.Uvh5Header;
import org.cornerturn.uvh5.Uvh5Layout;
import org.cornerturn.zarr.NodeName;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/** Plans the processing set of one observation: a single file, or its sub-bands. */
final class ObservationPlanner {
  /** Goes up whenever the same question would be answered with other bytes. */
  private static final String ENCODER = "2";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConvertParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;
  private final SharedValues shared;

  /**
   * @param warehouse of the table of observations; null for none
   * @param shared what the plans of this planner have in common
   */
  ObservationPlanner(
      ConvertParameters parameters,
      Map<String, String> hadoop,
      String warehouse,
      SharedValues shared) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
    this.shared = shared;
    if (parameters.zarrFormat() == 2) {
      throw new UserError(
          "--zarr-format 2",
          "Measurement Sets v4 are Zarr version 3",
          "Leave it out, or use --profile generic");
    }
  }

  /** Identity of the question: what the files are and what is made of them, not where either is. */
  static String fingerprint(ConvertParameters parameters, List<InputFile> files, int subbands) {
    ArrayNode inputs = JSON.createArrayNode();
    for (InputFile f : files.stream().sorted(Comparator.comparing(InputFile::uri)).toList()) {
      inputs.addObject().put("uri", f.uri()).put("version", f.version()).put("size", f.size());
    }
    return new Fingerprint()
        .with("verb", "convert")
        .with("profile", "uvh5")
        .with("encoder", ENCODER)
        .with("inputs", inputs)
        .with("subbands", subbands)
        .with("parameters", question(parameters))
        .hex();
  }

  /** The parameters that shape a processing set. */
  static ObjectNode question(ConvertParameters parameters) {
    ObjectNode all = parameters.toJson();
    ObjectNode question = JSON.createObjectNode();
    for (String name : List.of("chunkBytes", "shardBytes", "codec", "level", "writeEmpty")) {
      question.set(name, all.get(name));
    }
    JsonNode visibilities = all.get("visibilities");
    for (String name : List.of("keepPrecision", "sefdJy", "phase")) {
      question.set(name, visibilities.get(name));
    }
    if (parameters.visibilities().uvwFromAntennas()) {
      // Only then, so that sets of before there was the option are still known.
      question.put("uvwFromAntennas", true);
    }
    return question;
  }

  /**
   * @param root URI of the processing set to write
   * @param refusals files that belong to the observation but are not used
   */
  ConversionPlanner.Planned plan(ObservationInput input, String root, List<Refusal> refusals)
      throws IOException {
    List<Refusal> leftOut = new ArrayList<>(refusals);
    ObservationInput files = agreeing(input, leftOut);
    List<InputFile> inputs = files.files().stream().map(f -> f.scan().input()).toList();
    int all = files.files().size() + files.missing().size();
    String fingerprint = fingerprint(parameters, inputs, all);
    Uvh5Scan reference = reference(files);
    PhaseCentres centres = PhaseCentres.of(reference, parameters.visibilities(), shared);
    if (parameters.visibilities().uvwFromAntennas()) {
      centres = centres.with(UvwDifference.of(files, reference, centres.phasing(), hadoop));
    }
    int groups = files.files().size() > 1 ? 1 : reference.header().groups().size();
    // Versions of one observation have one name inside.
    String base = NodeName.escape(ConversionPlanner.name(root).replaceFirst("\\.v\\d+$", ""));
    List<String> names = Msv4Layout.names(base, groups);
    List<ConvertTask> tasks = new ArrayList<>();
    ZarrHierarchy hierarchy = Msv4Layout.processingSet();
    List<Msv4Layout> layouts = new ArrayList<>();
    MeasurementSetTasks.headers(files, tasks);
    for (int g = 0; g < groups; g++) {
      FrequencyAxis axis =
          files.files().size() > 1 ? FrequencyAxis.of(files) : FrequencyAxis.of(reference, g);
      Msv4Layout layout = layout(names.get(g), g, files, reference, axis, centres);
      layouts.add(layout);
      layout.addTo(hierarchy);
      new MeasurementSetTasks(layout, axis, g, reference, centres, shared).addTo(tasks);
    }
    ObservationRow row = ObservationRow.of(root, files, layouts, centres, fingerprint);
    ProductPlan<ConvertTask> product =
        ProductPlan.folder(
            ConversionPlanner.name(root),
            root,
            fingerprint,
            "convert",
            parameters
                .forObservation(inputs.stream().map(InputFile::uri).toList(), root, all)
                .toJson(),
            inputs.stream().map(i -> new InputVersion(i.uri(), i.version(), i.size())).toList(),
            new ChunkPlan<>(tasks),
            leftOut,
            new ProcessingSetPublisher(hierarchy, row, warehouse, hadoop));
    long raw =
        layouts.stream()
            .mapToLong(l -> l.blocks().shape().size() * l.visibility().type().itemSize())
            .sum();
    return new ConversionPlanner.Planned(
        product,
        Profile.UVH5,
        files.files().stream().mapToLong(f -> f.scan().requests()).sum() + centres.requests(),
        files.files().stream().mapToLong(f -> f.scan().bytesRead()).sum() + centres.bytesRead(),
        5 * layouts.size(),
        raw,
        centres.notes());
  }

  /**
   * The file with the most integrations, of equals the highest sub-band: its times are the set's.
   */
  private static Uvh5Scan reference(ObservationInput input) {
    Uvh5Scan most = null;
    for (ObservationInput.Subband s : input.files()) {
      if (most == null || s.scan().layout().times() > most.layout().times()) {
        most = s.scan();
      }
    }
    return most;
  }

  /** Leaves out the sub-bands whose rows can't be put beside those of the others. */
  private static ObservationInput agreeing(ObservationInput input, List<Refusal> leftOut) {
    Uvh5Scan reference = reference(input);
    List<ObservationInput.Subband> kept = new ArrayList<>();
    List<Integer> missing = new ArrayList<>(input.missing());
    for (ObservationInput.Subband s : input.files()) {
      String reason = contradiction(s.scan(), reference, input.files().size());
      if (reason == null) {
        kept.add(s);
      } else {
        leftOut.add(new Refusal(s.scan().input().uri(), reason));
        missing.add(s.number());
      }
    }
    missing.sort(Comparator.naturalOrder());
    return new ObservationInput(kept, missing);
  }

  private static String contradiction(Uvh5Scan scan, Uvh5Scan reference, int files) {
    if (scan == reference) {
      return null;
    }
    String other = " of " + reference.input().uri();
    if (files > 1 && scan.header().groups().size() != 1) {
      return "it has several spectral windows; sub-bands have one each";
    }
    Uvh5Layout a = scan.layout();
    Uvh5Layout b = reference.layout();
    boolean same = a.baselines() == b.baselines();
    for (int i = 0; i < a.baselines() && same; i++) {
      same = a.antenna1(i) == b.antenna1(i) && a.antenna2(i) == b.antenna2(i);
    }
    if (!same) {
      return "its baselines are not those" + other;
    }
    if (!scan.header()
        .groups()
        .get(0)
        .polarizations()
        .equals(reference.header().groups().get(0).polarizations())) {
      return "its correlations are not those" + other;
    }
    if (TimeMatch.of(scan, reference) == null) {
      return "its integrations are not those"
          + other
          + ", by more than half of one: did a clock step?";
    }
    return null;
  }

  private Msv4Layout layout(
      String name,
      int group,
      ObservationInput input,
      Uvh5Scan reference,
      FrequencyAxis axis,
      PhaseCentres centres) {
    MeasurementSet set = set(name, group, input, reference, axis, centres);
    Primitive visibilities = Primitive.COMPLEX64;
    Primitive samples = Primitive.FLOAT32;
    for (ObservationInput.Subband s : input.files()) {
      Primitive exact = s.scan().data().exactType();
      if (parameters.visibilities().keepPrecision() && exact == Primitive.COMPLEX128) {
        visibilities = exact;
      }
      if (s.scan().data().sampleType() == Primitive.FLOAT64) {
        samples = Primitive.FLOAT64;
      }
    }
    BlockLayout.Targets standard = BlockLayout.Targets.STANDARD;
    long shard = parameters.shardBytes();
    BlockLayout blocks =
        BlockLayout.choose(
            set.shape(),
            visibilities.itemSize(),
            axis.subbandChannels(),
            order(reference.layout()),
            new BlockLayout.Targets(
                parameters.chunkBytes(),
                shard == 0 ? standard.blockBytes() : shard,
                shard > 0,
                Math.min(standard.unshardedBelow(), shard)));
    ArrayPlanner codecs = new ArrayPlanner(parameters, 0);
    return new Msv4Layout(
        set,
        blocks,
        visibilities,
        samples,
        type -> codecs.codecs(ZarrFormat.V3, type),
        Double.isNaN(reference.seconds()));
  }

  private static RowOrder order(Uvh5Layout layout) {
    boolean baselineMajor =
        layout.times() > 1
            && layout.baselines() > 1
            && Math.abs(layout.row(1, 0) - layout.row(0, 0)) == 1;
    return baselineMajor ? RowOrder.BASELINE_MAJOR : RowOrder.TIME_MAJOR;
  }

  private MeasurementSet set(
      String name,
      int group,
      ObservationInput input,
      Uvh5Scan reference,
      FrequencyAxis axis,
      PhaseCentres centres) {
    Uvh5Header header = reference.header();
    Uvh5Layout layout = reference.layout();
    double[] seconds = new double[layout.times()];
    for (int t = 0; t < seconds.length; t++) {
      seconds[t] = JulianDate.unixSeconds(layout.julianDate(t));
    }
    List<Antenna> antennas = distinct(header.antennas());
    List<Integer> numbers = antennas.stream().map(Antenna::number).toList();
    List<MeasurementSet.AntennaPair> baselines = new ArrayList<>();
    for (int b = 0; b < layout.baselines(); b++) {
      baselines.add(
          new MeasurementSet.AntennaPair(
              numbers.indexOf(layout.antenna1(b)), numbers.indexOf(layout.antenna2(b))));
    }
    long newest =
        input.files().stream().mapToLong(f -> f.scan().input().modifiedMillis()).max().orElse(0);
    String version = ObservationPlanner.class.getPackage().getImplementationVersion();
    MeasurementSet.Circumstances about =
        new MeasurementSet.Circumstances(
            List.of(),
            header.objectName(),
            Instant.ofEpochMilli(newest).toString(),
            version == null ? "development" : version,
            "Visibilities as converted from UVH5; uvw = position2 - position1");
    return new MeasurementSet(
        name,
        seconds,
        reference.nominalSeconds(),
        centres.fieldOfTime(),
        baselines,
        axis.window(),
        header.groups().get(group).polarizations(),
        header.telescope(),
        antennas,
        centres.fields(),
        centres.frame(),
        centres.uvwFrame(),
        header.visibilityUnits(),
        parameters.visibilities().weightScale(),
        about,
        own(group, input, axis, header, centres));
  }

  /** Antennas under names that occur once: a name that comes again gets its number. */
  private static List<Antenna> distinct(List<Antenna> antennas) {
    Set<String> taken = new HashSet<>();
    List<Antenna> all = new ArrayList<>();
    for (Antenna a : antennas) {
      String name =
          a.name().isEmpty() || taken.contains(a.name()) ? a.name() + "#" + a.number() : a.name();
      taken.add(name);
      all.add(
          new Antenna(
              a.number(),
              name,
              a.position(),
              a.diameterMetres(),
              a.feeds(),
              a.feedAnglesRad(),
              a.mount()));
    }
    return all;
  }

  /** What the schema has no place for; the whole header is kept beside the measurement sets. */
  private ObjectNode own(
      int group,
      ObservationInput input,
      FrequencyAxis axis,
      Uvh5Header header,
      PhaseCentres centres) {
    ObjectNode own = JSON.createObjectNode();
    ObjectNode uvh5 = own.putObject(Msv4Layout.UVH5);
    uvh5.put("object_name", header.objectName());
    uvh5.put("instrument", header.telescope().instrument());
    uvh5.put("history", header.history());
    header.polarizationConvention().ifPresent(c -> uvh5.put("pol_convention", c));
    header.xOrientation().ifPresent(x -> uvh5.put("x_orientation", x));
    header.dut1Seconds().ifPresent(s -> uvh5.put("dut1", s));
    header.meridianDeclinationRad().ifPresent(d -> uvh5.put("phase_center_app_dec", d));
    uvh5.set("extra_keywords", JSON.valueToTree(new TreeMap<>(header.extraKeywords())));
    uvh5.put("phase", parameters.visibilities().phase().kind().name().toLowerCase(Locale.ROOT));
    uvh5.put("earth_orientation", centres.earth().word());
    uvh5.put("phases_rotated", centres.turnsVisibilities());
    if (centres.difference() != null) {
      uvh5.put("uvw", "antennas");
      uvh5.put("uvw_largest_difference", centres.difference().largestMetres());
    }
    ArrayNode files = uvh5.putArray("files");
    for (int i = 0; i < input.files().size(); i++) {
      Uvh5Scan scan = input.files().get(i).scan();
      for (FrequencyAxis.Slot slot : axis.slots()) {
        if (slot.file() == scan) {
          String name = scan.input().key();
          files.add(
              JSON.valueToTree(
                  new SourceFile(
                      name.substring(name.lastIndexOf('/') + 1),
                      i,
                      input.files().size() > 1 ? 0 : group,
                      slot.first(),
                      slot.channels(),
                      slot.number())));
        }
      }
    }
    ArrayNode missing = uvh5.putArray("missing_subbands");
    input.missing().forEach(missing::add);
    return own;
  }
}
