package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.jobs.datagroup.DataGroupPublisher;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.CorrelatedArrays;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.Sharding;

/** Plans the flags of a processing set's measurement sets. */
final class FlagPlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "2";

  private static final String LONG_NAME = "Flags of the input, and of flagging";

  private final FlagParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the table of summaries; null for none
   */
  FlagPlanner(FlagParameters parameters, Map<String, String> hadoop, String warehouse) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
  }

  /**
   * Flags of one measurement set.
   *
   * @param grid null where nothing is searched
   */
  record Flags(
      OpenSet set, ProductPlan<FlagTask> product, WindowGrid grid, FlagPublisher publisher) {}

  /**
   * @param folder where the run's ledger lies
   * @param settled measurement sets that have what is asked for
   */
  record Planned(List<Flags> flags, String folder, List<String> settled) {
    Planned {
      flags = List.copyOf(flags);
      settled = List.copyOf(settled);
    }
  }

  Planned plan() throws IOException {
    List<OpenSet> sets = OpenSet.all(parameters.product(), parameters.dataGroup(), hadoop);
    String group = FlagVersions.groupOf(parameters.dataGroup());
    List<Flags> all = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    for (OpenSet set : sets) {
      FlagVersions versions = new FlagVersions(set, group, hadoop);
      if (parameters.undo().isEmpty()) {
        all.add(search(versions));
      } else if (isUndone(versions)) {
        settled.add(set.folder());
      } else {
        all.add(undo(versions));
      }
    }
    return new Planned(all, OpenSet.workFolder(sets, group), settled);
  }

  private Flags search(FlagVersions versions) throws IOException {
    OpenSet set = versions.set();
    Msv4Reader reader = set.reader();
    // Checks the selection before anything is written.
    new MaskRules(reader, parameters.strategy().masks(), parameters.selection());
    WindowGrid grid = WindowGrid.of(reader.visibilityMetadata(), parameters.memoryBytes());
    InputVersion version = set.version();
    String fingerprint =
        new Fingerprint()
            .with("verb", FlagJob.VERB)
            .with("encoder", ENCODER)
            .with("input", version.uri())
            .with("version", version.version())
            .with("window", grid.window())
            .with("strategy", parameters.strategy())
            .with("selection", parameters.selection())
            .hex();
    FlagSource source = source(versions, reader.dataGroup(), versions.of(fingerprint));
    ArrayMetadata found = found(reader.visibilityMetadata(), grid);
    List<FlagTask> tasks = new ArrayList<>();
    List<Box> windows = new ArrayList<>();
    ChunkGrid boxes = grid.grid();
    int itemBytes = reader.visibilityMetadata().type().itemSize();
    for (int i = 0; i < boxes.count(); i++) {
      Box window = boxes.box(boxes.coordinates(i));
      windows.add(window);
      tasks.add(
          new FlagTask.Search(
              source,
              i,
              window,
              found,
              parameters.strategy(),
              parameters.selection(),
              window.size() * itemBytes,
              grid.bytes(reader.visibilityMetadata().chunk())));
    }
    FlagStrategy strategy = parameters.strategy();
    boolean totals = strategy.totals().ofWholeSet();
    if (totals) {
      tasks.add(new FlagTask.Total(source, windows, strategy));
    }
    tasks.addAll(writes(source, found, totals, 0));
    return flags(versions, source, fingerprint, version, tasks, grid, "flags: " + strategy.name());
  }

  private static ArrayMetadata found(ArrayMetadata visibilities, WindowGrid grid) {
    return ArrayMetadata.builder(visibilities.format(), visibilities.shape(), Primitive.UINT8)
        .chunk(visibilities.chunk().dims())
        .sharding(Sharding.of(grid.window()))
        .codecs(CodecChain.standard(visibilities.format(), Primitive.UINT8))
        .build();
  }

  /** Whether the current flags are those of this very undoing. */
  private boolean isUndone(FlagVersions versions) throws IOException {
    Optional<StandingProduct> current = versions.standing(versions.current());
    return versions.current() > 0
        && current.isPresent()
        && FlagParameters.of(current.get().parameters()).undo().equals(parameters.undo());
  }

  private Flags undo(FlagVersions versions) throws IOException {
    OpenSet set = versions.set();
    if (versions.current() == 0) {
      throw new UserError(
          set.folder(),
          "it has no data group " + versions.group() + ": nothing was flagged",
          "Flag it first with: cornerturn flag " + set.uri());
    }
    OpenSet flagged = new OpenSet(set.uri(), set.reader().group(versions.group()));
    int cleared = 0;
    for (String reason : parameters.undo()) {
      cleared |= FlagBit.valueOf(reason).mask();
    }
    InputVersion version = flagged.version();
    String fingerprint =
        new Fingerprint()
            .with("verb", FlagJob.VERB)
            .with("encoder", ENCODER)
            .with("input", version.uri())
            .with("version", version.version())
            .with("undo", parameters.undo())
            .hex();
    DataGroup from = flagged.reader().dataGroup();
    FlagSource source = source(versions, from, versions.of(fingerprint));
    List<FlagTask> tasks = writes(source, null, false, cleared);
    String description = from.description() + ", without " + String.join(", ", parameters.undo());
    return flags(versions, source, fingerprint, version, tasks, null, description);
  }

  private static FlagSource source(FlagVersions versions, DataGroup from, int version)
      throws IOException {
    Msv4Reader reader = versions.set().reader();
    ArrayMetadata flags = new CorrelatedArrays(reader.visibilityMetadata()).flags(LONG_NAME);
    return new FlagSource(
        versions.set().uri(),
        reader.name(),
        from,
        versions.array(version),
        flags.withAttributes(null),
        versions.branch(version));
  }

  private static List<FlagTask> writes(
      FlagSource source, ArrayMetadata found, boolean totals, int cleared) {
    List<FlagTask> tasks = new ArrayList<>();
    ArrayMetadata flags = source.flags();
    for (Box object : ObjectAssembly.objects(flags)) {
      Box slab = ObjectAssembly.slabs(flags, object).get(0);
      // A slab of the input's flags, of those found and of both, and the object as it grows.
      long peak = 10 * slab.size() + 2 * ObjectAssembly.rawBytes(flags) + (8L << 20);
      tasks.add(
          new FlagTask.Write(
              source,
              ObjectAssembly.key(source.target(), flags, object),
              tasks.size(),
              object,
              found,
              totals,
              cleared,
              object.size(),
              peak));
    }
    return tasks;
  }

  private Flags flags(
      FlagVersions versions,
      FlagSource source,
      String fingerprint,
      InputVersion input,
      List<FlagTask> tasks,
      WindowGrid grid,
      String description)
      throws IOException {
    OpenSet set = versions.set();
    Msv4Reader reader = set.reader();
    TreeMap<String, ArrayMetadata> arrays =
        new TreeMap<>(
            Map.of(
                source.target(),
                new CorrelatedArrays(reader.visibilityMetadata()).flags(LONG_NAME)));
    DataGroup from = source.from();
    DataGroup group =
        from.derived(
            versions.group(), from.correlatedData(), source.target(), from.weight(), description);
    List<Box> objects = ObjectAssembly.objects(source.flags());
    FlagPublisher publisher =
        new FlagPublisher(
            DataGroupPublisher.of(reader, arrays, group),
            new FlagSummary(set, source, objects, description, fingerprint),
            warehouse,
            hadoop);
    ProductPlan<FlagTask> product =
        ProductPlan.branch(
            set.productName(source.branch()),
            set.folder(),
            source.branch(),
            List.of(source.target()),
            fingerprint,
            FlagJob.VERB,
            parameters.toJson(),
            List.of(input),
            new ChunkPlan<>(tasks),
            publisher);
    return new Flags(set, product, grid, publisher);
  }
}
