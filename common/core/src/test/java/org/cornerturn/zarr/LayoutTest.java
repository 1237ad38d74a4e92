package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Shape;
import org.cornerturn.zarr.Layout.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

  private static Shape shape(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String[] parts = text.split("x");
    long[] dims = new long[parts.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Long.parseLong(parts[i].trim());
    }
    return Shape.of(dims);
  }

  @ParameterizedTest
  @CsvSource({
    // array, bytes, source chunk, chunk, shard
    "100, 4, , 100, ",
    "0x5, 4, , 1x5, ",
    "2000000, 4, , 250000, ", // 8 MB: no shards
    "100000000, 2, , 390625, 25000000",
    "4000x4000, 4, , 500x500, 4000x4000",
    "40000x4000, 4, , 313x500, 4069x4000",
    "1000x1000x64, 8, 10x1000x64, 2x1000x64, 130x1000x64",
    "1000000, 2, 1000000, 1000000, ", // a source chunk within a factor of four stays
    "64x100000000, 2, 1x262144, 1x262144, 1x33554432",
    "1000x1000, 8, 10x10, 320x320, ",
    "20000x20000, 8, 128x128, 256x512, 256x20480",
  })
  void layoutsAreOfUsefulSizes(
      String array, int itemSize, String source, String chunk, String shard) {
    Layout layout = Layout.choose(shape(array), itemSize, shape(source), Targets.STANDARD);
    assertThat(layout).isEqualTo(new Layout(shape(chunk), shape(shard)));
  }

  @Property(tries = 500)
  void layoutsKeepTheirPromises(@ForAll @IntRange(min = 0) int seed) {
    Random random = new Random(seed);
    long[] dims = new long[1 + random.nextInt(4)];
    long[] source = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (long) Math.pow(200_000, random.nextDouble()) - 1;
      source[i] = (long) Math.pow(5_000, random.nextDouble());
    }
    int itemSize = 1 + random.nextInt(16);
    boolean chunked = random.nextBoolean();
    Shape shape = Shape.of(dims);
    Shape from = chunked ? Shape.of(source) : null;
    Layout layout = Layout.choose(shape, itemSize, from, Targets.STANDARD);
    double chunkBytes = itemSize;
    double shardBytes = itemSize;
    double arrayBytes = itemSize;
    for (int i = 0; i < dims.length; i++) {
      long c = layout.chunk().dim(i);
      assertThat(c).isBetween(1L, Math.max(1, dims[i]));
      chunkBytes *= c;
      arrayBytes *= Math.max(1, dims[i]);
      if (layout.shard() != null) {
        long s = layout.shard().dim(i);
        assertThat(s % c).isZero();
        assertThat(s).isLessThanOrEqualTo((Math.max(1, dims[i]) + c - 1) / c * c);
        shardBytes *= s;
      }
    }
    assertThat(chunkBytes).isLessThanOrEqualTo(4 << 20);
    assertThat(chunkBytes).isGreaterThanOrEqualTo(Math.min(arrayBytes, 1 << 15));
    assertThat(shardBytes).isLessThanOrEqualTo(4L * (64 << 20));
    if (arrayBytes < 16 << 20) {
      assertThat(layout.shard()).isNull();
    }
  }
}
