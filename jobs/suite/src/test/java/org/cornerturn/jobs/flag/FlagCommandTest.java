package org.cornerturn.jobs.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cornerturn.array.Box;
import org.cornerturn.flagging.Geometry;
import org.cornerturn.flagging.WindowBits;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SchemaCheck;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command from its arguments to what readers find, on an observation with known interference.
 */
class FlagCommandTest {
  private static final int ANTENNAS = 10;
  private static final int TIMES = 20;
  private static final int CHANNELS = 160;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static boolean[] truth;

  @BeforeAll
  static void observe() throws IOException {
    String file = shared.resolve("field.uvh5").toString();
    run(
        shared,
        "simulate",
        "uvh5",
        file,
        "--antennas",
        "" + ANTENNAS,
        "--integrations",
        "" + TIMES,
        "--channels",
        "" + CHANNELS,
        "--random-sources",
        "20",
        "--noise",
        "--rfi",
        "--gain-errors",
        "--seed",
        "5");
    run(
        shared,
        "convert",
        file,
        shared.resolve("field.ps.zarr").toString(),
        "--chunk-size",
        "64KiB");
    byte[] mask;
    try (Hdf5File hdf5 = Hdf5File.open(new LocalStore(shared).open("field.uvh5.truth.arrays"))) {
      Hdf5Dataset d = hdf5.dataset("/rfi_mask");
      mask = hdf5.read(d.source(), d.manifest()).bytes();
    }
    truth = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      truth[i] = mask[i] != 0;
    }
  }

  private static CommandRun any(Path folder, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of("--master", "local[2]", "--warehouse", folder.resolve("w").toString()));
    all.addAll(List.of(args));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static CommandRun run(Path folder, String... args) {
    CommandRun run = any(folder, args);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  /** The observation anew, for a test of its own. */
  private String fresh(String name) throws IOException {
    Path from = shared.resolve("field.ps.zarr");
    Path to = folder.resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        // With its time: it is part of what tells an input from another.
        Files.copy(p, to.resolve(from.relativize(p)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to.toString();
  }

  private static Msv4Reader reader(String product, String group) throws IOException {
    ProcessingSet set = ProcessingSet.open(new LocalStore(Path.of(product)));
    return set.measurementSet(set.names().get(0)).group(group);
  }

  private static short[] flags(String product, String group) throws IOException {
    Msv4Reader reader = reader(product, group);
    return reader.flagBits(Box.all(reader.shape()));
  }

  /** Objects of an array of the measurement set, by name. */
  private static Map<String, byte[]> objects(String product, String array) throws IOException {
    Msv4Reader reader = reader(product, DataGroup.BASE);
    Path root = Path.of(product, reader.name(), array);
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path p : files.filter(Files::isRegularFile).toList()) {
        all.put(root.relativize(p).toString(), Files.readAllBytes(p));
      }
    }
    return all;
  }

  private static void assertSame(Map<String, byte[]> one, Map<String, byte[]> other) {
    assertThat(one.keySet()).isNotEmpty().isEqualTo(other.keySet());
    one.forEach((k, v) -> assertThat(v).as(k).isEqualTo(other.get(k)));
  }

  private static FlagParameters question(String product, String strategy, long memory) {
    return new FlagParameters(
        product, DataGroup.BASE, StrategyFile.bundled(strategy), Selection.NONE, memory, List.of());
  }

  private static RunReport loop(FlagParameters parameters, Kernel<FlagTask> kernel)
      throws IOException {
    FlagPlanner.Planned planned = new FlagPlanner(parameters, Map.of(), null).plan();
    return ChunkJob.inLoop(Map.of())
        .run(FlagJob.request(parameters, planned, planned.folder(), null), kernel, Progress.NONE);
  }

  @Test
  void findsTheInterferenceAndLittleElse() throws IOException {
    String product = fresh("f.ps.zarr");
    short[] before = flags(product, DataGroup.BASE);
    CommandRun run = run(folder, "flag", product);
    assertThat(run.err()).contains("flagged").contains("RFI").contains("AUTOCORRELATION");
    short[] after = flags(product, DataGroup.FLAGGED);
    assertThat(flags(product, DataGroup.BASE)).isEqualTo(before);
    Msv4Reader reader = reader(product, DataGroup.FLAGGED);
    List<String> one = reader.antenna1Names();
    List<String> two = reader.antenna2Names();
    int baselines = one.size();
    long bad = 0;
    long found = 0;
    long good = 0;
    long wrong = 0;
    for (int i = 0; i < after.length; i++) {
      int channel = i / 2 % CHANNELS;
      int baseline = i / 2 / CHANNELS % baselines;
      int time = i / 2 / CHANNELS / baselines;
      boolean auto = one.get(baseline).equals(two.get(baseline));
      assertThat((after[i] & FlagBit.AUTOCORRELATION.mask()) != 0).isEqualTo(auto);
      assertThat(after[i] & before[i]).isEqualTo(before[i]);
      if (!auto) {
        boolean flagged = after[i] != 0;
        if (truth[time * CHANNELS + channel]) {
          bad++;
          found += flagged ? 1 : 0;
        } else {
          good++;
          wrong += flagged ? 1 : 0;
        }
      }
    }
    assertThat(bad).isGreaterThan(good / 50);
    assertThat((double) found / bad).as("completeness").isGreaterThanOrEqualTo(0.99);
    assertThat((double) wrong / good).as("false alarms").isLessThanOrEqualTo(0.03);
    assertFollowsTheSchema(product);
    assertThat(any(folder, "verify", product).exit()).isZero();
    assertThat(Path.of(product, reader.name(), "_cornerturn", "flagged", "parts")).doesNotExist();
    // Once more: nothing is left to do.
    Map<String, byte[]> objects = objects(product, "FLAG_FLAGGED");
    assertThat(run(folder, "flag", product).err()).contains("unchanged");
    assertSame(objects(product, "FLAG_FLAGGED"), objects);
    summarized(product, after);
  }

  /** The schema is part of the corpus. */
  private static void assertFollowsTheSchema(String product) throws IOException {
    if (System.getenv("CORNERTURN_CORPUS") != null) {
      assertThat(SchemaCheck.issues(product)).isEmpty();
    }
  }

  /** The table says what the flags are. */
  private void summarized(String product, short[] flags) throws IOException {
    long any = 0;
    long rfi = 0;
    for (short f : flags) {
      any += f != 0 ? 1 : 0;
      rfi += (f & FlagBit.RFI.mask()) != 0 ? 1 : 0;
    }
    Map<String, Long> counts = new TreeMap<>();
    new DeltaTable(new LocalStore(folder.resolve("w/flag_summary")), FlagSummary.TABLE)
        .read(
            List.of("root", "flags", "axis", "reason", "samples", "flagged"),
            row -> {
              assertThat(row[0]).isEqualTo(product);
              assertThat(row[1]).isEqualTo("FLAG_FLAGGED");
              counts.merge(row[2] + "/" + row[3], (long) row[5], Long::sum);
              counts.merge(row[2] + "/rows", 1L, Long::sum);
              if (row[2].equals("set")) {
                assertThat(row[4]).isEqualTo((long) flags.length);
              }
            });
    assertThat(counts.get("set/any")).isEqualTo(any);
    assertThat(counts.get("set/RFI")).isEqualTo(rfi);
    for (String axis : List.of("channel", "time", "correlation")) {
      assertThat(counts.get(axis + "/any")).as(axis).isEqualTo(any);
      assertThat(counts.get(axis + "/RFI")).as(axis).isEqualTo(rfi);
    }
    assertThat(counts.get("antenna/RFI")).isEqualTo(2 * rfi); // Crosses alone are searched.
    assertThat(counts.get("antenna/rows")).isGreaterThanOrEqualTo(ANTENNAS);
  }

  @Test
  void sparkGivesWhatTheLoopGives() throws IOException {
    String spark = fresh("spark.ps.zarr");
    String loop = fresh("loop.ps.zarr");
    CommandRun plan =
        run(folder, "flag", spark, "--memory", "33MiB", "--strategy", "aggressive", "--dry-run");
    assertThat(plan.out()).contains("windows").contains("waves            3");
    assertThat(reader(spark, DataGroup.BASE).groupNames()).containsExactly(DataGroup.BASE);
    run(folder, "flag", spark, "--memory", "33MiB", "--strategy", "aggressive");
    FlagParameters parameters = question(loop, "aggressive", 33 << 20);
    FlagPlanner.Planned planned = new FlagPlanner(parameters, Map.of(), null).plan();
    assertThat(planned.flags().get(0).grid().grid().count()).isGreaterThan(3);
    assertThat(loop(parameters, new FlagKernel()).exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertSame(objects(spark, "FLAG_FLAGGED"), objects(loop, "FLAG_FLAGGED"));
  }

  /** Fails for good at one task. */
  private record Failing(String id) implements Kernel<FlagTask> {
    @Override
    public Outcome run(FlagTask task, TaskStores stores) throws IOException {
      if (task.id().equals(id)) {
        throw new AccessDeniedException("no more");
      }
      return new FlagKernel().run(task, stores);
    }
  }

  @Test
  void whatWasInterruptedIsFinished() throws IOException {
    String whole = fresh("whole.ps.zarr");
    assertThat(loop(question(whole, "standard", 33 << 20), new FlagKernel()).exit())
        .isEqualTo(RunReport.Exit.COMPLETE);
    String broken = fresh("broken.ps.zarr");
    FlagParameters question = question(broken, "standard", 33 << 20);
    List<FlagTask> tasks =
        new FlagPlanner(question, Map.of(), null).plan().flags().get(0).product().chunks().tasks();
    for (FlagTask last : List.of(tasks.get(1), tasks.get(tasks.size() - 1))) {
      assertThat(loop(question, new Failing(last.id())).exit())
          .isEqualTo(RunReport.Exit.INCOMPLETE);
      assertThat(reader(broken, DataGroup.BASE).groupNames()).containsExactly(DataGroup.BASE);
    }
    run(folder, "resume", broken);
    assertSame(objects(broken, "FLAG_FLAGGED"), objects(whole, "FLAG_FLAGGED"));
    assertThat(any(folder, "verify", broken).exit()).isZero();
  }

  @Test
  void flaggingAgainMakesAVersion() throws IOException {
    String product = fresh("v.ps.zarr");
    run(folder, "flag", product, "--strategy", "gentle");
    short[] gentle = flags(product, DataGroup.FLAGGED);
    run(folder, "flag", product);
    assertThat(reader(product, DataGroup.FLAGGED).dataGroup().flag()).isEqualTo("FLAG_FLAGGED_2");
    short[] standard = flags(product, DataGroup.FLAGGED);
    assertThat(count(standard, 0xffff)).isGreaterThan(count(gentle, 0xffff));
    run(folder, "flag", product, "--undo", "rfi,RFI_EXTENSION");
    assertThat(reader(product, DataGroup.FLAGGED).dataGroup().flag()).isEqualTo("FLAG_FLAGGED_3");
    short[] undone = flags(product, DataGroup.FLAGGED);
    int gone = FlagBit.RFI.mask() | FlagBit.RFI_EXTENSION.mask();
    for (int i = 0; i < undone.length; i++) {
      assertThat(undone[i]).isEqualTo((short) (standard[i] & ~gone));
    }
    assertThat(count(undone, FlagBit.AUTOCORRELATION.mask())).isPositive();
    CommandRun again = run(folder, "flag", product, "--undo", "RFI_EXTENSION,RFI");
    assertThat(again.err()).contains("so already");
    assertThat(run(folder, "flag", product, "--prune").err())
        .contains("FLAG_FLAGGED, FLAG_FLAGGED_2 removed");
    assertThat(flags(product, DataGroup.FLAGGED)).isEqualTo(undone);
    Msv4Reader reader = reader(product, DataGroup.FLAGGED);
    assertThat(reader.has("FLAG_FLAGGED")).isFalse();
    assertThat(Path.of(product, reader.name(), "FLAG_FLAGGED_2")).doesNotExist();
    assertFollowsTheSchema(product);
    assertThat(any(folder, "verify", product).exit()).isZero();
    run(folder, "flag", product);
    assertThat(flags(product, DataGroup.FLAGGED)).isEqualTo(standard);
  }

  private static long count(short[] flags, int mask) {
    long n = 0;
    for (short f : flags) {
      n += (f & mask) != 0 ? 1 : 0;
    }
    return n;
  }

  @Test
  void selectionsAreFlaggedWithTheirReasons() throws IOException {
    String product = fresh("s.ps.zarr");
    Msv4Reader base = reader(product, DataGroup.BASE);
    List<String> names = base.antennaNames();
    List<String> one = base.antenna1Names();
    List<String> two = base.antenna2Names();
    String bad = one.get(0);
    String other = two.get(one.size() - 1);
    String third =
        names.stream()
            .filter(one::contains)
            .filter(n -> !n.equals(bad) && !n.equals(other))
            .findFirst()
            .orElseThrow();
    Path yaml = folder.resolve("masks.yaml");
    Files.writeString(yaml, "masks: {autocorrelations: false}\n");
    run(
        folder,
        "flag",
        product,
        "--strategy",
        yaml.toString(),
        "--antennas",
        bad,
        "--baselines",
        third + "&" + other,
        "--channels",
        "3,10..12",
        "--uv-range",
        "..1klambda",
        "--quack",
        "13");
    short[] flags = flags(product, DataGroup.FLAGGED);
    double[] hz = base.frequenciesHz();
    int baselines = one.size();
    for (int t = 0; t < TIMES; t++) {
      double[] uvw = base.uvwMetres(t, 1);
      for (int b = 0; b < baselines; b++) {
        String p = one.get(b);
        String q = two.get(b);
        boolean listed =
            p.equals(bad)
                || q.equals(bad)
                || p.equals(third) && q.equals(other)
                || p.equals(other) && q.equals(third);
        double length = Math.hypot(uvw[3 * b], uvw[3 * b + 1]);
        for (int c = 0; c < CHANNELS; c++) {
          int expected = 0;
          if (listed || c == 3 || c >= 10 && c <= 12) {
            expected |= FlagBit.STATIC.mask();
          }
          if (length * hz[c] / 299_792_458 > 1000) {
            expected |= FlagBit.GEOMETRY.mask();
          }
          if (t < 2) { // 12.9 s each.
            expected |= FlagBit.QUACK.mask();
          }
          int at = ((t * baselines + b) * CHANNELS + c) * 2;
          assertThat((int) flags[at]).as("%d %d %d", t, b, c).isEqualTo(expected);
          assertThat((int) flags[at + 1]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aSetOfWhichNothingIsLeftIsFlaggedWhole() throws IOException {
    String product = fresh("n.ps.zarr");
    String all = String.join(",", reader(product, DataGroup.BASE).antennaNames());
    CommandRun run = run(folder, "flag", product, "--antennas", all);
    assertThat(run.err()).contains("100.00 % flagged");
    for (short f : flags(product, DataGroup.FLAGGED)) {
      assertThat(f & FlagBit.STATIC.mask()).isNotZero();
      assertThat(f & FlagBit.RFI.mask()).isZero();
    }
  }

  @Test
  void whatIsTooLowIsFlagged() throws IOException {
    String product = fresh("e.ps.zarr");
    Msv4Reader base = reader(product, DataGroup.BASE);
    Ecef sum = new Ecef(0, 0, 0);
    for (Ecef p : base.antennaPositions()) {
      sum = sum.plus(p);
    }
    double n = base.antennaPositions().size();
    Geodetic site = new Ecef(sum.xMetres() / n, sum.yMetres() / n, sum.zMetres() / n).toGeodetic();
    FieldCenter field = base.fields().get(0);
    IcrsDirection direction = new IcrsDirection(field.longitudeRad(), field.latitudeRad());
    double[] elevations = new double[TIMES];
    for (int t = 0; t < TIMES; t++) {
      JulianDate at = JulianDate.ofUnixSeconds(base.unixSeconds()[t]);
      elevations[t] = Math.toDegrees(Geometry.elevationRad(site, at, direction));
    }
    double limit = (elevations[3] + elevations[4]) / 2;
    Path yaml = folder.resolve("masks.yaml");
    Files.writeString(yaml, "masks: {autocorrelations: false}\n");
    run(folder, "flag", product, "--strategy", yaml.toString(), "--elevation", limit + "deg");
    short[] flags = flags(product, DataGroup.FLAGGED);
    int perTime = flags.length / TIMES;
    for (int i = 0; i < flags.length; i++) {
      int expected = elevations[i / perTime] < limit ? FlagBit.GEOMETRY.mask() : 0;
      assertThat((int) flags[i]).isEqualTo(expected);
    }
    assertThat(count(flags, 0xffff)).isBetween(1L, flags.length - 1L);
  }

  @Test
  void oneBaselineIsEnough() throws IOException {
    String file = folder.resolve("pair.uvh5").toString();
    String product = folder.resolve("pair.ps.zarr").toString();
    run(
        folder,
        "simulate",
        "uvh5",
        file,
        "--antennas",
        "2",
        "--integrations",
        "16",
        "--channels",
        "64",
        "--no-autocorrelations",
        "--noise",
        "--rfi");
    run(folder, "convert", file, product);
    run(folder, "flag", product);
    assertThat(count(flags(product, DataGroup.FLAGGED), FlagBit.RFI.mask())).isPositive();
  }

  @Test
  void mistakesAreToldAndNothingIsWritten() throws IOException {
    String product = fresh("m.ps.zarr");
    List<List<String>> mistakes =
        List.of(
            List.of("--antennas", "nobody"),
            List.of("--baselines", "a"),
            List.of("--channels", "100000"),
            List.of("--uv-range", "5"),
            List.of("--strategy", "wild"),
            List.of("--strategy", folder.resolve("none.yaml").toString()),
            List.of("--undo", "RAIN"),
            List.of("--undo", "RFI"),
            List.of("--data-group", "nobody"),
            List.of("--quack", "-1"));
    for (List<String> mistake : mistakes) {
      List<String> words = new ArrayList<>(List.of("flag", product));
      words.addAll(mistake);
      CommandRun run = any(folder, words.toArray(String[]::new));
      assertThat(run.exit()).as(mistake + run.err()).isEqualTo(2);
    }
    assertThat(any(folder, "flag", folder.resolve("none.ps.zarr").toString()).exit()).isEqualTo(2);
    assertThat(reader(product, DataGroup.BASE).groupNames()).containsExactly(DataGroup.BASE);
    assertThat(Path.of(product, reader(product, DataGroup.BASE).name(), "_cornerturn"))
        .doesNotExist();
  }

  @Test
  void theBitsAreThoseOfTheLayout() {
    Map<FlagBit, Byte> own =
        Map.of(
            FlagBit.STATIC, WindowBits.STATIC,
            FlagBit.ZERO, WindowBits.ZERO,
            FlagBit.AUTOCORRELATION, WindowBits.AUTOCORRELATION,
            FlagBit.GEOMETRY, WindowBits.GEOMETRY,
            FlagBit.QUACK, WindowBits.QUACK,
            FlagBit.RFI, WindowBits.RFI,
            FlagBit.RFI_EXTENSION, WindowBits.RFI_EXTENSION,
            FlagBit.TOTALS, WindowBits.TOTALS);
    own.forEach((bit, b) -> assertThat(WindowBits.widen(b)).isEqualTo(bit.mask()));
  }
}
