package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.image.ImagePlanner.Planned;
import org.cornerturn.jobs.pyramid.PyramidJob;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** Plans images and hands them to the engine. */
public final class ImageJob {
  public static final String VERB = "image";

  private static final int TOLD = 12;

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  ImageJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with images from the parameters that their product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new ImageJob(global, console, Existing.REFUSE)
        .run(ImageParameters.of(workspace.parameters()));
  }

  ExitCode run(ImageParameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn image", global, console);
    Planned planned = new ImagePlanner(parameters, global.hadoop(), global.warehouse()).plan();
    requireMemory(planned);
    console.say(line(planned));
    console.say(
        "a task takes up to "
            + ByteSize.inWords(planned.product().chunks().peakBytes())
            + " of memory; "
            + mode(planned.imaging()));
    if (planned.beyond() > 0) {
      console.say(
          planned.beyond()
              + " rows have baselines that these pixels can't show, and are left out: see --scale");
    }
    Console.Gathering documents = console.gatherJson();
    try {
      long start = System.nanoTime();
      ExitCode code =
          run.run(request(parameters, planned, existing, global.warehouse()), new ImageKernel());
      if (code != ExitCode.COMPLETE) {
        return code;
      }
      List<Map<String, Object>> told = tell(planned, (System.nanoTime() - start) / 1e9);
      code =
          PyramidJob.ofArray(
              global,
              console,
              parameters.output() + "/" + Role.IMAGE.array(),
              new ImageArrays(planned.imaging()).shape());
      if (global.json()) {
        console.json(Map.of("root", planned.product().root(), "images", told));
      }
      return code;
    } finally {
      documents.close();
    }
  }

  /** Where tasks run in this JVM, each must fit its heap. */
  private void requireMemory(Planned planned) {
    long peak = planned.product().chunks().peakBytes();
    long heap = Runtime.getRuntime().maxMemory();
    if (global.master().startsWith("local") && peak > heap / 10 * 9) {
      throw new UserError(
          "an image of "
              + planned.imaging().geometry().width()
              + " x "
              + planned.imaging().geometry().height()
              + " pixels",
          "a task takes " + ByteSize.inWords(peak) + ", the heap has " + ByteSize.inWords(heap),
          "Set CORNERTURN_HEAP="
              + (peak / 9 * 10 / (1L << 30) + 1)
              + "g, or choose a smaller --size, more --parts or fewer --pol");
    }
  }

  private static String line(Planned planned) {
    Imaging imaging = planned.imaging();
    return String.format(
        Locale.ROOT,
        "%d image%s of %d x %d pixels of %.3g arcsec, %s of data group %s; %s",
        imaging.cells().size() * imaging.polarizations().size(),
        imaging.cells().size() * imaging.polarizations().size() == 1 ? "" : "s",
        imaging.geometry().width(),
        imaging.geometry().height(),
        Math.toDegrees(imaging.geometry().pixelRad()) * 3600,
        millions(planned.samples()),
        imaging.sets().get(0).group(),
        planned.grid());
  }

  private static String millions(long samples) {
    return String.format(Locale.ROOT, "%.3g million samples", samples / 1e6);
  }

  /** Says what was measured of each image, and gives it for the document. */
  private List<Map<String, Object>> tell(Planned planned, double seconds) throws IOException {
    Imaging imaging = planned.imaging();
    List<Map<String, Object>> documents = new ArrayList<>();
    int told = 0;
    try (ObjectStore product =
        Stores.open(planned.product().root(), S3Settings.completed(global.hadoop()))) {
      for (int cell : images(imaging)) {
        for (int p = 0; p < imaging.polarizations().size(); p++) {
          boolean says = told++ < TOLD;
          if (!says && !global.json()) {
            continue;
          }
          String name = OutputStep.name(imaging, cell, p);
          Facts facts = Facts.get(product, Imaging.facts(cell, p));
          Map<String, Object> document = new LinkedHashMap<>();
          document.put("name", name);
          document.put("measured", facts);
          document.put("findings", Findings.of(facts));
          documents.add(document);
          if (says) {
            console.say(name + ": " + words(facts));
            if (facts.check() != null) {
              console.say(name + ": " + ReportSections.words(facts.check()));
            }
            for (String finding : Findings.of(facts)) {
              console.warn(name + ": " + finding);
            }
          }
        }
      }
    }
    if (told > TOLD) {
      console.say("... and " + (told - TOLD) + " more");
    }
    console.say(
        String.format(
            Locale.ROOT,
            "%s in %.1f s: %.2f million a second, all cycles counted",
            millions(planned.samples()),
            seconds,
            planned.samples() / 1e6 / seconds));
    return documents;
  }

  /** The cells, and all channels of an interval together where they are joined. */
  static List<Integer> images(Imaging imaging) {
    List<Integer> all = new ArrayList<>();
    imaging.cells().forEach(c -> all.add(c.number()));
    if (imaging.parameters().axes().joined() && imaging.channels() > 1) {
      for (int t = 0; t < imaging.intervals(); t++) {
        all.add(-1 - t);
      }
    }
    return all;
  }

  private static String words(Facts facts) {
    ImageQuality q = facts.quality();
    if (q == null) {
      return "blank, nothing has weight";
    }
    GaussianBeam beam = facts.beam();
    return String.format(
        Locale.ROOT,
        "rms %.4g Jy/beam%s, peak %.4g, dynamic range %.0f%s%s",
        q.rms(),
        Double.isNaN(facts.thermalJy())
            ? ""
            : String.format(
                Locale.ROOT, " (%.2f of the receivers')", q.noiseOverTheory(facts.thermalJy())),
        q.peak(),
        q.dynamicRange(),
        beam == null
            ? ", no beam"
            : String.format(
                Locale.ROOT,
                ", beam %.2f x %.2f arcsec at %.1f deg",
                ImageTable.arcsec(beam.majorRad()),
                ImageTable.arcsec(beam.minorRad()),
                Math.toDegrees(beam.positionAngleRad())),
        facts.cycles().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", %d components in %d cycles (%s)",
                facts.iterations(),
                facts.cycles().size(),
                facts
                    .cycles()
                    .get(facts.cycles().size() - 1)
                    .end()
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', ' ')));
  }

  static RunRequest<ImageTask> request(
      ImageParameters parameters, Planned planned, Existing existing, String warehouse) {
    return RunRequest.of(planned.product(), List.of(parameters.product()), existing, warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(ImageParameters parameters) throws IOException {
    Planned planned = new ImagePlanner(parameters, global.hadoop(), global.warehouse()).plan();
    Map<String, Object> d = describe(planned);
    if (global.json()) {
      console.json(d);
    } else {
      d.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
    }
    return ExitCode.COMPLETE;
  }

  private static Map<String, Object> describe(Planned planned) {
    Imaging imaging = planned.imaging();
    ChunkPlan<ImageTask> chunks = planned.product().chunks();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", planned.product().id());
    d.put("root", planned.product().root());
    d.put("mode", mode(imaging));
    d.put("images", imaging.cells().size() * imaging.polarizations().size());
    d.put("pixels", imaging.geometry().width() + " x " + imaging.geometry().height());
    d.put("scale_arcsec", ImageTable.arcsec(imaging.geometry().pixelRad()));
    d.put("samples", planned.samples());
    d.put("grid", planned.grid().toString());
    d.put("data_group", imaging.sets().get(0).group());
    d.put("tasks", chunks.tasks().size());
    d.put("waves", chunks.waves().size());
    d.put("reads", ByteSize.inWords(chunks.inputBytes()));
    d.put("memory_gridding", ByteSize.inWords(most(chunks, GridTask.class)));
    d.put("memory_cleaning", ByteSize.inWords(most(chunks, CleanTask.class)));
    d.put("memory_per_task", ByteSize.inWords(chunks.peakBytes()));
    return d;
  }

  private static long most(ChunkPlan<ImageTask> chunks, Class<? extends ImageTask> kind) {
    return chunks.tasks().stream()
        .filter(kind::isInstance)
        .mapToLong(ImageTask::peakBytes)
        .max()
        .orElse(0);
  }

  private static String mode(Imaging imaging) {
    String time = imaging.intervals() > 1 ? "snapshots" : "survey";
    if (imaging.facets().size() > 1) {
      time += ", big image of " + imaging.facets().size() + " facets";
    }
    if (imaging.channels() == 1) {
      return time;
    }
    return time + (imaging.parameters().axes().joined() ? ", joined channels" : ", each channel");
  }
}
