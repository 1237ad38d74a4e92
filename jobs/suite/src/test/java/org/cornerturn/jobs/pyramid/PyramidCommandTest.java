package org.cornerturn.jobs.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Percentage;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.Multiscales;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command from its arguments to what other readers find. */
class PyramidCommandTest {
  @TempDir Path folder;

  private CommandRun cornerturn(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of("--master", "local[2]", "--warehouse", folder.resolve("w").toString()));
    all.addAll(List.of(args));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private TestStore mixed(String name, ZarrFormat format) throws IOException {
    return mixed(new TestStore(folder.resolve(name), format));
  }

  private static TestStore mixed(TestStore empty) throws IOException {
    return empty
        .array("time", Primitive.FLOAT64, Shape.of(5000), Shape.of(5000), times(), "time")
        .array("trace", Primitive.INT16, Shape.of(3, 5000), Shape.of(1, 1000), "run", "time")
        .array("sky/image", Primitive.FLOAT32, Shape.of(600, 700), Shape.of(200, 700), "y", "x")
        .array("sky/again", Primitive.INT32, Shape.of(2, 300, 300), Shape.of(1, 64, 64))
        .array("sky/small", Primitive.INT32, Shape.of(20, 30), Shape.of(20, 30))
        .array(
            "sky/flags", Primitive.BOOL, Shape.of(600, 700), Shape.of(600, 700), new byte[420000])
        .publish();
  }

