package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.jobs.image.ReportSections;
import org.cornerturn.jobs.mosaic.MosaicPlanner.Planned;
import org.cornerturn.jobs.pyramid.PyramidJob;
import org.cornerturn.mosaic.SlidingEpochs;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.spark.Refusal;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** Plans mosaics and hands them to the engine. */
public final class MosaicJob {
  public static final String VERB = "mosaic";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Areas of beams that differ by more are worth a word. */
  private static final double SAME_BEAMS = 1.1;

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  MosaicJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with mosaics from the parameters that their product or folder holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new MosaicJob(global, console, Existing.REFUSE)
        .run(MosaicParameters.of(workspace.parameters()), workspace.folder());
  }

  /**
   * Mosaics to make.
   *
   * @param standing epochs that are there, of other images than now
   */
  private record Plan(List<Planned> mosaics, List<Refusal> standing) {}

  ExitCode run(MosaicParameters parameters) throws IOException {
    return run(parameters, parameters.output());
  }

  /**
   * @param folder whose {@code _cornerturn/} holds ledger and lease
   */
  private ExitCode run(MosaicParameters parameters, String folder) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn mosaic", global, console);
    Plan plan = plan(parameters);
    for (Planned mosaic : plan.mosaics()) {
      requireMemory(mosaic);
      console.say(line(mosaic));
      if (!mosaic.mosaic().smooths() && mosaic.mosaic().beamSpread() > SAME_BEAMS) {
        console.warn(
            String.format(
                Locale.ROOT,
                "%s: the largest clean beam has %.2f times the area of the smallest: see"
                    + " --common-beam",
                mosaic.mosaic().name(),
                mosaic.mosaic().beamSpread()));
      }
    }
    Console.Gathering documents = console.gatherJson();
    try {
      ExitCode code = run.run(request(parameters, plan, folder), new MosaicKernel());
      if (code != ExitCode.COMPLETE && code != ExitCode.REFUSED) {
        return code;
      }
      List<Map<String, Object>> told = new ArrayList<>();
      for (Planned mosaic : plan.mosaics()) {
        ExitCode pyramid = finish(mosaic, told);
        code = pyramid.code() > code.code() ? pyramid : code;
      }
      if (global.json()) {
        console.json(Map.of("mosaics", told));
      }
      return code;
    } finally {
      documents.close();
    }
  }

  private Plan plan(MosaicParameters parameters) throws IOException {
    MosaicPlanner planner = new MosaicPlanner(global.hadoop(), global.warehouse());
    if (parameters.epochs() == null) {
      return new Plan(List.of(planner.plan(parameters)), List.of());
    }
    List<Tile> tiles = new TileHeaders(parameters, global.hadoop()).all();
    for (Tile tile : tiles) {
      if (Double.isNaN(tile.unix())) {
        throw new UserError(
            tile.source().uri(),
            "it doesn't say when it was observed, so it has no epoch",
            "Leave it out, or write DATE-OBS into its header");
      }
    }
    MosaicParameters.Epochs epochs = parameters.epochs();
    List<Planned> mosaics = new ArrayList<>();
    List<Refusal> standing = new ArrayList<>();
    UserError first = null;
    for (SlidingEpochs.Epoch epoch :
        new SlidingEpochs(epochs.lengthSeconds(), epochs.stepSeconds())
            .of(tiles.stream().mapToDouble(Tile::unix).toArray(), epochs.fewest())) {
      List<Tile> members = epoch.members().stream().map(tiles::get).toList();
      String root = parameters.output() + "/" + name(epoch);
      MosaicParameters one =
          parameters.of(members.stream().map(t -> t.source().asked()).toList(), root);
      try {
        Planned planned = planner.plan(one, members);
        if (isOther(planned)) {
          standing.add(new Refusal(root, "it is of other images than now: see --overwrite"));
        } else {
          mosaics.add(planned);
        }
      } catch (UserError e) {
        first = first == null ? e : first;
        standing.add(new Refusal(root, e.getMessage()));
      }
    }
    if (mosaics.isEmpty() && first != null) {
      throw first;
    }
    if (mosaics.isEmpty() && standing.isEmpty()) {
      throw new UserError(
          "--min-images " + epochs.fewest(),
          "no epoch has so many images",
          "Use a longer --epoch, or fewer");
    }
    return new Plan(mosaics, standing);
  }

  private static String name(SlidingEpochs.Epoch epoch) {
    return "mosaic-"
        + STAMP.format(Instant.ofEpochSecond(Math.round(epoch.startUnix())))
        + MosaicCommand.SUFFIX;
  }

  private boolean isOther(Planned planned) throws IOException {
    Optional<StandingProduct> there = StandingProduct.at(planned.product().root(), global.hadoop());
    return existing == Existing.REFUSE
        && there.isPresent()
        && !there.get().fingerprint().equals(planned.product().fingerprint());
  }

  private RunRequest<MosaicTask> request(MosaicParameters parameters, Plan plan, String folder) {
    return request(
        parameters, plan.mosaics(), plan.standing(), folder, existing, global.warehouse());
  }

  static RunRequest<MosaicTask> request(
      MosaicParameters parameters,
      List<Planned> mosaics,
      List<Refusal> standing,
      String folder,
      Existing existing,
      String warehouse) {
    return new RunRequest<>(
        VERB,
        parameters.images(),
        parameters.toJson(),
        folder,
        mosaics.stream().map(Planned::product).toList(),
        standing,
        existing,
        OnUnsupported.SKIP,
        warehouse);
  }

  /** Where tasks run in this JVM, each must fit its heap. */
  private void requireMemory(Planned planned) {
    long peak = planned.product().chunks().peakBytes();
    long heap = Runtime.getRuntime().maxMemory();
    if (global.master().startsWith("local") && peak > heap / 10 * 9) {
      throw new UserError(
          "a mosaic of " + size(planned.mosaic()) + " pixels",
          "a task takes " + ByteSize.inWords(peak) + ", the heap has " + ByteSize.inWords(heap),
          "Set CORNERTURN_HEAP="
              + (peak / 9 * 10 / (1L << 30) + 1)
              + "g, or choose larger pixels with --scale or a smaller --size");
    }
  }

  private static String size(Mosaic mosaic) {
    return mosaic.width() + " x " + mosaic.height();
  }

  private static String line(Planned planned) {
    Mosaic m = planned.mosaic();
    return String.format(
        Locale.ROOT,
        "%s: %d image%s on %s pixels of %.3g arcsec, tier %s",
        m.name(),
        m.tiles().size(),
        m.tiles().size() == 1 ? "" : "s",
        size(m),
        ImageTable.arcsec(m.pixelRad()),
        m.selection().tier());
  }

  /** Says what was measured, and makes the pyramid. */
  private ExitCode finish(Planned planned, List<Map<String, Object>> told) throws IOException {
    String root = planned.product().root();
    boolean whole =
        StandingProduct.at(root, global.hadoop()).filter(StandingProduct::isComplete).isPresent();
    if (!whole) {
      return ExitCode.COMPLETE; // Refused, which has been said.
    }
    try (ObjectStore product = Stores.open(root, S3Settings.completed(global.hadoop()))) {
      MosaicFacts facts = MosaicFacts.get(product, Mosaic.facts());
      String name = planned.mosaic().name();
      console.say(
          String.format(
              Locale.ROOT,
              "%s: rms %.4g Jy/beam, peak %.4g, dynamic range %.0f; sigma %.4g in the middle of the"
                  + " map, of single images %.4g; noise %.3f of what the map says",
              name,
              facts.quality().rms(),
              facts.quality().peak(),
              facts.quality().dynamicRange(),
              facts.sigma(),
              facts.tileSigma(),
              facts.noiseRatio()));
      if (facts.check() != null) {
        console.say(name + ": " + ReportSections.words(facts.check()));
      }
      if (facts.used() < planned.mosaic().tiles().size()) {
        int left = planned.mosaic().tiles().size() - facts.used();
        console.warn(name + ": " + left + " images are too noisy and are left out");
      }
      facts.findings().forEach(f -> console.warn(name + ": " + f));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", name);
      document.put("root", root);
      document.put("images", planned.mosaic().tiles().size());
      document.put("measured", facts);
      document.put("noise_ratio", facts.noiseRatio());
      document.put("findings", facts.findings());
      told.add(document);
    }
    return PyramidJob.ofArray(
        global, console, root + "/" + SkyImage.SKY, planned.mosaic().layout().shape());
  }

  /** Tells what would be done. */
  ExitCode dryRun(MosaicParameters parameters) throws IOException {
    Plan plan = plan(parameters);
    List<Map<String, Object>> all = plan.mosaics().stream().map(MosaicJob::describe).toList();
    if (global.json()) {
      console.json(Map.of("products", all, "refused_inputs", plan.standing()));
    } else {
      for (Map<String, Object> d : all) {
        d.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
        console.print("");
      }
      plan.standing().forEach(r -> console.print("refused " + r.object() + ": " + r.reason()));
    }
    return plan.standing().isEmpty() ? ExitCode.COMPLETE : ExitCode.REFUSED;
  }

  private static Map<String, Object> describe(Planned planned) {
    Mosaic mosaic = planned.mosaic();
    ChunkPlan<MosaicTask> chunks = planned.product().chunks();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", planned.product().id());
    d.put("root", planned.product().root());
    d.put("images", mosaic.tiles().size());
    d.put("pixels", size(mosaic));
    d.put("scale_arcsec", ImageTable.arcsec(mosaic.pixelRad()));
    d.put("centre_ra", Math.toDegrees(mosaic.centre().raRad()));
    d.put("centre_dec", Math.toDegrees(mosaic.centre().decRad()));
    d.put("tier", mosaic.selection().tier().toString());
    d.put("interpolation", mosaic.selection().interpolation().name().toLowerCase(Locale.ROOT));
    d.put("tasks", chunks.tasks().size());
    d.put("waves", chunks.waves().size());
    d.put("reads", ByteSize.inWords(chunks.inputBytes()));
    d.put("memory_per_task", ByteSize.inWords(chunks.peakBytes()));
    return d;
  }
}
