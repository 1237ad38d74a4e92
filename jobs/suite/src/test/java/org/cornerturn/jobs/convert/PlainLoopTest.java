package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.Recordings;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.ObjectStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark makes of a conversion is what a plain loop over the plan makes, byte for byte. */
class PlainLoopTest {
  @TempDir private Path folder;

  static Stream<Arguments> conversions() {
    return Stream.of(
        Arguments.of("tree", 1, 3, List.of()),
        Arguments.of("tree", 1, 3, List.of("--shard-size", "2MiB", "--chunk-size", "64KiB")),
        Arguments.of("tree", 1, 2, List.of("--zarr-format", "2", "--codec", "gzip")),
        Arguments.of("traces", 1, 2, List.of("--mean")),
        Arguments.of("long traces", 2, 2, List.of("--mean")),
        Arguments.of("long traces", 2, 3, List.of("--zarr-format", "3", "--pyramid", "4")));
  }

  private Path input(String kind) throws IOException {
    Path file = folder.resolve("in.h5");
    return switch (kind) {
      case "tree" -> Recordings.tree(file, 1024);
      case "traces" -> Recordings.waveform(file, 2, 2, 18, 300_001);
      case "long traces" -> Recordings.waveform(file, 2, 1, 1, 16_900_001);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Runs a task after making sure that no reader could open the store yet. */
  private record WatchingKernel(ConvertKernel kernel, List<String> ids)
      implements Kernel<ConvertTask> {
    @Override
    public Outcome run(ConvertTask task, TaskStores stores) throws IOException {
      assertThat(stores.product().list("").stream().map(ObjectStatus::key))
          .noneMatch(k -> !k.startsWith(ProductPlan.STATE) && StoreContent.isMetadata(k));
      Outcome outcome = kernel.run(task, stores);
      ids.add(outcome.taskId());
      return outcome;
    }
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void sparkAndLoopAgree(String kind, int waves, int format, List<String> options)
      throws IOException {
    Path input = input(kind);
    String root = folder.resolve("spark.zarr").toString();
    List<String> arguments = new ArrayList<>(List.of("convert", input.toString(), root));
    arguments.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    arguments.addAll(List.of("--master", "local[2]"));
    arguments.addAll(options);
    CommandRun spark = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(spark.exit()).as(spark.err()).isZero();

    for (boolean backwards : new boolean[] {false, true}) {
      String loop = folder.resolve(backwards ? "backwards.zarr" : "loop.zarr").toString();
      ConvertParameters parameters =
          ConvertParameters.of(Workspace.find(root, Map.of()).get(0).parameters())
              .forInput(input.toString(), loop);
      InputFile file =
          new InputFiles(ConvertJob.EXTENSIONS, Map.of()).expand(parameters.inputs()).get(0);
      ProductPlan<ConvertTask> plan =
          new ConversionPlanner(parameters, Map.of()).plan(file, loop).orElseThrow().product();
      assertThat(plan.chunks().waves()).hasSize(waves);
      List<String> done = new ArrayList<>();
      RunReport report =
          ChunkJob.inLoop(Map.of())
              .run(
                  request(backwards ? backwards(plan) : plan, loop),
                  new WatchingKernel(new ConvertKernel(parameters.empty()), done),
                  Progress.NONE);
      assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
      assertThat(done).hasSameSizeAs(plan.chunks().tasks()).hasSizeGreaterThan(2);
      assertThat(StoreContent.of(loop))
          .isEqualTo(StoreContent.of(root))
          .containsKey(format == 3 ? "zarr.json" : ".zmetadata");
    }
  }

  private static ProductPlan<ConvertTask> backwards(ProductPlan<ConvertTask> plan) {
    List<ConvertTask> tasks = new ArrayList<>(plan.chunks().tasks());
    Collections.reverse(tasks);
    return ProductPlan.folder(
        plan.name(),
        plan.root(),
        plan.fingerprint(),
        plan.verb(),
        plan.parameters(),
        plan.inputs(),
        new ChunkPlan<>(tasks),
        plan.refusals(),
        plan.publisher());
  }

  private static RunRequest<ConvertTask> request(ProductPlan<ConvertTask> plan, String root) {
    return new RunRequest<>(
        "convert",
        List.of(),
        plan.parameters(),
        root,
        List.of(plan),
        List.of(),
        RunRequest.Existing.REFUSE,
        RunRequest.OnUnsupported.SKIP,
        null);
  }
}
