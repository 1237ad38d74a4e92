package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.spark.TinyTask.Mishap;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products that are members of a folder that others have published. */
class BranchTest {
  private static final Map<String, String> NONE = Map.of();
  private static final TinyKernel KERNEL = new TinyKernel(0);

  @TempDir private Path folder;
  private Path store;
  private String ms;

  @BeforeEach
  void publish() throws IOException {
    store = folder.resolve("night.ps.zarr");
    Tiny.publishAround(store.toString());
    ms = store.resolve("ms").toString();
    Files.createDirectories(Path.of(ms, "VISIBILITY"));
    Files.writeString(Path.of(ms, "VISIBILITY", "0"), "data");
  }

  private RunReport run(ProductPlan<TinyTask> plan, RunRequest.Existing existing) {
    RunRequest<TinyTask> request = Tiny.request(ms, List.of(plan), existing, null);
    return ChunkJob.inLoop(NONE).run(request, KERNEL, Progress.NONE);
  }

  private ProductPlan<TinyTask> branch(String member, long seed) {
    return Tiny.branch(ms, member, seed, Tiny.tasksIn(member, 10, Mishap.NONE));
  }

  @Test
  void twoLieSideBySideAndNothingElseChanges() throws IOException {
    Map<String, String> before = Tiny.content(ms, NONE);
    assertThat(run(branch("A", 1), RunRequest.Existing.REFUSE).exit().code()).isZero();
    assertThat(run(branch("B", 1), RunRequest.Existing.REFUSE).exit().code()).isZero();
    assertThat(run(branch("A", 1), RunRequest.Existing.REFUSE).products().get(0).state())
        .isEqualTo(ProductReport.State.UNCHANGED);
    Map<String, String> after = Tiny.content(ms, NONE);
    after.keySet().removeIf(k -> k.startsWith("_cornerturn/"));
    assertThat(after).hasSize(before.size() + 22).containsAllEntriesOf(before);
    List<Verify.Result> all = Verify.run(store.toString(), NONE, Verify.Depth.CHECKSUMS);
    assertThat(all).extracting(Verify.Result::exitCode).containsExactly(0, 0);
    assertThat(all).extracting(Verify.Result::recorded).containsExactly(10L, 10L);
    Files.delete(Path.of(ms, "B", "7"));
    assertThat(Verify.run(ms, NONE, Verify.Depth.SIZES))
        .extracting(Verify.Result::exitCode)
        .containsExactly(0, 3);
  }

  @Test
  void overwritingOneLeavesTheOthersAlone() throws IOException {
    run(branch("A", 1), RunRequest.Existing.REFUSE);
    run(branch("B", 1), RunRequest.Existing.REFUSE);
    Map<String, String> before = Tiny.content(ms, NONE);
    ProductPlan<TinyTask> other = Tiny.branch(ms, "A", 2, Tiny.tasksIn("A", 4, Mishap.NONE));
    assertThatThrownBy(() -> run(other, RunRequest.Existing.REFUSE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(ms + "/A");
    assertThat(run(other, RunRequest.Existing.OVERWRITE).exit().code()).isZero();
    Map<String, String> after = Tiny.content(ms, NONE);
    assertThat(after.keySet()).filteredOn(k -> k.startsWith("A/")).hasSize(5);
    before.keySet().removeIf(k -> k.startsWith("A/"));
    after.keySet().removeIf(k -> k.startsWith("A/"));
    assertThat(after).isEqualTo(before).containsKeys("B/3", "VISIBILITY/0", "zarr.json");
  }

  @Test
  void aMemberOfOthersIsRefused() {
    ProductPlan<TinyTask> taken = branch("VISIBILITY", 1);
    assertThatThrownBy(() -> run(taken, RunRequest.Existing.OVERWRITE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("VISIBILITY")
        .hasMessageContaining("no product of Cornerturn");
    assertThat(Path.of(ms, "VISIBILITY", "0")).hasContent("data");
    assertThat(Path.of(ms, "_cornerturn")).doesNotExist();
  }

  @Test
  void theStoresUriFindsWhatIsNotDone() throws IOException {
    ProductPlan<TinyTask> plan =
        Tiny.branch(ms, "A", 1, Tiny.tasksIn("A", 10, Mishap.DISK_FULL_UNTIL_MENDED));
    run(branch("B", 1), RunRequest.Existing.REFUSE);
    assertThat(run(plan, RunRequest.Existing.REFUSE).exit().code()).isEqualTo(3);
    assertThat(Path.of(ms, "A", "zarr.json")).doesNotExist();
    for (String uri : List.of(store.toString(), ms + "/")) {
      List<Workspace> found = Workspace.find(uri, NONE);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).folder()).isEqualTo(ms);
      assertThat(found.get(0).parameters()).hasToString(plan.parameters().toString());
    }
    new LocalStore(Path.of(ms)).put("mended", new byte[1]);
    RunReport second = run(plan, RunRequest.Existing.REFUSE);
    assertThat(second.products().get(0).doneNow()).isBetween(1L, 10L);
    assertThat(second.exit().code()).isZero();
    // Nothing is left to be done: the folder's own branches are named, to say so.
    assertThat(Workspace.find(ms, NONE)).hasSize(2);
    assertThatThrownBy(() -> Workspace.find(store.toString(), NONE)).isInstanceOf(UserError.class);
  }

  @Test
  void branchesOfSeveralGroupsShareALedger() throws IOException {
    Files.createDirectories(store.resolve("ms2"));
    String shared = store + "/_cornerturn/A";
    String other = store.resolve("ms2").toString();
    List<ProductPlan<TinyTask>> plans =
        List.of(
            Tiny.branch(ms, "A", 1, Tiny.tasksIn("A", 5, Mishap.NONE)),
            Tiny.branch(other, "A", 1, Tiny.tasksIn("A", 5, Mishap.DISK_FULL_UNTIL_MENDED)));
    RunRequest<TinyTask> request = Tiny.request(shared, plans);
    assertThat(ChunkJob.inLoop(NONE).run(request, KERNEL, Progress.NONE).exit().code())
        .isEqualTo(3);
    assertThat(Workspace.find(store.toString(), NONE))
        .singleElement()
        .satisfies(w -> assertThat(w.folder()).isEqualTo(shared));
    new LocalStore(store.resolve("ms2")).put("mended", new byte[1]);
    assertThat(ChunkJob.inLoop(NONE).run(request, KERNEL, Progress.NONE).exit().code()).isZero();
    assertThat(Verify.run(ms, NONE, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
  }
}
