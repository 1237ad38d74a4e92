package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.array.SharedValues;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.observation.Grouping;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.observation.LeftOut;
import org.cornerturn.observation.Member;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.spark.Refusal;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.storage.InputFile;

/** Plans what UVH5 files become: a processing set of each observation. */
final class Observations {

  private final ConvertParameters parameters;
  private final Map<String, String> hadoop;
  private final Existing existing;
  private final ObservationPlanner planner;
  private final SharedValues shared = new SharedValues();

  /**
   * @param warehouse of the table of observations; null for none
   */
  Observations(
      ConvertParameters parameters,
      Map<String, String> hadoop,
      String warehouse,
      Existing existing) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.existing = existing;
    this.planner = new ObservationPlanner(parameters, hadoop, warehouse, shared);
  }

  private GroupingRule rule() {
    return new GroupingRule(Duration.ofSeconds(60), parameters.visibilities().subbands());
  }

  /**
   * One processing set of all files.
   *
   * @throws UserError where they aren't one observation
   */
  ConvertJob.Plan together(List<InputFile> files, String root) throws IOException {
    Map<String, Uvh5Scan> scans = new LinkedHashMap<>();
    for (InputFile f : files) {
      try {
        scans.put(f.uri(), Uvh5Scan.of(f, hadoop).sharing(shared));
      } catch (IOException | RuntimeException fault) {
        throw InputFaults.mistake(f.uri(), fault);
      }
    }
    if (parameters.visibilities().subbands() == 1 && scans.size() == 1) {
      return planned(ObservationInput.single(scans.values().iterator().next()), root, List.of());
    }
    List<SubbandFile> subbands = new ArrayList<>();
    for (Uvh5Scan scan : scans.values()) {
      subbands.add(scan.subband());
    }
    Grouping grouping = Grouping.of(subbands, rule());
    if (grouping.groups().size() != 1 || !grouping.refused().isEmpty()) {
      throw new UserError(
          root,
          "the "
              + files.size()
              + " files are "
              + grouping.groups().size()
              + " observations, and it can hold one",
          "End the output in / to convert each into a processing set of its own");
    }
    ObservationGroup group = grouping.groups().get(0);
    return planned(input(group, scans), root, leftOut(group));
  }

  private ConvertJob.Plan planned(ObservationInput input, String root, List<Refusal> leftOut)
      throws IOException {
    try {
      return new ConvertJob.Plan(List.of(planner.plan(input, root, leftOut)), List.of());
    } catch (IOException | RuntimeException fault) {
      throw InputFaults.mistake(input.files().get(0).scan().input().uri(), fault);
    }
  }

  /** A processing set of each observation that the files make up. */
  ConvertJob.Plan grouped(List<InputFile> files) throws IOException {
    List<Refusal> refused = new ArrayList<>();
    Map<String, Uvh5Scan> scans = new LinkedHashMap<>();
    List<SubbandFile> subbands = new ArrayList<>();
    for (InputFile f : files) {
      try {
        Uvh5Scan scan = Uvh5Scan.of(f, hadoop).sharing(shared);
        subbands.add(scan.subband());
        scans.put(f.uri(), scan);
      } catch (IOException | RuntimeException fault) {
        refused.add(InputFaults.refusal(f.uri(), fault, InputFaults.mistake(f.uri(), fault)));
      }
    }
    Grouping grouping = Grouping.of(subbands, rule());
    grouping.refused().forEach(l -> refused.add(refusal(l)));
    List<ConversionPlanner.Planned> planned = new ArrayList<>();
    for (ObservationGroup group : grouping.groups()) {
      if (!group.isWholeBand()
          && group.members().size() < parameters.visibilities().minSubbands()) {
        refused.addAll(tooFew(group));
        continue;
      }
      try {
        planned.add(place(input(group, scans), group));
      } catch (IOException | RuntimeException fault) {
        for (Member m : group.members()) {
          String uri = m.file().file().uri();
          refused.add(InputFaults.refusal(uri, fault, InputFaults.mistake(uri, fault)));
        }
      }
    }
    return new ConvertJob.Plan(planned, refused);
  }

  private List<Refusal> tooFew(ObservationGroup group) {
    String reason =
        "observation "
            + group.id()
            + " has "
            + group.members().size()
            + " of "
            + group.expected()
            + " sub-bands, fewer than --min-subbands "
            + parameters.visibilities().minSubbands();
    List<Refusal> all = new ArrayList<>();
    group.members().forEach(m -> all.add(new Refusal(m.file().file().uri(), reason)));
    all.addAll(leftOut(group));
    return all;
  }

  private static List<Refusal> leftOut(ObservationGroup group) {
    return group.leftOut().stream().map(Observations::refusal).toList();
  }

  private static Refusal refusal(LeftOut left) {
    return new Refusal(left.file().file().uri(), left.reason());
  }

  private static ObservationInput input(ObservationGroup group, Map<String, Uvh5Scan> scans) {
    List<ObservationInput.Subband> files = new ArrayList<>();
    for (Member m : group.members()) {
      files.add(
          new ObservationInput.Subband(
              group.isWholeBand() ? -1 : m.number(), scans.get(m.file().file().uri())));
    }
    return new ObservationInput(files, group.missing());
  }

  /**
   * Plans an observation in its place in the output folder. Where that has a processing set of
   * other files, made by the same question, files have come late: the new set gets a place of its
   * own, and takes the old one's in the tables once it is whole.
   */
  private ConversionPlanner.Planned place(ObservationInput input, ObservationGroup group)
      throws IOException {
    String base = parameters.output().replaceAll("/+$", "") + "/" + group.storeName();
    List<InputFile> files = input.files().stream().map(f -> f.scan().input()).toList();
    int all = files.size() + input.missing().size();
    String fingerprint = ObservationPlanner.fingerprint(parameters, files, all);
    for (int version = 1; ; version++) {
      String root = base + (version == 1 ? "" : ".v" + version) + Msv4Layout.SUFFIX;
      Optional<StandingProduct> standing = StandingProduct.at(root, hadoop);
      boolean late =
          existing == Existing.REFUSE
              && standing.isPresent()
              && !standing.get().fingerprint().equals(fingerprint)
              && isSameQuestion(standing.get());
      if (!late) {
        return planner.plan(input, root, leftOut(group));
      }
    }
  }

  private boolean isSameQuestion(StandingProduct standing) {
    return standing.verb().equals("convert")
        && ObservationPlanner.question(ConvertParameters.of(standing.parameters()))
            .equals(ObservationPlanner.question(parameters));
  }
}
