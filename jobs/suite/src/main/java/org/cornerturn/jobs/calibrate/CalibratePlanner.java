package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionCells;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.jobs.model.ModelSources;
import org.cornerturn.jobs.model.SkyModel;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;

/** Plans the gains of a processing set's measurement sets, one product for all of them. */
final class CalibratePlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "3";

  private CalibrateParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;
  private final long sumsBytes;

  /**
   * @param warehouse of the tables of solutions; null for none
   */
  CalibratePlanner(CalibrateParameters parameters, Map<String, String> hadoop, String warehouse) {
    this(parameters, hadoop, warehouse, ChainPlan.SUMS_BYTES);
  }

  /**
   * @param sumsBytes of the sums that a task may hold
   */
  CalibratePlanner(
      CalibrateParameters parameters,
      Map<String, String> hadoop,
      String warehouse,
      long sumsBytes) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
    this.sumsBytes = sumsBytes;
  }

  /** The product, and of each measurement set what its tasks know. */
  record Planned(ProductPlan<CalibrateTask> product, List<SolvedSet> sets) {
    Planned {
      sets = List.copyOf(sets);
    }
  }

  Planned plan() throws IOException {
    List<Term> chain = parameters.terms();
    List<OpenSet> open = OpenSet.all(parameters.product(), parameters.dataGroup(), hadoop);
    parameters = parameters.withGroup(OpenSet.groupOf(open, parameters.dataGroup()));
    List<SolvedSet> sets = new ArrayList<>();
    List<CalibrateTask> tasks = new ArrayList<>();
    List<InputVersion> inputs = new ArrayList<>();
    Fingerprint fingerprint =
        new Fingerprint()
            .with("verb", CalibrateJob.VERB)
            .with("encoder", ENCODER)
            .with("chain", chain.toString())
            .with("solving", parameters.solver().toString())
            .with("min beam", "" + parameters.minBeam())
            .with("refant", "" + parameters.refant());
    for (OpenSet o : open) {
      Msv4Reader reader = o.reader();
      PhaseTrack track = PhaseTrack.of(reader);
      SkyModel model = new ModelSources(parameters.model(), hadoop, warehouse).of(o, track);
      boolean[] used = used(track, model, reader);
      double[] seconds = reader.unixSeconds();
      List<Intervals> intervals = new ArrayList<>();
      for (Term term : chain) {
        intervals.add(Intervals.of(term, seconds, reader.integrationSeconds(), used));
      }
      SolvedSet set = set(reader, o, track, model, used, chain, intervals);
      sets.add(set);
      tasks.addAll(new ChainPlan(set, reader.visibilityMetadata(), intervals, sumsBytes).tasks());
      InputVersion version = o.version();
      inputs.add(version);
      fingerprint
          .with("input " + version.uri(), version.version())
          .with("model of " + version.uri(), model.fingerprint());
    }
    String name = parameters.output().substring(parameters.output().lastIndexOf('/') + 1);
    String hex = fingerprint.hex();
    for (SolvedSet set : warehouse == null ? List.<SolvedSet>of() : sets) {
      tasks.addAll(RowsTask.of(set, SolutionPublisher.id(name, hex), warehouse));
    }
    ProductPlan<CalibrateTask> product =
        ProductPlan.folder(
            name,
            parameters.output(),
            hex,
            CalibrateJob.VERB,
            parameters.toJson(),
            inputs,
            new ChunkPlan<>(tasks),
            List.of(),
            new SolutionPublisher(parameters, sets, hex, name, Versions.own(), warehouse, hadoop));
    return new Planned(product, sets);
  }

  /** Integrations in which the model's flux is a fair part of the most that any has. */
  private boolean[] used(PhaseTrack track, SkyModel model, Msv4Reader reader) throws IOException {
    boolean[] used = new boolean[track.ofTime().size()];
    if (model.group() != null) {
      Arrays.fill(used, true);
      return used;
    }
    if (model.image() != null) {
      throw new UserError(
          "--model " + parameters.model().model(),
          "it has " + model.image().points() + " pixels with flux, too many to predict in passing",
          "Predict it with cornerturn model, then solve with --model group:model");
    }
    double[] hertz = reader.frequenciesHz();
    VisibilityPredictor predictor =
        model.predictor(new double[] {hertz[hertz.length / 2]}, List.of(Polarization.I));
    double[] flux = new double[track.ofTime().size()];
    IcrsDirection at = null;
    for (int t = 0; t < flux.length; t++) {
      IcrsDirection centre = track.ofTime().get(t);
      if (t > 0 && centre.equals(at)) {
        flux[t] = flux[t - 1];
        continue;
      }
      predictor.field(centre, centre);
      at = centre;
      for (int c = 0; c < model.components().size(); c++) {
        flux[t] += Math.abs(predictor.apparentFluxJy(c, 0));
      }
    }
    double most = Arrays.stream(flux).max().orElse(0);
    if (!(most > 0)) {
      throw new UserError(
          parameters.product(),
          "no calibrator is in the beam: nothing of the model is seen in any integration",
          "Name another --model, or a wider --beam");
    }
    for (int t = 0; t < used.length; t++) {
      used[t] = flux[t] >= parameters.minBeam() * most;
    }
    return used;
  }

  private SolvedSet set(
      Msv4Reader reader,
      OpenSet open,
      PhaseTrack track,
      SkyModel model,
      boolean[] used,
      List<Term> chain,
      List<Intervals> intervals)
      throws IOException {
    List<String> antennas = antennas(reader);
    if (parameters.refant() != null && !antennas.contains(parameters.refant())) {
      throw new UserError(
          "--refant " + parameters.refant(),
          "the data have no such antenna",
          "Use auto, or one of " + String.join(" ", antennas));
    }
    List<String> receptors = SolutionCells.receptors(SolvedSet.polarizations(reader));
    if (receptors.isEmpty()) {
      throw new UserError(
          open.folder(), "it has no parallel hands to solve with", "Convert XX, YY, RR or LL");
    }
    boolean full = parameters.solver().fullJones();
    if (full) {
      requireMatrices(open, reader, chain.get(chain.size() - 1));
    }
    List<TermArrays> arrays = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Term term = chain.get(i);
      String label = SolvedSet.label(term, i);
      arrays.add(
          new TermArrays(
              reader.name() + "/" + label,
              label,
              intervals.get(i).axis(),
              frequencies(term, reader.frequenciesHz(), reader.channelWidthHz()),
              antennas,
              receptors,
              full && i == chain.size() - 1));
    }
    return new SolvedSet(
        open.uri(),
        reader.name(),
        reader.dataGroup().name(),
        track.ofTime(),
        used,
        antennas,
        model,
        chain,
        arrays,
        parameters.solver(),
        parameters.refant());
  }

  private static void requireMatrices(OpenSet open, Msv4Reader reader, Term last)
      throws IOException {
    if (reader.polarizations().size() != 4) {
      throw new UserError(
          open.folder(),
          "full Jones matrices need all four correlations, it has "
              + String.join(" ", reader.polarizations()),
          "Leave out --full-jones");
    }
    if (last.kind() == Term.Kind.K || last.phaseOnly()) {
      throw new UserError(
          "--full-jones with " + last,
          "matrices are of terms B and G with amplitudes",
          "End the chain with such a term");
    }
  }

  /** Antennas of the baselines, in the order of the array. */
  private static List<String> antennas(Msv4Reader reader) throws IOException {
    Set<String> present = new LinkedHashSet<>(reader.antenna1Names());
    present.addAll(reader.antenna2Names());
    return reader.antennaNames().stream().filter(present::contains).toList();
  }

  /** Frequencies of a term's gains: the middles of its blocks of channels. */
  static SolutionAxis frequencies(Term term, double[] hertz, double width) {
    int each = term.kind() == Term.Kind.K ? hertz.length : term.channelsOf(hertz.length);
    int n = (hertz.length + each - 1) / each;
    double half = Double.isNaN(width) ? 0 : width / 2;
    double[] centre = new double[n];
    double[] start = new double[n];
    double[] end = new double[n];
    for (int i = 0; i < n; i++) {
      double low = hertz[i * each];
      double high = hertz[Math.min(hertz.length, (i + 1) * each) - 1];
      centre[i] = (low + high) / 2;
      start[i] = low - half;
      end[i] = high + half;
    }
    return new SolutionAxis(centre, start, end);
  }
}
