package org.cornerturn.jobs.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;

class LevelLayoutTest {

  /** Hundreds of shapes and chunks, sizes from tiny to far beyond memory. */
  @Test
  void tasksTileTheLevelAndShareNoChunk() {
    Random random = new Random(7);
    for (int round = 0; round < 600; round++) {
      boolean lines = random.nextBoolean();
      int rank = (lines ? 1 : 2) + random.nextInt(3);
      long[] shape = new long[rank];
      long[] chunk = new long[rank];
      double budget = 1e12;
      for (int axis = rank - 1; axis >= 0; axis--) {
        boolean reduced = axis >= rank - (lines ? 1 : 2);
        shape[axis] =
            1 + (long) Math.pow(10, random.nextDouble() * (reduced ? lines ? 9 : 4.6 : 2));
        chunk[axis] = 1 + (long) Math.pow(10, random.nextDouble() * (reduced ? 4 : 1));
        budget /= shape[axis];
      }
      if (budget < 1) {
        continue;
      }
      int factor = 2 << random.nextInt(4);
      long bytes = 1L << random.nextInt(5);
      LevelLayout layout =
          lines
              ? LevelLayout.lines(Shape.of(shape), Shape.of(chunk), factor, bytes)
              : LevelLayout.images(Shape.of(shape), Shape.of(chunk), bytes);
      if (new ChunkGrid(layout.finer(), layout.task()).count() > 20_000) {
        continue;
      }
      check(layout, Shape.of(chunk), bytes);
    }
  }

  private static void check(LevelLayout layout, Shape source, long bytes) {
    ChunkGrid chunks = new ChunkGrid(layout.coarser(), layout.chunk());
    Set<Long> owners = new HashSet<>();
    long covered = 0;
    for (LevelLayout.Share share : layout.shares(bytes, 0, bytes)) {
      covered += share.box().size();
      Box out = share.out();
      // Only corners: a box of whole chunks shares none with its neighbours.
      for (int axis = 0; axis < out.rank(); axis++) {
        long end = out.end(axis);
        assertThat(out.start(axis) % layout.chunk().dim(axis)).as("%s", layout).isZero();
        assertThat(end == layout.coarser().dim(axis) || end % layout.chunk().dim(axis) == 0)
            .as("%s", layout)
            .isTrue();
      }
      long[] at = new long[out.rank()];
      Arrays.setAll(at, axis -> out.start(axis) / layout.chunk().dim(axis));
      assertThat(owners.add(chunks.linear(at))).isTrue();
    }
    assertThat(covered).isEqualTo(layout.finer().size());
    assertThat(layout.chunk().size()).as("%s", layout).isLessThanOrEqualTo(1 << 18);
    long sourceBytes = bytes;
    for (int axis = 0; axis < source.rank(); axis++) {
      long most = Math.min(source.dim(axis), layout.finer().dim(axis));
      boolean reduced = axis >= source.rank() - layout.reduced();
      sourceBytes *= reduced ? most + layout.factor() : most;
    }
    assertThat(layout.task().size() * bytes)
        .as("%s of %s", layout, source)
        .isLessThanOrEqualTo(Math.max(LevelLayout.TASK_BYTES, 4 * sourceBytes));
  }

  @Test
  void tasksFollowTheSourcesChunks() {
    LevelLayout decimal =
        LevelLayout.lines(Shape.of(1_000_000_000), Shape.of(10_000_000), 8, Short.BYTES);
    assertThat(decimal.task()).isEqualTo(Shape.of(10_000_000));
    assertThat(decimal.chunk()).isEqualTo(Shape.of(125_000));
    LevelLayout binary =
        LevelLayout.lines(Shape.of(4, 1L << 33), Shape.of(1, 262_144), 8, Short.BYTES);
    assertThat(binary.task()).isEqualTo(Shape.of(1, 1 << 24));
    assertThat(binary.chunk()).isEqualTo(Shape.of(1, 131_072));
  }

  @Test
  void shortLinesAndSmallImagesShareChunksAndTasks() {
    LevelLayout lines = LevelLayout.lines(Shape.of(1000, 4000), Shape.of(1, 4000), 8, 2);
    assertThat(lines.task()).isEqualTo(Shape.of(1000, 4000));
    assertThat(lines.chunk()).isEqualTo(Shape.of(262, 500));
    LevelLayout images = LevelLayout.images(Shape.of(500, 300, 300), Shape.of(1, 300, 300), 4);
    assertThat(images.task()).isEqualTo(Shape.of(93, 300, 300));
    assertThat(images.chunk().dim(0)).isGreaterThan(1);
  }

  @Test
  void imagesInRowsAreTakenInFlatTiles() {
    LevelLayout rows = LevelLayout.images(Shape.of(65_536, 65_536), Shape.of(1, 65_536), 4);
    assertThat(rows.task()).isEqualTo(Shape.of(128, 65_536));
    assertThat(rows.chunk()).isEqualTo(Shape.of(64, 4096));
  }
}
