package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.UserError;
import org.cornerturn.spark.TinyTask.Mishap;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkJobTest {
  private static final TinyKernel KERNEL = new TinyKernel(0);
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path folder;

  private String root() {
    return folder.resolve("a product.zarr").toString();
  }

  private static RunReport run(Where where, RunRequest<TinyTask> request) throws IOException {
    return where.job().run(request, KERNEL, Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void makesAProductAndThenFindsItUnchanged(Where where) throws IOException {
    ProductPlan<TinyTask> plan = Tiny.product(root(), 1, Tiny.tasks(300, 1, 500));
    RunReport first = run(where, Tiny.single(plan));
    assertThat(first.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    ProductReport p = first.products().get(0);
    assertThat(p.state()).isEqualTo(ProductReport.State.COMPLETE);
    assertThat(p.doneNow()).isEqualTo(300);
    assertThat(p.bytesOut()).isEqualTo(300 * 500);
    assertThat(Tiny.content(root(), NONE)).hasSize(301).containsKey(Tiny.METADATA);
    assertThat(folder.resolve("a product.zarr/_cornerturn/lease.json")).doesNotExist();

    RunReport again = run(where, Tiny.single(plan));
    assertThat(again.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(again.products().get(0).state()).isEqualTo(ProductReport.State.UNCHANGED);
    assertThat(again.products().get(0).doneNow()).isZero();
  }

  @Test
  void sparkGivesWhatThePlainLoopGives() throws IOException {
    String spark = folder.resolve("spark").toString();
    String loop = folder.resolve("loop").toString();
    run(Where.SPARK, Tiny.single(Tiny.product(spark, 7, Tiny.tasks(200, 7, 3000))));
    run(Where.LOOP, Tiny.single(Tiny.product(loop, 7, Tiny.tasks(200, 7, 3000))));
    assertThat(Tiny.content(spark, NONE)).isEqualTo(Tiny.content(loop, NONE)).hasSize(201);
  }

  @ParameterizedTest
  @EnumSource
  void publishesEachProductOfARunAndRefusesOnlyTheFaultyOne(Where where) throws IOException {
    List<ProductPlan<TinyTask>> plans = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Mishap m = i == 1 ? Mishap.REFUSED : Mishap.NONE;
      plans.add(
          Tiny.product(folder.resolve("p" + i).toString(), 1, Tiny.tasks(20, 5, t -> t.with(m))));
    }
    RunReport report = run(where, Tiny.request(folder.toString(), plans));
    assertThat(report.exit()).isEqualTo(RunReport.Exit.REFUSED);
    assertThat(report.exit().code()).isEqualTo(4);
    assertThat(report.products().stream().map(ProductReport::state))
        .containsExactly(
            ProductReport.State.COMPLETE,
            ProductReport.State.REFUSED,
            ProductReport.State.COMPLETE);
    assertThat(report.products().get(1).refusals().get(0).reason()).contains("chunk is damaged");
    assertThat(folder.resolve("p0/zarr.json")).exists();
    assertThat(folder.resolve("p1/zarr.json")).doesNotExist();
    assertThat(folder.resolve("p2/zarr.json")).exists();

    assertThat(Workspace.find(folder.toString(), NONE))
        .singleElement()
        .satisfies(w -> assertThat(w.folder()).isEqualTo(folder.toString()));
    assertThat(Workspace.find(folder.resolve("p1").toString(), NONE).get(0).folder())
        .isEqualTo(folder.toString());
    List<Verify.Result> checked = Verify.run(folder.toString(), NONE, Verify.Depth.CHECKSUMS);
    assertThat(checked.stream().map(Verify.Result::exitCode)).containsExactly(0, 3, 0);
  }

  @ParameterizedTest
  @EnumSource
  void aLaterWaveWaitsForTheLowerOne(Where where) throws IOException {
    List<TinyTask> tasks = new ArrayList<>(Tiny.tasks(10, 0, t -> t.with(Mishap.REFUSED)));
    tasks.add(new TinyTask("coarse", 1, 10, 1, Mishap.NONE));
    RunReport refused = run(where, Tiny.single(Tiny.product(root(), 1, tasks)));
    assertThat(refused.exit().code()).isEqualTo(4);
    assertThat(Tiny.content(root(), NONE)).doesNotContainKey("coarse").hasSize(9);

    List<String> order = new ArrayList<>();
    List<TinyTask> whole = new ArrayList<>(Tiny.tasks(10, 1, 10));
    whole.add(0, new TinyTask("coarse", 1, 10, 1, Mishap.NONE));
    RunReport done =
        where
            .job()
            .run(
                Tiny.single(Tiny.product(folder.resolve("w").toString(), 1, whole)),
                KERNEL,
                new Progress() {
                  @Override
                  public void finished(Outcome outcome) {
                    order.add(outcome.taskId());
                  }
                });
    assertThat(done.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(order).hasSize(11).last().isEqualTo("coarse");
  }

  @Test
  void anotherFingerprintIsRefusedAndOverwriteReplaces() throws IOException {
    run(Where.LOOP, Tiny.single(Tiny.product(root(), 1, Tiny.tasks(8, 1, 10))));
    ProductPlan<TinyTask> other = Tiny.product(root(), 2, Tiny.tasks(3, 2, 10));
    assertThatThrownBy(() -> run(Where.LOOP, Tiny.single(other)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--overwrite");
    assertThat(Tiny.content(root(), NONE)).hasSize(9).containsValue("{\"seed\":1}");

    RunRequest<TinyTask> overwrite =
        Tiny.request(root(), List.of(other), RunRequest.Existing.OVERWRITE, null);
    assertThat(run(Where.LOOP, overwrite).exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(Tiny.content(root(), NONE)).hasSize(4).containsValue("{\"seed\":2}");

    // Back again: the first making's rows in the ledger must not count.
    RunRequest<TinyTask> back =
        Tiny.request(
            root(),
            List.of(Tiny.product(root(), 1, Tiny.tasks(8, 1, 10))),
            RunRequest.Existing.OVERWRITE,
            null);
    assertThat(run(Where.LOOP, back).products().get(0).doneNow()).isEqualTo(8);
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }

  /** Replaces a product and is stopped while it takes the old one from its readers. */
  private void breakWhileReplacing(ProductPlan<TinyTask> plan) {
    Publisher broken =
        new Publisher() {
          @Override
          public void publish(ObjectStore root) {
            throw new AssertionError("not reached");
          }

          @Override
          public void unpublish(ObjectStore root) throws IOException {
            throw new IOException("connection reset");
          }
        };
    RunRequest<TinyTask> request =
        Tiny.request(root(), List.of(Tiny.with(plan, broken)), RunRequest.Existing.OVERWRITE, null);
    assertThatThrownBy(() -> run(Where.LOOP, request))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("breaks the connection")
        .hasRootCauseMessage("connection reset");
  }

  @Test
  void aBrokenReplacementIsSeenAndResumed() throws IOException {
    run(Where.LOOP, Tiny.single(Tiny.product(root(), 1, Tiny.tasks(8, 1, 10))));
    ProductPlan<TinyTask> plan = Tiny.product(root(), 2, Tiny.tasks(3, 2, 10));
    breakWhileReplacing(plan);
    assertThat(Verify.run(root(), NONE, Verify.Depth.SIZES).get(0).exitCode()).isEqualTo(3);
    List<Boolean> stillThere = new ArrayList<>();
    Publisher watching =
        new Publisher() {
          @Override
          public void publish(ObjectStore root) throws IOException {
            plan.publisher().publish(root);
          }

          @Override
          public void unpublish(ObjectStore root) throws IOException {
            stillThere.add(root.status("c/7").isPresent());
            plan.publisher().unpublish(root);
          }
        };
    RunReport resumed = run(Where.LOOP, Tiny.single(Tiny.with(plan, watching)));
    assertThat(resumed.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(stillThere).as("taken from readers before objects go").containsExactly(true);
    assertThat(Tiny.content(root(), NONE)).hasSize(4).containsValue("{\"seed\":2}");
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }

  @Test
  void aForeignFolderIsLeftAlone() throws IOException {
    Files.createDirectories(Path.of(root()));
    Files.writeString(Path.of(root(), "thesis.tex"), "years of work");
    for (RunRequest.Existing e : RunRequest.Existing.values()) {
      assertThatThrownBy(
              () ->
                  run(
                      Where.LOOP,
                      Tiny.request(
                          root(), List.of(Tiny.product(root(), 1, Tiny.tasks(1, 1, 1))), e, null)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("no product of Cornerturn");
    }
    try (Stream<Path> left = Files.list(Path.of(root()))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void unsupportedObjectsAreListedOrRefuseTheRun() throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.product(
            root(),
            1,
            Tiny.tasks(3, 1, 10),
            List.of(new Refusal("/szip", "filter szip is not read")));
    RunRequest<TinyTask> skip = Tiny.single(plan);
    RunRequest<TinyTask> fail =
        new RunRequest<>(
            skip.verb(),
            skip.arguments(),
            skip.parameters(),
            skip.folder(),
            skip.products(),
            List.of(),
            skip.existing(),
            RunRequest.OnUnsupported.FAIL,
            null);
    assertThatThrownBy(() -> run(Where.LOOP, fail))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("/szip");
    assertThat(Path.of(root())).doesNotExist();
    RunReport report = run(Where.LOOP, skip);
    assertThat(report.exit().code()).isEqualTo(4);
    assertThat(report.products().get(0).state()).isEqualTo(ProductReport.State.COMPLETE);
  }

  @Test
  void verifyTellsMissingFromCorrupt() throws IOException {
    run(Where.LOOP, Tiny.single(Tiny.product(root(), 1, Tiny.tasks(5, 1, 100))));
    Path first = Path.of(root(), "c/0");
    byte[] bytes = Files.readAllBytes(first);
    bytes[50] ^= 1;
    Files.write(first, bytes);
    assertThat(Verify.run(root(), NONE, Verify.Depth.SIZES).get(0).exitCode()).isZero();
    Verify.Result corrupt = Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0);
    assertThat(corrupt.exitCode()).isEqualTo(5);
    assertThat(corrupt.corrupt()).singleElement().asString().startsWith("c/0: CRC-32C");
    bytes[50] ^= 1;
    Files.write(first, bytes);
    Files.delete(Path.of(root(), "c/4"));
    Verify.Result missing = Verify.run(root(), NONE, Verify.Depth.SIZES).get(0);
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.missing()).containsExactly("c/4");
    assertThatThrownBy(() -> Verify.run(folder.toString(), NONE, Verify.Depth.SIZES))
        .isInstanceOf(UserError.class);
  }

  /** Publishes a group with an array, as far as verifying is concerned. */
  private record DocumentsPublisher() implements Publisher {
    @Override
    public void publish(ObjectStore root) throws IOException {
      root.put("raw/zarr.json", utf8("{\"node_type\":\"array\",\"shape\":[5]}"));
      root.put("zarr.json", utf8("{\"node_type\":\"group\"}"));
    }

    @Override
    public void unpublish(ObjectStore root) throws IOException {
      root.delete("zarr.json");
    }
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zarr.json | | 3",
        "raw/zarr.json | | 3",
        "_cornerturn/metadata.json | | 3",
        "zarr.json | {\"node_ty | 5",
        "zarr.json | {\"node_type\":\"group\",\"attributes\":{\"multiscales\":[NaN]}} | 0",
        "zarr.json | {\"node_type\":\"group\"}} | 5",
        "raw/zarr.json | {\"node_type\":\"array\",\"shape\":[55]} | 5",
        "raw/zarr.json | {\"node_type\":\"group\"} | 0",
      })
  void verifyLooksAtMetadata(String key, String content, int code) throws IOException {
    ProductPlan<TinyTask> plan = Tiny.product(root(), 1, Tiny.tasks(5, 1, 100));
    run(Where.LOOP, Tiny.single(Tiny.with(plan, new DocumentsPublisher())));
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
    Path document = Path.of(root(), key);
    if (content == null) {
      Files.delete(document);
    } else {
      Files.writeString(document, content);
    }
    for (Verify.Depth depth : Verify.Depth.values()) {
      Verify.Result r = Verify.run(root(), NONE, depth).get(0);
      assertThat(r.exitCode()).as("%s", r).isEqualTo(code);
      assertThat(r.missing().size() + r.corrupt().size()).isEqualTo(code == 0 ? 0 : 1);
    }
  }

  @Test
  void verifyFindsAChangeThatKeepsTheSize() throws IOException {
    ProductPlan<TinyTask> plan = Tiny.product(root(), 1, Tiny.tasks(5, 1, 100));
    run(Where.LOOP, Tiny.single(Tiny.with(plan, new DocumentsPublisher())));
    Files.writeString(Path.of(root(), "raw/zarr.json"), "{\"node_type\":\"array\",\"shape\":[6]}");
    assertThat(Verify.run(root(), NONE, Verify.Depth.SIZES).get(0).exitCode()).isZero();
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).corrupt())
        .containsExactly("raw/zarr.json: it is not what was published");
  }
}
