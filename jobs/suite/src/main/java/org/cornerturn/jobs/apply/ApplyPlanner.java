package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.datagroup.DataGroupPublisher;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.solutions.AppliedTerm;
import org.cornerturn.jobs.solutions.CalibrationSets;
import org.cornerturn.jobs.solutions.CalibrationSets.Entry;
import org.cornerturn.jobs.solutions.SolutionChoice;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.solution.Staleness;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.zarr.ArrayMetadata;

/** Plans the corrected data of a processing set's measurement sets. */
final class ApplyPlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "2";

  /** Bytes that the gains of an antenna in a channel and polarization take while they are made. */
  private static final long APPLIED_BYTES = 96;

  private ApplyParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the table of calibrations; null for none
   */
  ApplyPlanner(ApplyParameters parameters, Map<String, String> hadoop, String warehouse) {
    this.parameters = parameters;
    this.hadoop = S3Settings.completed(hadoop);
    this.warehouse = warehouse;
  }

  /**
   * How far solutions are from a measurement set's data.
   *
   * @param seconds from the nearest solutions to the middle of the data
   * @param without antennas of the data that have no gains
   */
  record Age(String measurementSet, double seconds, Staleness staleness, List<String> without) {
    Age {
      without = List.copyOf(without);
    }
  }

  /**
   * @param parameters as they were asked, with the data group that was chosen
   * @param folder where the run's ledger lies
   */
  record Planned(
      ApplyParameters parameters,
      List<ProductPlan<ApplyTask>> products,
      String folder,
      List<Age> ages) {
    Planned {
      products = List.copyOf(products);
      ages = List.copyOf(ages);
    }
  }

  /**
   * Solutions that the registry has for the data.
   *
   * @param roots their URIs, in the order of time
   * @param why these: a line for each measurement set
   */
  record Automatic(List<String> roots, List<String> why) {}

  static Automatic automatic(
      String product, String dataGroup, Map<String, String> hadoop, String warehouse)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (OpenSet set : OpenSet.all(product, dataGroup, hadoop)) {
      double[] hertz = set.reader().frequenciesHz();
      CalibrationSets.Chosen chosen =
          CalibrationSets.around(
              warehouse,
              hadoop,
              new CalibrationSets.Data(
                  middle(set.reader()),
                  hertz[0],
                  hertz[hertz.length - 1],
                  SolutionChoice.antennas(set.reader())));
      entries.addAll(chosen.entries());
      why.add(set.reader().name() + ": " + chosen.why());
    }
    return new Automatic(
        entries.stream()
            .sorted(Comparator.comparingDouble(Entry::middle))
            .map(Entry::root)
            .distinct()
            .toList(),
        why);
  }

  private static double middle(Msv4Reader reader) throws IOException {
    double[] seconds = reader.unixSeconds();
    return (seconds[0] + seconds[seconds.length - 1]) / 2;
  }

  Planned plan() throws IOException {
    List<OpenSet> sets = OpenSet.all(parameters.product(), parameters.dataGroup(), hadoop);
    parameters = parameters.withGroup(OpenSet.groupOf(sets, parameters.dataGroup()));
    List<ProductPlan<ApplyTask>> products = new ArrayList<>();
    List<Age> ages = new ArrayList<>();
    for (OpenSet set : sets) {
      SolutionChoice choice = SolutionChoice.of(parameters.from(), set.reader(), hadoop);
      double seconds = choice.distanceSeconds(middle(set.reader()));
      Age age = new Age(set.reader().name(), seconds, Staleness.of(seconds), choice.without());
      ages.add(age);
      products.add(product(set, choice, age));
    }
    return new Planned(parameters, products, OpenSet.workFolder(sets, DataGroup.CORRECTED), ages);
  }

  private ProductPlan<ApplyTask> product(OpenSet set, SolutionChoice choice, Age age)
      throws IOException {
    Msv4Reader reader = set.reader();
    DataGroup from = reader.dataGroup();
    if (from.name().equals(DataGroup.CORRECTED)) {
      throw new UserError(
          "--data-group " + DataGroup.CORRECTED,
          "it is what apply writes",
          "Correct base or flagged, with all terms at once");
    }
    CorrectedArrays arrays = CorrectedArrays.of(reader);
    InputVersion version = set.version();
    List<InputVersion> inputs = new ArrayList<>(List.of(version));
    Fingerprint fingerprint =
        new Fingerprint()
            .with("verb", ApplyJob.VERB)
            .with("encoder", ENCODER)
            .with("input", version.uri())
            .with("version", version.version())
            .with("linear", "" + parameters.linear());
    for (String root : parameters.from()) {
      InputVersion solutions = SolutionChoice.version(root, hadoop);
      inputs.add(solutions);
      fingerprint.with("solutions " + inputs.size(), root + " " + solutions.version());
    }
    String hex = fingerprint.hex();
    String name = set.productName(DataGroup.CORRECTED);
    DataGroup group =
        from.derived(
            DataGroup.CORRECTED,
            CorrectedArrays.VISIBILITY,
            CorrectedArrays.FLAG,
            CorrectedArrays.WEIGHT,
            "calibrated " + from.name());
    AppliedRow row =
        new AppliedRow(
            name + "-" + hex.substring(0, 12),
            hex,
            set.folder(),
            from.name(),
            choice.solutions(),
            parameters.from(),
            parameters.linear() ? "linear" : "nearest",
            age);
    return ProductPlan.branch(
        name,
        set.folder(),
        DataGroup.CORRECTED,
        List.copyOf(arrays.byName().keySet()),
        hex,
        ApplyJob.VERB,
        parameters.toJson(),
        inputs,
        new ChunkPlan<>(tasks(set, arrays.bare(), choice)),
        new ApplyPublisher(
            DataGroupPublisher.of(reader, arrays.byName(), group), row, warehouse, hadoop));
  }

  private List<ApplyTask> tasks(OpenSet set, CorrectedArrays arrays, SolutionChoice choice)
      throws IOException {
    ArrayMetadata like = arrays.visibilities();
    List<ApplyTask> tasks = new ArrayList<>();
    long item = like.type().itemSize() + Float.BYTES + Short.BYTES;
    // The terms, and of each antenna and sample what they make together.
    long gains = 2 * choice.bytes();
    long applied = set.reader().antennaNames().size() * like.shape().dim(3) * APPLIED_BYTES;
    List<AppliedTerm> terms = choice.terms();
    for (Box box : ObjectAssembly.objects(like)) {
      Box piece = ObjectAssembly.pieces(like, box).get(0);
      // Stored, decoded and cut at the edge, as numbers, as bytes again and encoded.
      long peak = 6 * piece.size() * item + gains + applied * box.extent(2) + (4L << 20);
      tasks.add(
          new ApplyTask(
              ObjectAssembly.key(CorrectedArrays.VISIBILITY, like, box),
              set.uri(),
              set.reader().name(),
              set.reader().dataGroup().name(),
              arrays,
              box,
              terms,
              parameters.linear(),
              box.size() * item,
              peak));
    }
    return tasks;
  }
}
