package org.cornerturn.array;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoxCopyTest {
  private static Box box(java.util.Random r, int rank) {
    long[] start = new long[rank];
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      start[i] = r.nextInt(4);
      shape[i] = r.nextInt(5);
    }
    return Box.of(start, shape);
  }

  private static int value(long[] at) {
    int v = 7;
    for (long a : at) {
      v = v * 31 + (int) a;
    }
    return v;
  }

  private static long[] position(Box box, long linear) {
    long[] at = new ChunkGrid(box.shape(), Shape.of(ones(box.rank()))).coordinates(linear);
    for (int i = 0; i < at.length; i++) {
      at[i] += box.start(i);
    }
    return at;
  }

  private static long[] ones(int rank) {
    long[] one = new long[rank];
    java.util.Arrays.fill(one, 1);
    return one;
  }

  private static boolean inside(Box box, long[] at) {
    for (int i = 0; i < at.length; i++) {
      if (at[i] < box.start(i) || at[i] >= box.end(i)) {
        return false;
      }
    }
    return true;
  }

  /** Bytes take another way than whole elements: many short runs. */
  @Property
  void bytesAndElementsAgree(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 4) int rank,
      @ForAll @IntRange(min = 1, max = 17) int width) {
    java.util.Random r = new java.util.Random(seed);
    Box from = box(r, rank);
    Box to = box(r, rank);
    byte[] src = new byte[(int) from.size() * width];
    r.nextBytes(src);
    byte[] dst = new byte[(int) to.size() * width];
    BoxCopy.copy(src, from, dst, to, width);
    Object[] elements = new Object[(int) from.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = java.util.Arrays.copyOfRange(src, i * width, (i + 1) * width);
    }
    Object[] copied = new Object[(int) to.size()];
    BoxCopy.copy(elements, from, copied, to, 1);
    for (int i = 0; i < copied.length; i++) {
      byte[] want = copied[i] == null ? new byte[width] : (byte[]) copied[i];
      assertThat(java.util.Arrays.copyOfRange(dst, i * width, (i + 1) * width)).isEqualTo(want);
    }
  }

  @Property
  void copiesExactlyTheCommonPart(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int rank) {
    java.util.Random r = new java.util.Random(seed);
    Box from = box(r, rank);
    Box to = box(r, rank);
    int[] src = new int[(int) from.size()];
    for (int i = 0; i < src.length; i++) {
      src[i] = value(position(from, i));
    }
    int[] dst = new int[(int) to.size()];
    BoxCopy.copy(src, from, dst, to, 1);
    for (int i = 0; i < dst.length; i++) {
      long[] at = position(to, i);
      assertThat(dst[i]).isEqualTo(inside(from, at) ? value(at) : 0);
    }
  }

  @Test
  void widthCountsComponentsPerElement() {
    byte[] src = {1, 2, 3, 4, 5, 6};
    byte[] dst = new byte[4];
    BoxCopy.copy(
        src,
        Box.of(new long[] {0}, new long[] {3}),
        dst,
        Box.of(new long[] {1}, new long[] {2}),
        2);
    assertThat(dst).containsExactly(3, 4, 5, 6);
  }
}
