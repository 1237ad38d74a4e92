package org.cornerturn.jobs.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn demo}: the way from a recording to a picture, with the commands of a user. */
@Command(
    name = "demo",
    description = {
      "Simulate an oscilloscope's recording, convert it to Zarr with its pyramid, verify the store"
          + " and draw an overview; then the same with a radio interferometer's sub-bands and a"
          + " Measurement Set v4, gains of its antennas, an image of the sky, sources in it and their"
          + " light curves.",
      "It can be run again: it replaces what it has made, and touches nothing else.",
      "It ends by serving a page on the results, until Ctrl-C."
    },
    footer = {"", "Examples:", "  cornerturn demo", "  cornerturn demo --s3 --dir /scratch/demo"})
public final class DemoCommand extends Verb {
  private static final String BUCKET = "cornerturn-demo";
  private static final String KNOWN_FILE = "known.yaml";
  private static final String SKY_FILE = "sky.yaml";
  private static final String SERVER = "org.gaul.s3proxy.S3Proxy";
  private static final int STEPS = 17;

  /** Sub-bands of a night, as a user would ask for them; the start names the files. */
  private static final String START = "2022-06-01T00:00:00";

  /** What the conversion names the set of these sub-bands. */
  private static final String NAME = START.replace(":", "") + Msv4Layout.SUFFIX;

  private static final List<String> NIGHT =
      List.of(
          ("--start-time " + START + " --antennas 20 --integrations 24 --channels 192")
              .concat(" --phase tracked --noise --gain-errors --rfi --overwrite")
              .split(" "));

  /** What is known of the sky: the model of the calibration. */
  private static final String KNOWN =
      """
      - {name: calibrator, ra_deg: 131.8901, dec_deg: 37.3993, flux_jy: 12}
      - {name: steady, ra_deg: 131.55, dec_deg: 37.05, flux_jy: 1.5}
      """;

  /** What the antennas see besides: a source that gets three times as bright for a minute. */
  private static final String FLARE =
      """
      - {name: flare, ra_deg: 131.30, dec_deg: 37.45, flux_jy: 1,
         light_curve: [[0, 1], [150, 1], [200, 3], [310, 1]]}
      """;

  /** Gains by channel, and how they change, of the source as the antennas see it. */
  private static final List<String> GAINS =
      List.of("--beam airy --solve B:inf,G:60s --overwrite".split(" "));

  /** Name of the image of that night, and how it is made: the field around the source. */
  private static final String SKY = "sky";

  private static final List<String> IMAGE =
      List.of(
          "--data-group corrected --size 480 --scale 12asec --nmiter 5 --beam none --overwrite"
              .split(" "));

  /** Pictures of parts of that night, for light curves. */
  private static final List<String> SNAPSHOTS =
      List.of(
          "--data-group corrected --size 480 --scale 12asec --intervals-out 4 --nmiter 2 --beam airy"
              .concat(" --overwrite")
              .split(" "));

