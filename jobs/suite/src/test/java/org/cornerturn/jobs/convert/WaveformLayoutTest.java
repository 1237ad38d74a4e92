package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveformLayoutTest {

  @ParameterizedTest
  @CsvSource({
    // channels, trcs, segments, samples, itemSize, source chunk (0: contiguous)
    "2, 1, 3, 20000000, 2, 0, 0, 0, 0",
    "2, 2, 8, 20000, 2, 1, 1, 8, 20000",
    "4, 5, 25, 1000000, 2, 1, 1, 1, 524288",
    "1, 1, 1, 20000000000, 2, 0, 0, 0, 0",
    "1, 1, 2, 100000000, 4, 1, 1, 1, 10000000",
    "3, 2, 7, 1000, 8, 3, 2, 7, 100",
    "1, 1, 1, 1, 2, 0, 0, 0, 0",
    "2, 3, 1000, 4000, 2, 1, 1, 1, 4000",
  })
  void tasksTileTheArrayAndShareNoObject(
      long c, long r, long s, long n, int itemSize, long cc, long cr, long cs, long cn) {
    Shape shape = Shape.of(c, r, s, n);
    WaveformLayout w =
        WaveformLayout.of(shape, itemSize, cc == 0 ? null : Shape.of(cc, cr, cs, cn), 8);
    long covered = 0;
    Set<String> owners = new HashSet<>();
    for (Box box : w.taskBoxes()) {
      covered += box.size();
      claim(owners, "raw", new ChunkGrid(shape, w.rawChunk()), box);
      for (int level = 1; level <= w.levels().count(); level++) {
        if (w.isFine(level)) {
          long per = w.levels().samplesPerBin(level);
          assertThat(box.start(3) % per).isZero();
          Box bins =
              Box.of(
                  new long[] {box.start(0), box.start(1), box.start(2), box.start(3) / per, 0},
                  new long[] {
                    box.extent(0), box.extent(1), box.extent(2), (box.extent(3) + per - 1) / per, 2
                  });
          claim(
              owners,
              "level" + level,
              new ChunkGrid(w.levelShape(level), w.levelChunk(level)),
              bins);
        }
      }
    }
    assertThat(covered).isEqualTo(shape.size());
  }

  /** Every chunk that the box touches lies inside it, and no other task's box touched it. */
  private static void claim(Set<String> owners, String array, ChunkGrid grid, Box box) {
    Box cover = grid.covering(box);
    ChunkGrid walk = new ChunkGrid(cover.shape(), Shape.of(ones(cover.rank())));
    for (long i = 0; i < walk.count(); i++) {
      long[] at = walk.coordinates(i);
      for (int k = 0; k < at.length; k++) {
        at[k] += cover.start(k);
      }
      assertThat(box.contains(grid.box(at))).as("%s chunk inside %s", array, box).isTrue();
      assertThat(owners.add(array + java.util.Arrays.toString(at))).isTrue();
    }
  }

  private static long[] ones(int rank) {
    long[] one = new long[rank];
    java.util.Arrays.fill(one, 1);
    return one;
  }

  @Test
  void levelsReachDownToAScreen() {
    WaveformLayout w = WaveformLayout.of(Shape.of(1, 1, 1, 1_000_003), 2, null, 8);
    assertThat(w.levels().count()).isEqualTo(3);
    assertThat(w.levels().bins(1)).isEqualTo(125_001);
    assertThat(w.levels().bins(3)).isEqualTo(1954);
  }

  @Test
  void aTraceLargerThanATaskIsCutAndItsCoarseLevelsWait() {
    WaveformLayout w = WaveformLayout.of(Shape.of(1, 1, 1, 20_000_000_000L), 2, null, 8);
    assertThat(w.range()).isEqualTo(1L << 24);
    assertThat(w.ranges()).isEqualTo(1193);
    assertThat(w.fineLevels()).isEqualTo(3);
  }

  @Test
  void aTraceWhoseSourceChunksFitNoRangeIsStreamedWhole() {
    WaveformLayout w =
        WaveformLayout.of(Shape.of(1, 1, 1, 100_000_000), 2, Shape.of(1, 1, 1, 10_000_000), 8);
    assertThat(w.ranges()).isEqualTo(1);
    assertThat(w.fineLevels()).isEqualTo(w.levels().count());
  }

  @Test
  void shortTracesShareATask() {
    WaveformLayout w = WaveformLayout.of(Shape.of(2, 3, 1000, 4000), 2, null, 8);
    assertThat(w.group()).isEqualTo(Shape.of(1, 3, 1000));
    assertThat(w.levelChunk(1)).isEqualTo(Shape.of(1, 1, 262, 500, 2));
  }
}
