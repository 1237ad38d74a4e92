package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.cornerturn.jobs.image.Night.ARCSEC;
import static org.cornerturn.jobs.image.Night.content;
import static org.cornerturn.jobs.image.Night.fits;
import static org.cornerturn.jobs.image.Night.inLoop;
import static org.cornerturn.jobs.image.Night.largest;
import static org.cornerturn.jobs.image.Night.parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.cornerturn.imaging.Precision;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Sessions;
import org.cornerturn.spark.TaskStores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes however tasks are run, and tasks that fit their memory. */
class ImageRunTest {
  @TempDir private static Path folder;
  private static Night night;

  @BeforeAll
  static void make() throws IOException {
    night = Night.shared();
  }

  @Test
  void theSameBytesOnSparkInALoopAndAfterAnInterruption() throws IOException {
    ImageParameters asked = parameters(night.cleaned);
    String loop = folder + "/loop.image.zarr";
    assertThat(inLoop(asked.into(loop), new ImageKernel()).exit())
        .isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(content(loop)).isEqualTo(content(night.cleaned));

    String broken = folder + "/broken.image.zarr";
    AtomicInteger left = new AtomicInteger(6);
    Kernel<ImageTask> full =
        new Kernel<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Outcome run(ImageTask task, TaskStores stores) throws IOException {
            if (left.getAndDecrement() <= 0) {
              throw new IOException("No space left on device");
            }
            return new ImageKernel().run(task, stores);
          }
        };
    assertThat(inLoop(asked.into(broken), full).exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(Path.of(broken, "zarr.json")).doesNotExist();
    assertThat(night.data.run("resume", broken).err()).contains("6 before");
    assertThat(content(broken)).isEqualTo(content(night.cleaned));
  }

  /**
   * However tasks are spread over Spark's partitions, and however many threads they have: two
   * images of seven blocks each, one of each hand: both see the same of what is not polarized.
   */
  @Test
  void theSameBytesForAnyPartitions() throws IOException {
    String usual = folder + "/usual.image.zarr";
    String options =
        "--size 128 --scale 24asec --parts 7 --pol XX,YY --niter 50 --nmiter 1 --task-threads 3";
    List<String> words = new ArrayList<>(List.of("image", night.data.set(), usual));
    words.addAll(List.of(options.split(" ")));
    night.data.run(words.toArray(String[]::new));
    for (String hand : List.of("XX", "YY")) {
      float[] image = fits(usual, "usual-" + hand + "-image.fits");
      int at = (64 + 25) * 128 + 64 - 50;
      assertThat(largest(image)).isEqualTo(at);
      float[] dirty = fits(usual, "usual-" + hand + "-dirty.fits");
      assertThat((double) dirty[at]).isCloseTo(5, within(0.02));
    }
    ImageParameters asked = parameters(usual);
    assertThat(asked.gridding().threads(99, 4)).isEqualTo(3);
    SparkContext spark = Sessions.context("test", "local[2]", Map.of());
    for (int partitions : new int[] {1, 2, 7}) {
      // Of fourteen tasks at a time each has one thread, where nothing is said of them.
      ImageParameters same = asked.asked().into(folder + "/p" + partitions + ".image.zarr");
      assertThat(same.gridding().threads(14, 2)).isEqualTo(1);
      ImagePlanner.Planned planned = new ImagePlanner(same, Map.of(), null).plan();
      assertThat(planned.product().chunks().waves().values())
          .anySatisfy(wave -> assertThat(wave).hasSizeGreaterThanOrEqualTo(7));
      RunReport report =
          ChunkJob.onSpark(spark, Map.of(), partitions)
              .run(
                  ImageJob.request(same, planned, Existing.REFUSE, null),
                  new ImageKernel(),
                  Progress.NONE);
      assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
      assertThat(content(same.output())).isEqualTo(content(usual));
    }
  }

  /** Grids that would not fit a task make facets, and then no task takes more than 12 GB. */
  @Test
  void largeImagesAreGriddedInFacets() throws IOException {
    ImageParameters small = parameters(night.cleaned);
    ImageParameters.Field field =
        new ImageParameters.Field(16_384, 16_384, 2 * ARCSEC, 1, small.field().centre());
    ImageParameters large =
        new ImageParameters(
            small.product(),
            folder + "/none.image.zarr",
            small.name(),
            small.dataGroup(),
            field,
            small.weights(),
            small.clean(),
            small.majorCycles(),
            small.axes(),
            small.antennas(),
            small.masks(),
            new ImageParameters.Gridding(1e-6, Precision.DOUBLE, 0, 0, true, 0),
            small.check());
    ImagePlanner.Planned planned = new ImagePlanner(large, Map.of(), null).plan();
    assertThat(planned.imaging().facets()).hasSizeGreaterThan(1);
    assertThat(planned.product().chunks().peakBytes()).isLessThan(12L << 30);
  }
}
