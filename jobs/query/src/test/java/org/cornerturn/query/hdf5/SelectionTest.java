package org.cornerturn.query.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3        | start [3, 0] step [1, 1] count [1, 8]   | [8]",
        "-1,2     | start [9, 2] step [1, 1] count [1, 1]   | []",
        "2:5      | start [2, 0] step [1, 1] count [3, 8]   | [3, 8]",
        ":,-3:    | start [0, 5] step [1, 1] count [10, 3]  | [10, 3]",
        "1:9:3,:  | start [1, 0] step [3, 1] count [3, 8]   | [3, 8]",
        "::4,0:99 | start [0, 0] step [4, 1] count [3, 8]   | [3, 8]",
        "5:2      | start [0, 0] step [1, 1] count [0, 8]   | [0, 8]",
        "-99:2    | start [0, 0] step [1, 1] count [2, 8]   | [2, 8]"
      })
  void readsAsNumPyDoes(String text, String slab, String shape) {
    Selection s = Selection.parse(text);
    Hyperslab h = s.in(Shape.of(10, 8));
    assertThat(h).hasToString(slab);
    assertThat(s.shapeOf(h)).hasToString(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1:2:3:4", "1.5", "::0", "::-1", "1,,2", "99999999999999999999"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Selection.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-11", "0,8", "0,0,0"})
  void refusesWhatLiesOutside(String text) {
    Selection s = Selection.parse(text);
    assertThatThrownBy(() -> s.in(Shape.of(10, 8))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScalarHasNothingToSelect() {
    assertThat(Selection.ALL.in(Shape.of()).size()).isEqualTo(1);
    assertThatThrownBy(() -> Selection.parse(":").in(Shape.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Tiles visited and gathered give every selected element, each tile once. */
  @Property(tries = 500)
  void tilesGiveWhatAPlainLoopGives(@ForAll long seed) {
    Random random = new Random(seed);
    int rank = random.nextInt(4);
    long[] dims = new long[rank];
    long[] chunk = new long[rank];
    long[] start = new long[rank];
    long[] step = new long[rank];
    long[] count = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = 1 + random.nextInt(9);
      chunk[i] = 1 + random.nextInt(5);
      start[i] = random.nextInt((int) dims[i]);
      step[i] = 1 + random.nextInt(6);
      count[i] = 1 + random.nextInt((int) ((dims[i] - 1 - start[i]) / step[i]) + 1);
    }
    Shape shape = Shape.of(dims);
    Hyperslab slab = new Hyperslab(start, step, count);
    ChunkGrid grid = new ChunkGrid(shape, Shape.of(chunk));
    TilePlan plan = new TilePlan(grid, slab);
    int[] got = new int[(int) slab.size()];
    byte[] target = new byte[4 * got.length];
    Gather gather = new Gather(slab, 4, target);
    List<Long> seen = new ArrayList<>();
    int parts = 0;
    for (long t = 0; t < plan.count(); t++) {
      long[] at = plan.coordinates(t);
      seen.add(grid.linear(at));
      Box box = grid.fullBox(at);
      int[] values = new int[(int) box.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = value(box, k, shape);
      }
      Tile tile = new Tile(box, new Block(Primitive.INT32, box.shape(), Block.toBytes(values)));
      gather.add(tile);
      parts += (int) Elements.selected(slab, tile).shape().size();
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(parts).as("elements of all tiles").isEqualTo(got.length);
    int[] found = new Block(Primitive.INT32, slab.shape(), target).ints();
    for (int k = 0; k < found.length; k++) {
      long rest = k;
      long linear = 0;
      long stride = 1;
      for (int i = rank - 1; i >= 0; i--) {
        linear += (start[i] + rest % count[i] * step[i]) * stride;
        rest /= count[i];
        stride *= dims[i];
      }
      assertThat(found[k]).isEqualTo((int) linear);
    }
  }

  /** The C-order number of an element, -1 beyond the edge. */
  private static int value(Box box, int place, Shape shape) {
    long rest = place;
    long linear = 0;
    long stride = 1;
    boolean inside = true;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      long at = box.start(i) + rest % box.extent(i);
      rest /= box.extent(i);
      inside &= at < shape.dim(i);
      linear += at * stride;
      stride *= shape.dim(i);
    }
    return inside ? (int) linear : -1;
  }
}