  private static byte[] times() {
    double[] t = new double[5000];
    Arrays.setAll(t, i -> 100 + 0.25 * i);
    return Block.toBytes(t);
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void sparkGivesWhatTheLoopGives(ZarrFormat format) throws IOException {
    TestStore spark = mixed("spark.zarr", format);
    TestStore loop = mixed("loop.zarr", format);
    CommandRun run = cornerturn("pyramid", spark.store.uri(), "--mean");
    assertThat(run.err()).contains("3 products");
    assertThat(run.exit()).isZero();
    RunReport report =
        TestStore.loop(
            new PyramidParameters(loop.store.uri(), Kind.AUTO, 8, true), Existing.REFUSE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    TestStore.assertSame(spark.objects(), loop.objects());
    assertThat(spark.open().groupPaths())
        .contains("trace_pyramid", "sky/image_pyramid", "sky/again_pyramid")
        .doesNotContain("sky/small_pyramid", "sky/flags_pyramid", "time_pyramid");
    // And once more: nothing is left to do.
    assertThat(cornerturn("pyramid", spark.store.uri(), "--mean").err()).contains("unchanged");
    TestStore.assertSame(spark.objects(), loop.objects());
    for (String product : List.of("trace_pyramid", "sky/image_pyramid", "sky/again_pyramid")) {
      assertThat(cornerturn("verify", spark.uri(product)).exit()).isZero();
    }
  }

  @Test
  void aBucketGetsWhatADiskGets() throws IOException {
    try (EmbeddedS3 server = EmbeddedS3.start(Files.createDirectory(folder.resolve("s3")))) {
      server.createBucket("data");
      Properties settings = new Properties();
      settings.putAll(server.settings());
      Path config = folder.resolve("s3.properties");
      try (Writer w = Files.newBufferedWriter(config)) {
        settings.store(w, null);
      }
      ObjectStore bucket =
          Stores.open("s3a://data/s.zarr", S3Settings.completed(server.settings()));
      TestStore remote = mixed(new TestStore(bucket, ZarrFormat.V3));
      TestStore local = mixed("s.zarr", ZarrFormat.V3);
      for (TestStore store : List.of(remote, local)) {
        CommandRun run = cornerturn("pyramid", store.uri("sky"), "--config", config.toString());
        assertThat(run.exit()).as(run.err()).isZero();
      }
      TestStore.assertSame(remote.objects(), local.objects());
    }
  }

  @Test
  void levelsKnowTheirTimes() throws IOException {
    TestStore store = mixed("s.zarr", ZarrFormat.V3);
    TestStore.loop(new PyramidParameters(store.uri("trace"), Kind.AUTO, 4, false), Existing.REFUSE);
    ArrayMetadata level = store.open().array("trace_pyramid/1").metadata();
    assertThat(level.attributes().get("t0").doubleValue()).isEqualTo(100);
    assertThat(level.attributes().get("dt").doubleValue()).isEqualTo(1);
    assertThat(level.attributes().get("source").asText()).isEqualTo("../trace");
    assertThat(level.attributes().get("stat").toString()).isEqualTo("[\"min\",\"max\"]");
    assertThat(level.dimensionNames()).containsExactly("run", "time_bin_1", "stat");
    JsonNode layout = store.open().attributes().at("/multiscales/layout");
    assertThat(layout.findValuesAsText("asset")).containsExactly("trace", "trace_pyramid/1");
    assertThat(layout.get(1).at("/transform/scale").toString()).isEqualTo("[1.0,4.0]");
    assertThat(layout.get(1).at("/transform/translation").toString()).isEqualTo("[0.0,1.5]");
  }

  @Test
  void imagesAreWhatOmeNgffAsksFor() throws IOException {
    TestStore store = mixed("s.zarr", ZarrFormat.V3);
    TestStore.loop(new PyramidParameters(store.store.uri(), Kind.AUTO, 8, false), Existing.REFUSE);
    JsonNode ome = store.open().group("sky").attributes().get("ome");
    assertThat(ome.get("version").asText()).isEqualTo("0.5");
    // "again" has no dimension names of its own, which its finest level would need.
    assertThat(ome.get("multiscales").findValuesAsText("name"))
        .contains("image mean", "image min", "image max")
        .doesNotContain("again mean");
    assertOme(store, "sky", ome);
    for (String stat : List.of("mean", "min", "max", "nan_count")) {
      String group = "sky/image_pyramid/" + stat;
      assertOme(store, group, store.open().group(group).attributes().get("ome"));
    }
    String again = "sky/again_pyramid/mean";
    assertOme(store, again, store.open().group(again).attributes().get("ome"));
    // One layout of the zarr-conventions a group: that of the first array.
    assertThat(store.open().group("sky").attributes().at("/multiscales/layout/0/asset").asText())
        .isEqualTo("again");
  }

  /** The rules of OME-NGFF 0.5 for multiscales. */
  private static void assertOme(TestStore store, String group, JsonNode ome) throws IOException {
    assertThat(ome.get("version").asText()).isEqualTo("0.5");
    assertThat(ome.get("multiscales")).isNotEmpty();
    for (JsonNode entry : ome.get("multiscales")) {
      List<String> axes = entry.get("axes").findValuesAsText("name");
      List<String> kinds = new ArrayList<>();
      entry.get("axes").forEach(a -> kinds.add(a.path("type").asText()));
      assertThat(axes).hasSizeBetween(2, 5).doesNotHaveDuplicates();
      assertThat(kinds.stream().filter("space"::equals).count()).isBetween(2L, 3L);
      assertThat(kinds.subList(kinds.size() - 2, kinds.size())).containsOnly("space");
      double finer = 0;
      for (JsonNode dataset : entry.get("datasets")) {
        ArrayMetadata level =
            store.open().array(group + "/" + dataset.get("path").asText()).metadata();
        assertThat(level.dimensionNames()).isEqualTo(axes);
        JsonNode transformations = dataset.get("coordinateTransformations");
        assertThat(transformations.findValuesAsText("type"))
            .containsExactly("scale", "translation");
        JsonNode scale = transformations.get(0).get("scale");
        JsonNode shift = transformations.get(1).get("translation");
        assertThat(scale).hasSize(axes.size());
        assertThat(shift).hasSize(axes.size());
        double step = scale.get(axes.size() - 1).doubleValue();
        assertThat(step).isGreaterThan(finer);
        assertThat(shift.get(axes.size() - 1).doubleValue()).isEqualTo((step - 1) / 2);
        finer = step;
      }
    }
  }

  @Test
  void pythonOpensTheStoreAndItsLevels() throws Exception {
    TestStore store = mixed("s.zarr", ZarrFormat.V2);
    TestStore.loop(new PyramidParameters(store.store.uri(), Kind.AUTO, 8, true), Existing.REFUSE);
    List<String> lines = python("open_pyramid.py", store.store.uri());
    List<String> expected = new ArrayList<>();
    for (String path : store.open().arrayPaths()) {
      ArrayMetadata m = store.open().array(path).metadata();
      double sum = 0;
      for (double v : store.read(path)) {
        sum += Double.isNaN(v) ? 0 : v;
      }
      String[] words =
          lines.stream().filter(l -> l.startsWith(path + " ")).findFirst().orElseThrow().split(" ");
      assertThat(words[1])
          .isEqualTo(
              String.join("x", Arrays.stream(m.shape().dims()).mapToObj(Long::toString).toList()));
      assertThat(Double.parseDouble(words[3]))
          .as(path)
          .isCloseTo(sum, Percentage.withPercentage(0.1));
      expected.add(path);
    }
    assertThat(lines).hasSameSizeAs(expected);
    // OME-NGFF 0.4 where the array's keys are nested.
    JsonNode scales = store.open().group("sky").attributes().get("multiscales");
    assertThat(scales.findValuesAsText("version")).contains("0.4");
  }

  private static List<String> python(String script, String argument) throws Exception {
    String python = "/usr/bin/python3";
    assumeTrue(
        Files.isExecutable(Path.of(python))
            && new ProcessBuilder(python, "-c", "import zarr; assert zarr.__version__[0] == '2'")
                    .start()
                    .waitFor()
                == 0,
        "MISSING PROGRAM: python3-zarr 2");
    Path file = Path.of("src/test/python", script).toAbsolutePath();
    Process p = new ProcessBuilder(python, file.toString(), argument).start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(p.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(p.exitValue()).as(err).isZero();
    return out.lines().toList();
  }

  /** A kernel whose store fails after some tasks. */
  private record FailingKernel(AtomicInteger left) implements Kernel<PyramidTask> {
    @Override
    public Outcome run(PyramidTask task, TaskStores stores) throws IOException {
      if (left.getAndDecrement() <= 0) {
        throw new AccessDeniedException("no more for today");
      }
      return new PyramidKernel().run(task, stores);
    }
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void resumeFinishesOneOrMany(ZarrFormat format) throws IOException {
    TestStore whole = mixed("whole.zarr", format);
    PyramidParameters all = new PyramidParameters(whole.store.uri(), Kind.AUTO, 8, false);
    TestStore.loop(all, Existing.REFUSE);
    TestStore broken = mixed("broken.zarr", format);
    RunReport report =
        TestStore.loop(
            new PyramidParameters(broken.store.uri(), Kind.AUTO, 8, false),
            Existing.REFUSE,
            new FailingKernel(new AtomicInteger(2)));
    assertThat(report.exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    // The first is done; of the second some levels are, which no reader sees.
    assertThat(broken.open().groupPaths())
        .contains("sky/again_pyramid")
        .doesNotContain("sky/image_pyramid", "trace_pyramid");
    assertThat(broken.store.list("sky/image_pyramid/mean/1/")).isNotEmpty();
    // By product, or all at once by the store.
    List<String> products = List.of("sky/image_pyramid", "trace_pyramid");
    for (String one : format == ZarrFormat.V3 ? products : List.of("")) {
      CommandRun run = cornerturn("resume", broken.uri(one));
      assertThat(run.exit()).as(run.err()).isZero();
    }
    TestStore.assertSame(broken.objects(), whole.objects());
  }

  @Test
  void anotherQuestionNeedsOverwrite() throws IOException {
    TestStore store = mixed("s.zarr", ZarrFormat.V3);
    Map<String, byte[]> bare = store.objects();
    String trace = store.uri("trace");
    assertThat(cornerturn("pyramid", trace, "--factor", "2", "--mean").exit()).isZero();
    CommandRun refused = cornerturn("pyramid", trace);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("--overwrite");
    assertThat(cornerturn("pyramid", trace, "--overwrite").exit()).isZero();
    TestStore fresh = mixed("fresh.zarr", ZarrFormat.V3);
    assertThat(cornerturn("pyramid", fresh.uri("trace")).exit()).isZero();
    TestStore.assertSame(store.objects(), fresh.objects());
    // The array itself has changed: its pyramid is another, too.
    store.store.put("trace/c/0/0", store.store.get("trace/c/2/0"));
    assertThat(cornerturn("pyramid", trace).exit()).isEqualTo(2);
    assertThat(cornerturn("pyramid", trace, "--overwrite").exit()).isZero();
    assertThat(store.objects().keySet()).containsAll(bare.keySet());
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void whatBelongsToAPyramidGetsNone(ZarrFormat format) throws IOException {
    ObjectNode coarse = TestStore.json().put("samples_per_bin", 8);
    TestStore store =
        new TestStore(folder.resolve("s.zarr"), format)
            .group(
                "wave",
                Multiscales.conventions(
                    List.of(
                        new Multiscales.Level("raw", List.of(1L)),
                        new Multiscales.Level("levels/1", List.of(8L))),
                    "minmax"))
            .array("wave/raw", Primitive.INT16, Shape.of(90000), Shape.of(9000))
            .array("wave/levels/1", Primitive.INT16, Shape.of(11250, 2), Shape.of(11250, 2))
            .array(
                "wave/overview",
                ArrayMetadata.builder(format, Shape.of(9000), Primitive.INT16)
                    .attributes(coarse)
                    .build())
            .array("wave/other", Primitive.INT16, Shape.of(3000), Shape.of(3000))
            .publish();
    CommandRun run = cornerturn("pyramid", store.store.uri());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(store.open().groupPaths())
        .containsExactly("wave", "wave/levels", "wave/other_pyramid");
    // The layout of the others' pyramid stays where it is.
    assertThat(store.open().group("wave").attributes().at("/multiscales/layout/0/asset").asText())
        .isEqualTo("raw");
    // By its name it gets one all the same.
    assertThat(cornerturn("pyramid", store.uri("wave/raw")).exit()).isZero();
    assertThat(store.open().groupPaths()).contains("wave/raw_pyramid");
  }

  @Test
  void mistakesAreToldInOneParagraph() throws IOException {
    TestStore store =
        new TestStore(folder.resolve("s.zarr"), ZarrFormat.V3)
            .array("c", Primitive.COMPLEX64, Shape.of(5000), Shape.of(5000), new byte[40000])
            .array(
                "none",
                ArrayMetadata.builder(ZarrFormat.V3, Shape.of(0, 5000), Primitive.INT16).build())
            .array("few", Primitive.INT16, Shape.of(5), Shape.of(5), new byte[10])
            .array(
                "name",
                ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3000), new DataType.FixedText(4))
                    .build())
            .publish();
    assertMistake("no Zarr array and no group is here", store.uri("nothing"));
    assertMistake("no real numbers", store.uri("c"));
    assertMistake("no real numbers", store.uri("name"));
    assertMistake("it is empty", store.uri("none"));
    assertMistake("fits a screen", store.uri("few"));
    assertMistake("too large for a screen", store.store.uri());
    assertMistake("no such value", store.uri("few"), "--factor=3");
    assertMistake("Zarr", folder.resolve("not/there").toString());
  }

  private void assertMistake(String reason, String... args) throws IOException {
    List<String> argv = new ArrayList<>(List.of("pyramid"));
    argv.addAll(List.of(args));
    CommandRun run = cornerturn(argv.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains(reason)
        .contains(args[args.length - 1].replace("=", " "))
        .doesNotContain("\tat ");
    assertThat(Files.exists(Path.of(args[0] + SourceArray.SUFFIX))).isFalse();
  }

  @Test
  void aDamagedArrayIsRefusedAndOthersGoOn() throws IOException {
    TestStore store = mixed("s.zarr", ZarrFormat.V3);
    byte[] chunk = store.store.get("trace/c/1/0");
    chunk[chunk.length / 2] ^= 0x55;
    store.store.put("trace/c/1/0", Arrays.copyOf(chunk, chunk.length - 7));
    CommandRun run = cornerturn("pyramid", store.store.uri());
    assertThat(run.exit()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains("trace/c/1/0");
    assertThat(store.open().groupPaths())
        .contains("sky/image_pyramid")
        .doesNotContain("trace_pyramid");
  }

  @Test
  void aDryRunTellsThePlanAndWritesNothing() throws IOException {
    TestStore store = mixed("s.zarr", ZarrFormat.V3);
    Map<String, byte[]> before = store.objects();
    CommandRun run = cornerturn("--json", "pyramid", store.store.uri(), "--dry-run");
    assertThat(run.exit()).isZero();
    JsonNode products = new ObjectMapper().readTree(run.out()).get("products");
    assertThat(products).hasSize(3);
    assertThat(products.findValuesAsText("kind")).containsExactly("image", "image", "line");
    TestStore.assertSame(store.objects(), before);
    assertThat(Files.exists(Path.of(store.store.uri(), "_cornerturn"))).isFalse();
  }

  @Test
  void anArrayThatIsAStoreOfItsOwnHasItsPyramidBeside() throws IOException {
    Path root = folder.resolve("alone.zarr");
    ArrayMetadata m = ArrayMetadata.builder(ZarrFormat.V3, Shape.of(9000), Primitive.INT32).build();
    LocalStore store = new LocalStore(root);
    new ArrayWriter(store, "", m, EmptyChunks.OMIT)
        .put(Box.all(m.shape()), TestStore.values(Primitive.INT32, 9000));
    new ZarrHierarchy(ZarrFormat.V3).array("", m).publish(store, "");
    CommandRun run = cornerturn("pyramid", root.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    TestStore pyramid = new TestStore(folder.resolve("alone.zarr_pyramid"), ZarrFormat.V3);
    assertThat(pyramid.open().array("1").read(Box.all(Shape.of(1125, 2))).ints()).hasSize(2250);
  }
}
