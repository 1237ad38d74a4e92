package org.cornerturn.jobs.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.jobs.calibrate.Simulated;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
  @TempDir private static Path folder;
  private static Simulated data;
  private static String gains;

  @BeforeAll
  static void solve() {
    data = new Simulated(folder, "night").make("--gain-errors", "--noise", "--sefd", "500");
    gains = folder + "/night.cal.zarr";
    data.run("calibrate", data.set(), "--model", "point:25", "--solve", "B:inf,G:30s");
  }

  private static ApplyParameters parameters() {
    return new ApplyParameters(data.set(), List.of(gains), true, null);
  }

  private static RunReport inLoop(Kernel<ApplyTask> kernel, RunRequest.Existing existing)
      throws IOException {
    ApplyPlanner.Planned planned = new ApplyPlanner(parameters(), Map.of(), null).plan();
    return ChunkJob.inLoop(Map.of())
        .run(ApplyJob.request(planned, planned.folder(), existing, null), kernel, Progress.NONE);
  }

  private static List<String> groups() throws IOException {
    ProcessingSet set = ProcessingSet.open(new LocalStore(Path.of(data.set())));
    return set.measurementSet(set.names().get(0)).groupNames();
  }

  @Test
  void interruptedItIsInvisibleAndResumeOfTheSetFinishesIt() throws IOException {
    AtomicInteger left = new AtomicInteger(2);
    Kernel<ApplyTask> full =
        new Kernel<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Outcome run(ApplyTask task, TaskStores stores) throws IOException {
            if (left.getAndDecrement() <= 0) {
              throw new IOException("No space left on device");
            }
            return new ApplyKernel().run(task, stores);
          }
        };
    assertThat(inLoop(full, RunRequest.Existing.OVERWRITE).exit())
        .isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(groups()).containsExactly("base");
    assertThat(CommandRun.of("verify", data.set()).exit()).isEqualTo(3);
    assertThat(data.run("resume", data.set()).err()).contains("2 before");
    assertThat(groups()).containsExactly("base", "corrected");
    assertThat(CommandRun.of("verify", data.set()).exit()).isZero();

    // On Spark, anew, and in a loop, anew: the same bytes, and again nothing.
    data.run("apply", data.set(), "--from", gains, "--overwrite");
    Map<String, String> spark = StoreContent.of(data.set());
    inLoop(new ApplyKernel(), RunRequest.Existing.OVERWRITE);
    Map<String, String> loop = StoreContent.of(data.set());
    spark.keySet().removeIf(k -> k.contains("_cornerturn/"));
    loop.keySet().removeIf(k -> k.contains("_cornerturn/"));
    assertThat(loop).isEqualTo(spark);
    CommandRun again = data.run("apply", data.set(), "--from", gains);
    assertThat(again.err()).contains("unchanged");
  }

  @Test
  void withoutSolutionsNothingIsDone() {
    Simulated alone = data.withOwnTables();
    CommandRun none = alone.attempt("apply", data.set(), "--from", "auto");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("valid for the time, band and antennas", "there are none");
    CommandRun other = data.attempt("apply", data.set(), "--from", data.set());
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("no set of gains");
  }

  @Test
  void ageIsTold() {
    Simulated later = new Simulated(folder, "later").make("--start-time", "2022-06-01T13:00:00");
    CommandRun run = later.run("apply", later.set(), "--from", gains, "--dry-run");
    assertThat(run.out()).contains("VISIBILITY_CORRECTED");
    CommandRun applied = later.run("apply", later.set(), "--from", gains);
    assertThat(applied.err()).contains("stale");
    CommandRun auto = later.attempt("apply", later.set(), "--from", "auto");
    assertThat(auto.exit()).isEqualTo(2);
    assertThat(auto.err()).contains("1 not valid then");
  }

  @Test
  void solutionsOfOtherAntennasAreNotTaken() {
    Simulated other = new Simulated(folder, "other").make("--instrument", "generic");
    CommandRun auto = other.attempt("apply", other.set(), "--from", "auto");
    assertThat(auto.exit()).as(auto.err()).isEqualTo(2);
    assertThat(auto.err()).contains("valid for the time, band and antennas of the data: 1 of");
    CommandRun named = other.attempt("apply", other.set(), "--from", gains);
    assertThat(named.exit()).isEqualTo(2);
    assertThat(named.err()).containsAnyOf("gains of other antennas", "no gains in the band");
  }

  @Test
  void theLastBeforeAndTheFirstAfterAreTaken() throws IOException {
    Simulated own = data.withOwnTables();
    String before = folder + "/before.cal.zarr";
    String failed = folder + "/failed.cal.zarr";
    own.run("calibrate", data.set(), before, "--model", "point:25", "--solve", "B:inf,G:inf");
    // Of a model elsewhere: of no use.
    CommandRun weak =
        own.attempt(
            "calibrate",
            data.set(),
            failed,
            "--model",
            "point:25",
            "--center",
            "120deg,20deg",
            "--solve",
            "B:inf:32ch",
            "--min-snr",
            "0",
            "--no-retry");
    assertThat(weak.exit()).as(weak.err()).isZero();
    Simulated soon = new Simulated(folder, "soon").make("--start-time", "2022-06-01T02:00:00");
    Simulated tables = soon.withTablesOf(own);
    CommandRun one = tables.run("apply", soon.set(), "--from", "auto", "--dry-run");
    assertThat(one.err())
        .contains("before.cal.zarr (2.0 h before, gains of 12 of 12 antennas)", "1 failed");
    // The same terms later, and other terms nearer: those alone.
    Simulated next = new Simulated(folder, "next").make("--start-time", "2022-06-01T04:00:00");
    String after = folder + "/after.cal.zarr";
    next.withTablesOf(own)
        .run("calibrate", next.set(), after, "--model", "point:25", "--solve", "B:inf,G:inf");
    CommandRun both = tables.run("apply", soon.set(), "--from", "auto", "--dry-run");
    assertThat(both.err())
        .contains("before.cal.zarr (2.0 h before", " and ", "after.cal.zarr (2.0 h after");
    String other = folder + "/nearer.cal.zarr";
    soon.withTablesOf(own)
        .run("calibrate", soon.set(), other, "--model", "point:25", "--solve", "B:inf");
    CommandRun nearer = tables.run("apply", soon.set(), "--from", "auto", "--dry-run");
    assertThat(nearer.err())
        .contains("nearer.cal.zarr (0.0 h", "1 of other terms")
        .doesNotContain("after.cal.zarr (");
  }
}