  /** What a step does and its command. */
  private record Step(String words, List<String> command) {}

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "cornerturn-demo",
      description = "Where everything goes (./${DEFAULT-VALUE}).")
  private Path dir;

  @Option(
      names = "--size",
      defaultValue = "240MB",
      description = "Size of the recording's samples (${DEFAULT-VALUE}).")
  private ByteSize size;

  @Option(
      names = "--s3",
      description = "Keep recording and store in a bucket of an S3 server inside this program.")
  private boolean s3;

  @Option(
      names = "--no-serve",
      description = "End when all is made: don't serve the results and wait.")
  private boolean noServe;

  private final Map<String, Double> seconds = new LinkedHashMap<>();

  @Override
  protected ExitCode run() throws IOException {
    Path folder = dir.normalize();
    Files.createDirectories(folder);
    if (!s3) {
      return demo(folder, folder.toString(), Map.of());
    }
    checkServer();
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket(BUCKET);
      say("An S3 server of this program's own listens at " + server.endpoint() + ".");
      return demo(folder, "s3a://" + BUCKET, server.settings());
    }
  }

  private void checkServer() {
    if (!global().master().startsWith("local")) {
      throw new UserError(
          "demo --s3 with --master " + global().master(),
          "the S3 server inside this program can be reached from this machine alone",
          "Leave out --master, or --s3");
    }
    try {
      Class.forName(SERVER, false, DemoCommand.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UserError(
          "demo --s3",
          "the jar for clusters has no S3 server in it",
          "Run it with submit/cornerturn and without SPARK_HOME",
          e);
    }
  }

  /**
   * @param at folder or bucket of recording and store
   */
  private ExitCode demo(Path folder, String at, Map<String, String> hadoop) throws IOException {
    String recording = at + "/recording.h5";
    String store = at + "/recording.zarr";
    List<Step> waveform =
        List.of(
            new Step(
                "Simulate a recording of " + size + ": two channels, three segments each",
                List.of("simulate", "waveform", recording, "--size", exactly(size), "--overwrite")),
            new Step(
                "Convert it to Zarr, with a pyramid of minima and maxima",
                List.of("convert", recording, store, "--profile", "waveform", "--overwrite")),
            new Step("Verify every object's checksum", List.of("verify", store)));
    ExitCode code = steps(0, waveform, folder, hadoop);
    if (code != ExitCode.COMPLETE) {
      return code;
    }
    Path overview = folder.resolve("overview.png");
    draw(4, "Draw the overview, from it alone", store, hadoop, overview, OverviewPicture::draw);

    String night = at + "/night/";
    List<String> simulate = new ArrayList<>(List.of("simulate", "uvh5", night));
    simulate.addAll(NIGHT);
    try (ObjectStore objects = Stores.open(at, hadoop)) {
      objects.put(KNOWN_FILE, KNOWN.getBytes(StandardCharsets.UTF_8));
      objects.put(SKY_FILE, (KNOWN + FLARE).getBytes(StandardCharsets.UTF_8));
    }
    simulate.addAll(List.of("--catalog", at + "/" + SKY_FILE));
    String sets = at + "/visibilities/";
    String set = sets + NAME;
    List<Step> radio =
        List.of(
            new Step(
                "Simulate three sources, one of which flares, as 20 antennas see them in 16 sub-bands",
                simulate),
            new Step(
                "Convert them to one Measurement Set v4, frequencies joined",
                List.of("convert", night, sets, "--profile", "uvh5", "--overwrite")),
            new Step("Verify every object's checksum", List.of("verify", set)));
    code = steps(4, radio, folder, hadoop);
    if (code != ExitCode.COMPLETE) {
      return code;
    }
    Path waterfall = folder.resolve("waterfall.png");
    draw(
        8,
        "Draw amplitudes over time and frequency",
        set,
        hadoop,
        waterfall,
        VisibilityPicture::draw);
    String gains = at + "/gains.cal.zarr";
    List<String> solve =
        new ArrayList<>(
            List.of("calibrate", set, gains, "--model", "components:" + at + "/" + KNOWN_FILE));
    solve.addAll(GAINS);
    String image = at + "/images/" + SKY + ".image.zarr";
    List<String> cleaned = new ArrayList<>(List.of("image", set, image));
    cleaned.addAll(IMAGE);
    String snapshots = at + "/images/snapshots.image.zarr";
    List<String> parts = new ArrayList<>(List.of("image", set, snapshots));
    parts.addAll(SNAPSHOTS);
    List<Step> sky =
        List.of(
            new Step("Flag the interference", List.of("flag", set)),
            new Step("Solve for the antennas' gains", solve),
            new Step("Correct the visibilities", List.of("apply", set, "--from", gains)),
            new Step("Image the sky, and clean it", cleaned),
            new Step("Find the sources in it", List.of("find-sources", image, "--seed", "15")),
            new Step("Give them names", List.of("associate")),
            new Step("Image four parts of the night", parts),
            new Step("Measure the sources in each of them", List.of("photometry", snapshots)),
            new Step("Make light curves", List.of("variability")));
    code = steps(8, sky, folder, hadoop);
    if (code != ExitCode.COMPLETE) {
      return code;
    }
    Path picture = folder.resolve(SKY + ".png");
    try (ObjectStore objects = Stores.open(image, hadoop)) {
      Files.write(picture, objects.get("preview/" + SKY + ".png"));
    }
    tell(folder, List.of(overview, waterfall, picture));
    if (!noServe && !global().json()) {
      serve(folder, at, hadoop);
    }
    return ExitCode.COMPLETE;
  }

  /** Shows the results on the page until the user has seen enough. */
  private void serve(Path folder, String at, Map<String, String> hadoop) throws IOException {
    Optional<DemoService> service = DemoService.ofLauncher();
    if (service.isEmpty()) {
      return; // Under spark-submit and in tests there is no launcher, and no service beside us.
    }
    say("");
    say("The page on these results (Ctrl-C ends it; --no-serve leaves it out):");
    service.get().run(at, folder.resolve("warehouse"), hadoop);
  }

  private ExitCode steps(int before, List<Step> steps, Path folder, Map<String, String> hadoop) {
    String warehouse = folder.resolve("warehouse").toString();
    for (int i = 0; i < steps.size(); i++) {
      List<String> command = new ArrayList<>(steps.get(i).command());
      announce(before + i + 1, steps.get(i).words());
      say("  cornerturn " + String.join(" ", command));
      command.addAll(List.of("--warehouse", warehouse));
      long start = System.nanoTime();
      ExitCode code = command(command, hadoop);
      if (code != ExitCode.COMPLETE) {
        console().warn("The demo ends here: the step ended with " + code.code() + ".");
        return code;
      }
      done(command.get(0), start, before == 0);
    }
    return ExitCode.COMPLETE;
  }

  private interface Picture {
    byte[] draw(ObjectStore store) throws IOException;
  }

  private void draw(
      int step, String words, String store, Map<String, String> hadoop, Path file, Picture picture)
      throws IOException {
    announce(step, words);
    long start = System.nanoTime();
    try (ObjectStore objects = Stores.open(store, hadoop)) {
      Files.write(file, picture.draw(objects));
    }
    done("draw", start, false);
  }

  private void announce(int step, String words) {
    say("");
    say(step + " of " + STEPS + ": " + words + ".");
  }

  /**
   * @param isRate whether to tell the rate of samples
   */
  private void done(String step, long start, boolean isRate) {
    double took = (System.nanoTime() - start) / 1e9;
    seconds.merge(step, took, Double::sum);
    String rate =
        isRate
            ? String.format(Locale.ROOT, ": %.0f MB of samples a second", size.bytes() / 1e6 / took)
            : "";
    say(String.format(Locale.ROOT, "  Done in %.1f s%s.", took, rate));
  }

  private void tell(Path folder, List<Path> pictures) {
    Path files = s3 ? folder.resolve("s3").resolve(BUCKET) : folder;
    String store = files.resolve("recording.zarr").toString();
    String set = files.resolve("visibilities").resolve(NAME).toString();
    if (global().json()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("picture", pictures.get(0).toAbsolutePath().toString());
      result.put("store", store);
      result.put("waterfall", pictures.get(1).toAbsolutePath().toString());
      result.put("sky", pictures.get(2).toAbsolutePath().toString());
      result.put("measurement_set", set);
      result.put("seconds", seconds);
      console().json(result);
      return;
    }
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    say("");
    say(String.format(Locale.ROOT, "All done in %.1f s. Look at the pictures:", all));
    pictures.forEach(p -> console().print(p.toAbsolutePath().toString()));
    say("and further with");
    say("  cornerturn inspect " + store);
    say("  cornerturn inspect " + set);
    say("  cornerturn verify " + set);
    if (s3) {
      say(
          "(when this ends its server stops; its bucket is a folder, in which the stores are as good).");
    }
  }

  private static String exactly(ByteSize size) {
    long bytes = size.bytes();
    return bytes % 1_000_000 == 0 ? bytes / 1_000_000 + "MB" : Long.toString(bytes);
  }

  private void say(String line) {
    console().say(line);
  }
}
