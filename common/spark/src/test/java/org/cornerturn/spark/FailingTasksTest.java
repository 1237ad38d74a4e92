package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.spark.TinyTask.Mishap;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run makes of tasks that fail, and of files of its own that are taken from it. */
class FailingTasksTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path folder;

  private String root() {
    return folder.resolve("a product.zarr").toString();
  }

  /** Tasks that take so long that the driver has time to stop them. */
  private static RunReport runSlowly(Where where, RunRequest<TinyTask> request) throws IOException {
    return where.job().run(request, new TinyKernel(5), Progress.NONE);
  }

  private static RunReport run(Where where, RunRequest<TinyTask> request) throws IOException {
    return where.job().run(request, new TinyKernel(0), Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void aFailedTaskLeavesTheRunIncompleteAndResumeDoesTheRest(Where where) throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.product(root(), 1, Tiny.tasks(10, 3, t -> t.with(Mishap.FAILS_UNTIL_MENDED)));
    RunReport first = run(where, Tiny.single(plan));
    assertThat(first.exit().code()).isEqualTo(3);
    assertThat(first.products().get(0).failures())
        .containsExactly(new Refusal("c/3", "IOException: connection reset"));
    assertThat(Path.of(root(), Tiny.METADATA)).doesNotExist();
    assertThat(Verify.run(root(), NONE, Verify.Depth.SIZES).get(0).exitCode()).isEqualTo(3);

    new LocalStore(Path.of(root())).put("mended", new byte[1]);
    RunReport second = run(where, Tiny.single(plan));
    assertThat(second.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(second.products().get(0).doneBefore()).isEqualTo(9);
    assertThat(second.products().get(0).doneNow()).isEqualTo(1);
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aTaskWithoutMemoryFailsAloneAndSaysWhatToDo(Where where) throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.product(root(), 1, Tiny.tasks(10, 3, t -> t.with(Mishap.OUT_OF_MEMORY)));
    RunReport report = run(where, Tiny.single(plan));
    assertThat(report.exit().code()).isEqualTo(3);
    assertThat(report.products().get(0).doneNow()).isEqualTo(9);
    assertThat(report.products().get(0).failures())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.object()).isEqualTo("c/3");
              assertThat(f.reason()).startsWith("out of memory").contains("CORNERTURN_HEAP=");
            });
  }

  @Test
  void aPassingFaultIsTriedAgainWithinTheTask() throws IOException {
    RunReport report =
        run(
            Where.SPARK,
            Tiny.single(Tiny.product(root(), 1, Tiny.tasks(4, 2, t -> t.with(Mishap.FAILS_ONCE)))));
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskStopsTheRunEarly(Where where) throws IOException {
    List<TinyTask> tasks =
        Tiny.tasks(400, 1, 10).stream()
            .map(t -> t.id().equals("c/0") ? t.with(Mishap.DISK_FULL_UNTIL_MENDED) : t)
            .toList();
    ProductPlan<TinyTask> plan = Tiny.product(root(), 1, tasks);
    RunReport report = runSlowly(where, Tiny.single(plan));
    assertThat(report.exit().code()).isEqualTo(3);
    assertThat(report.message()).contains("No space is left").contains("cornerturn resume");
    assertThat(report.products().get(0).doneNow()).isLessThan(399);
    new LocalStore(Path.of(root())).put("mended", new byte[1]);
    assertThat(run(where, Tiny.single(plan)).exit()).isEqualTo(RunReport.Exit.COMPLETE);
  }

  @Test
  void aDeadStoreIsGivenUpSoon() throws IOException {
    List<TinyTask> tasks =
        Tiny.tasks(1000, 1, 10).stream().map(t -> t.with(Mishap.DISK_FULL_UNTIL_MENDED)).toList();
    RunReport report = runSlowly(Where.SPARK, Tiny.single(Tiny.product(root(), 1, tasks)));
    assertThat(report.exit().code()).isEqualTo(3);
    assertThat(report.products().get(0).failed()).isLessThan(1000);
  }

  @ParameterizedTest
  @EnumSource
  void aBugFailsTheRunButKeepsWhatWasDone(Where where) throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.product(root(), 1, Tiny.tasks(12, 11, t -> t.with(Mishap.BUG)));
    assertThatThrownBy(() -> run(where, Tiny.single(plan)))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("index 7 out of 5");
    assertThat(Path.of(root(), "_cornerturn/lease.json")).doesNotExist();
    Verify.Result r = Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0);
    assertThat(r.recorded()).isPositive().isLessThan(12);
  }

  /** Once a certain task has written, something happens to the run's own files. */
  private RunReport runWithMishap(String warehouse, String task, Event event) throws IOException {
    Kernel<TinyTask> kernel =
        (t, stores) -> {
          Outcome o = new TinyKernel(0).run(t, stores);
          if (t.id().equals(task)) {
            event.happen();
          }
          return o;
        };
    return ChunkJob.inLoop(NONE).run(soleRequest(warehouse), kernel, Progress.NONE);
  }

  private RunRequest<TinyTask> soleRequest(String warehouse) {
    return Tiny.request(
        root(),
        List.of(Tiny.product(root(), 1, Tiny.tasks(5, 1, 10))),
        RunRequest.Existing.REFUSE,
        warehouse);
  }

  private interface Event {
    void happen() throws IOException;
  }

  @Test
  void whoHasLostTheLeasePublishesNothing() throws IOException {
    Path lease = Path.of(root(), "_cornerturn", Lease.KEY);
    RunReport report =
        runWithMishap(
            null,
            "c/4",
            () ->
                Files.writeString(
                    lease, Files.readString(lease).replaceFirst("\"id\" : \"", "$0other-")));
    assertThat(report.exit().code()).isEqualTo(3);
    assertThat(report.message()).contains("lost its hold").contains("cornerturn resume " + root());
    assertThat(Path.of(root(), Tiny.METADATA)).doesNotExist();
    assertThat(Files.readString(Path.of(root(), "_cornerturn/product.json"))).contains("planned");
    assertThat(lease).as("it is the other's").exists();
    Files.delete(lease);
    RunReport resumed = run(Where.LOOP, soleRequest(null));
    assertThat(resumed.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(resumed.products().get(0).doneBefore()).isEqualTo(5);
  }

  @Test
  void aLedgerThatCantBeWrittenAnyMoreLeavesTheRunIncomplete() throws IOException {
    Path ledger = Path.of(root(), "_cornerturn/ledger");
    RunReport report = runWithMishap(null, "c/4", () -> Files.writeString(ledger, "in the way"));
    assertThat(report.exit().code()).isEqualTo(3);
    assertThat(report.message())
        .contains("a part of its path is a file")
        .contains("cornerturn resume " + root());
    assertThat(report.products().get(0).state()).isEqualTo(ProductReport.State.PLANNED);
    assertThat(Path.of(root(), "_cornerturn/lease.json")).doesNotExist();
    Files.delete(ledger);
    assertThat(run(Where.LOOP, soleRequest(null)).exit()).isEqualTo(RunReport.Exit.COMPLETE);
  }

  @Test
  void aWarehouseThatCantBeWrittenAnyMoreCostsNoProduct() throws IOException {
    Path warehouse = folder.resolve("warehouse");
    RunReport report =
        runWithMishap(
            warehouse.toString(),
            "c/4",
            () -> {
              Files.move(warehouse, folder.resolve("moved"));
              Files.writeString(warehouse, "in the way");
            });
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(Path.of(root(), Tiny.METADATA)).exists();
    assertThat(Verify.run(root(), NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }

  @Test
  void remainsOfADeadWriterAreSweptBeforePublishing() throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.product(root(), 1, Tiny.tasks(10, 3, t -> t.with(Mishap.FAILS_UNTIL_MENDED)));
    run(Where.LOOP, Tiny.single(plan));
    Path remains = Path.of(root(), "c/.cornerturn-pending-1234");
    Files.write(remains, new byte[9]);
    new LocalStore(Path.of(root())).put("mended", new byte[1]);
    run(Where.LOOP, Tiny.single(plan));
    assertThat(remains).doesNotExist();
  }
}
