package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.Subbands;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SchemaCheck;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.uvh5.RowMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sub-bands of observations become one measurement set each, whatever is wrong with some. */
class ConvertObservationTest {
  private static final String NAME = "2022-01-20T083005";
  private static final int SUBBANDS = 4;

  @TempDir Path folder;

  private Path incoming(String... changes) throws IOException, InterruptedException {
    Path in = folder.resolve("in");
    List<String> arguments =
        new ArrayList<>(List.of("subbands", in.toString(), Integer.toString(SUBBANDS)));
    arguments.addAll(List.of(changes));
    OutsideProgram.python("h5py", "make_uvh5.py", arguments.toArray(String[]::new));
    return in;
  }

  private CommandRun convert(Path in, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "convert",
                in.toString(),
                folder + "/out/",
                "--warehouse",
                folder + "/warehouse",
                "--master",
                "local[2]",
                "--subbands",
                Integer.toString(SUBBANDS)));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private String store() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("out"))) {
      List<Path> stores = all.filter(p -> p.toString().endsWith(".ps.zarr")).sorted().toList();
      assertThat(stores).hasSize(1);
      return stores.get(0).toString();
    }
  }

  private static String set(String store) {
    return Path.of(store).getFileName().toString().replaceFirst("(\\.v\\d+)?\\.ps\\.zarr$", "")
        + "_0";
  }

  private void judge(String store, List<Path> files) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(store, set(store)));
    files.forEach(f -> arguments.add(f.toString()));
    String said = OutsideProgram.python("h5py", "check_msv4.py", arguments.toArray(String[]::new));
    assertThat(said).contains("\"shape\": [6, 15, 32, 2]");
    if (SchemaCheck.isAvailable()) {
      assertThat(SchemaCheck.issues(store)).isEmpty();
    }
  }

  private static List<Path> files(Path in, int... without) throws IOException {
    try (Stream<Path> all = Files.list(in)) {
      List<Path> kept = new ArrayList<>(all.sorted().toList());
      for (int n : without) {
        kept.removeIf(p -> p.toString().endsWith("_sb0" + n + ".hdf5"));
      }
      return kept;
    }
  }

  private List<Object[]> rows(String... columns) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    new DeltaTable(Stores.open(folder + "/warehouse/observations", Map.of()), ObservationRow.TABLE)
        .read(List.of(columns), rows::add);
    return rows;
  }

  /** What the folder's ledger says of the files that were not used. */
  private List<String> refused() throws IOException {
    TableDefinition ledger =
        TableDefinition.named("ledger", "some of its columns")
            .text("task", "the file")
            .text("status", "what became of it")
            .text("error", "why");
    List<String> rows = new ArrayList<>();
    new DeltaTable(Stores.open(folder + "/out/_cornerturn/ledger", Map.of()), ledger)
        .read(
            List.of("task", "status", "error"),
            v -> {
              if (!v[1].equals("done")) {
                rows.add(Arrays.toString(v));
              }
            });
    return rows;
  }

  @Test
  void subbandsShareAnAscendingAxis() throws Exception {
    Path in = incoming();
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isZero();
    judge(store(), files(in));
    assertThat(CommandRun.of("verify", store()).exit()).isZero();
    List<Object[]> rows =
        rows("subbands", "missing_subbands", "channels", "antennas", "version", "flagged");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)[0]).isEqualTo(List.of("sb00", "sb01", "sb02", "sb03"));
    assertThat((List<?>) rows.get(0)[1]).isEmpty();
    assertThat(rows.get(0)[2]).isEqualTo(32L);
    assertThat(rows.get(0)[3]).isEqualTo(5L);
    assertThat(rows.get(0)[4]).isEqualTo(1L);
    assertThat((Double) rows.get(0)[5]).isBetween(0.05, 0.15);
    assertThat(folder.resolve("out/" + Path.of(store()).getFileName() + "/_cornerturn/parts"))
        .satisfiesAnyOf(p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyDirectory());
    assertThat(convert(in).err()).contains("unchanged");
    assertThat(rows("version")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void missingSubbandsAreFlagged(int missing) throws Exception {
    Path in = incoming();
    Files.delete(files(in).get(missing));
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isZero();
    judge(store(), files(in));
    assertThat(rows("missing_subbands").get(0)[0]).isEqualTo(List.of("sb0" + missing));
  }

  @Test
  void tooFewAreRefused() throws Exception {
    Path in = incoming("only=0+1");
    CommandRun run = convert(in, "--min-subbands", "3");
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("has 2 of 4 sub-bands, fewer than --min-subbands 3");
    assertThat(folder.resolve("out/" + NAME + ".ps.zarr")).doesNotExist();
  }

  @Test
  void lateFilesMakeANewVersion() throws Exception {
    Path in = incoming();
    Path late = files(in).get(1);
    Path aside = folder.resolve(late.getFileName());
    Files.move(late, aside);
    assertThat(convert(in).exit()).isZero();
    String first = store();
    Map<String, String> before = StoreContent.of(first);
    Files.move(aside, late);
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isZero();
    String second = first.replace(".ps.zarr", ".v2.ps.zarr");
    judge(second, files(in));
    assertThat(StoreContent.of(first)).isEqualTo(before);
    assertThat(rows("version").stream().map(r -> r[0])).containsExactlyInAnyOrder(1L, 2L);
    assertThat(convert(in).err()).contains("unchanged");
    assertThat(folder.resolve("out/" + NAME + ".v3.ps.zarr")).doesNotExist();
  }

  @Test
  void ofDuplicatesTheNewestCounts() throws Exception {
    Path in = incoming();
    Path old = files(in).get(2);
    Path again = in.resolve("again");
    OutsideProgram.python(
        "h5py",
        "make_uvh5.py",
        "subbands",
        again.toString(),
        Integer.toString(SUBBANDS),
        "only=2",
        "start=0.001");
    Path newer = files(again).get(0);
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2022-01-01T00:00:00Z")));
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains(old.toString());
    assertThat(refused())
        .singleElement()
        .asString()
        .contains(old.toString(), "a newer file has the same subband and start");
    List<Path> used = new ArrayList<>(files(in, 2).stream().filter(Files::isRegularFile).toList());
    used.add(newer);
    judge(store(), used);
  }

  @ParameterizedTest
  @CsvSource({
    "nan-time, NaN",
    "fewer-antennas, has 4 antennas where the others have 5",
    "clock, more than half an integration: did a clock step?",
    "other-baselines, its baselines are not those of",
    "wrong-count, 'Nbls: it says 55, but there are data of 15 baselines'"
  })
  void whatContradictsIsLeftOut(String change, String reason) throws Exception {
    Path in = incoming("1=" + change);
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains(reason).contains("sb01").doesNotContain("\tat ");
    assertThat(refused())
        .singleElement()
        .asString()
        .contains(files(in).get(1).toString(), "refused", reason);
    judge(store(), files(in, 1));
  }

  @Test
  void truncatedFilesAreLeftOut() throws Exception {
    Path in = incoming();
    Path cut = files(in).get(3);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("sb03").doesNotContain("\tat ");
    assertThat(refused()).singleElement().asString().contains(cut.toString(), "truncated");
    judge(store(), files(in, 3));
  }

  @Test
  void twoObservationsWithinAMinuteAreTwo() throws Exception {
    Path in = incoming();
    incoming("start=40");
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(rows("measurement_set")).hasSize(2);
  }

  @Test
  void severalFilesBecomeTheSetThatIsNamed() throws Exception {
    Path in = incoming();
    List<String> arguments = new ArrayList<>(List.of("convert"));
    files(in).forEach(f -> arguments.add(f.toString()));
    String root = folder.resolve("night.ps.zarr").toString();
    arguments.addAll(
        List.of(root, "--subbands", "4", "--warehouse", folder.resolve("warehouse").toString()));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    judge(root, files(in));
    assertThat(CommandRun.of("resume", root).err()).contains("unchanged");
  }

  @ParameterizedTest
  @CsvSource({"ragged", "baselines"})
  void rowsOfAnyOrder(String kind) throws Exception {
    String file = folder.resolve("rows.uvh5").toString();
    OutsideProgram.python("h5py", "make_uvh5.py", kind, file);
    String root = folder.resolve("rows.ps.zarr").toString();
    CommandRun run =
        CommandRun.of(
            "convert",
            file,
            root,
            "--chunk-size",
            "2KiB",
            "--shard-size",
            "16KiB",
            "--warehouse",
            folder.resolve("warehouse").toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(OutsideProgram.python("h5py", "check_msv4.py", root, "rows_0", file))
        .contains("\"shape\": [9, 21, 12, 4]");
    if (SchemaCheck.isAvailable()) {
      assertThat(SchemaCheck.issues(root)).isEmpty();
    }
  }

  @Test
  void sparkAndLoopAgree() throws Exception {
    Path in = incoming();
    Files.delete(files(in).get(1));
    List<String> sizes = List.of("--chunk-size", "1KiB", "--shard-size", "4KiB");
    assertThat(convert(in, sizes.toArray(String[]::new)).exit()).isZero();
    String root = store();
    ConvertParameters parameters =
        ConvertParameters.of(Workspace.find(root, Map.of()).get(0).parameters());
    List<InputFile> files =
        new InputFiles(ConvertJob.EXTENSIONS, Map.of()).expand(List.of(in.toString()));
    String loop = folder.resolve("loop/" + Path.of(root).getFileName()).toString();
    ConvertParameters folderOf =
        new ConvertParameters(
            parameters.inputs(),
            folder.resolve("loop").toString(),
            true,
            Profile.UVH5,
            parameters.zarrFormat(),
            parameters.datasets(),
            parameters.excludes(),
            parameters.chunks(),
            parameters.chunkBytes(),
            parameters.shardBytes(),
            parameters.codec(),
            parameters.level(),
            parameters.pyramidFactor(),
            parameters.mean(),
            parameters.writeEmpty(),
            parameters.visibilities());
    ConvertJob.Plan plan =
        new Observations(folderOf, Map.of(), null, RunRequest.Existing.REFUSE).grouped(files);
    ProductPlan<ConvertTask> product = plan.planned().get(0).product();
    assertThat(product.chunks().tasks()).hasSizeGreaterThan(10);
    List<ConvertTask> backwards = new ArrayList<>(product.chunks().tasks());
    Collections.reverse(backwards);
    ConvertKernel kernel = new ConvertKernel(parameters.empty());
    int[] left = {7};
    Kernel<ConvertTask> dying =
        (task, stores) -> {
          if (left[0]-- == 0) {
            throw new IllegalStateException("the power fails");
          }
          return kernel.run(task, stores);
        };
    assertThatThrownBy(() -> inLoop(product, backwards, dying)).hasMessageContaining("power");
    assertThat(StoreContent.of(loop).keySet()).noneMatch(k -> k.equals("zarr.json"));
    assertThat(inLoop(product, backwards, kernel).exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(left[0]).isNegative();
    assertThat(StoreContent.of(loop)).isEqualTo(StoreContent.of(root));
    assertThat(CommandRun.of("verify", loop).exit()).isZero();
  }

  @Test
  void withoutEarthOrientationThereIsAWarning() throws Exception {
    Path in = folder.resolve("later");
    Subbands.observation(in, 0, SUBBANDS);
    Subbands.observation(in, 500, SUBBANDS);
    CommandRun run = convert(in);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(l -> l.contains("UT1 is taken as UTC")))
        .singleElement()
        .asString()
        .startsWith("2025-01-01T000000 and 1 more: ");
    assertThat(earthOrientation(folder.resolve("out/2025-01-01T000000.ps.zarr")))
        .isEqualTo("unknown");
    Path known = folder.resolve("known.ps.zarr");
    String in2022 = files(incoming()).get(0).toString();
    run =
        CommandRun.of(
            "convert", in2022, known.toString(), "--subbands", "1", "--warehouse", folder + "/wh");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("UT1");
    assertThat(earthOrientation(known)).isEqualTo("IERS-B");
  }

  private static String earthOrientation(Path store) throws IOException {
    ProcessingSet sets = ProcessingSet.open(Stores.open(store.toString(), Map.of()));
    return sets.measurementSet(sets.names().get(0))
        .attributes()
        .path("uvh5")
        .path("earth_orientation")
        .asText();
  }

  @Test
  void plansOfOneTelescopeShareWhatTheyHaveInCommon() throws Exception {
    Path in = incoming();
    incoming("start=400");
    ConvertParameters parameters =
        new ConvertParameters(
            List.of(in.toString()),
            folder.resolve("out").toString(),
            true,
            Profile.UVH5,
            0,
            List.of(),
            List.of(),
            Map.of(),
            1 << 20,
            1 << 26,
            "blosc-zstd",
            -1,
            0,
            false,
            false,
            VisibilityOptions.STANDARD.of(SUBBANDS));
    List<InputFile> files =
        new InputFiles(ConvertJob.EXTENSIONS, Map.of()).expand(List.of(in.toString()));
    ConvertJob.Plan plan =
        new Observations(parameters, Map.of(), null, RunRequest.Existing.REFUSE).grouped(files);
    assertThat(plan.planned()).hasSize(2);
    Set<long[]> rows = Collections.newSetFromMap(new IdentityHashMap<>());
    int maps = 0;
    for (ConversionPlanner.Planned p : plan.planned()) {
      for (ConvertTask t : p.product().chunks().tasks()) {
        if (t instanceof VisibilityTask v) {
          for (VisibilityTask.Part part : v.parts()) {
            rows.add(((RowMap.Regular) part.window().rows()).baselineRows());
            maps++;
          }
        }
        if (t instanceof RowTask r) {
          rows.add(((RowMap.Regular) r.rows()).baselineRows());
          maps++;
        }
      }
    }
    assertThat(maps).isGreaterThanOrEqualTo(10);
    assertThat(rows).as("arrays of all tasks of all observations").hasSize(1);
  }

  private static RunReport inLoop(
      ProductPlan<ConvertTask> product, List<ConvertTask> tasks, Kernel<ConvertTask> kernel) {
    ProductPlan<ConvertTask> plan =
        ProductPlan.folder(
            product.name(),
            product.root(),
            product.fingerprint(),
            product.verb(),
            product.parameters(),
            product.inputs(),
            new ChunkPlan<>(tasks),
            List.of(),
            product.publisher());
    return ChunkJob.inLoop(Map.of())
        .run(
            new RunRequest<>(
                "convert",
                List.of(),
                product.parameters(),
                product.root(),
                List.of(plan),
                List.of(),
                RunRequest.Existing.REFUSE,
                RunRequest.OnUnsupported.SKIP,
                null),
            kernel,
            Progress.NONE);
  }
}
