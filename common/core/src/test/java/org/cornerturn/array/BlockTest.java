package org.cornerturn.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cornerturn.array.DataType.Primitive;
import org.junit.jupiter.api.Test;

class BlockTest {
  @Test
  void widensEveryRealType() {
    assertThat(doubles(Primitive.UINT8, new byte[] {-1, 1})).containsExactly(255, 1);
    assertThat(doubles(Primitive.INT16, Block.toBytes(new short[] {-2, 7}))).containsExactly(-2, 7);
    assertThat(doubles(Primitive.UINT32, Block.toBytes(new int[] {-1})))
        .containsExactly(4294967295.0);
    assertThat(doubles(Primitive.UINT64, Block.toBytes(new long[] {-1L})))
        .containsExactly(18446744073709551615.0);
    assertThat(
            doubles(
                Primitive.FLOAT16, Block.toBytes(new short[] {0x3c00, (short) 0xc000, 1, 0x7c00})))
        .containsExactly(1, -2, Math.pow(2, -24), Double.POSITIVE_INFINITY);
    assertThat(doubles(Primitive.FLOAT32, Block.toBytes(new float[] {0.1f}))).containsExactly(0.1f);
  }

  private static double[] doubles(Primitive type, byte[] bytes) {
    return new Block(type, Shape.of(bytes.length / type.itemSize()), bytes).toDoubles();
  }

  @Test
  void refusesDataThatDoNotFit() {
    assertThatThrownBy(() -> new Block(Primitive.INT32, Shape.of(2), new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Block(new DataType.Text(), Shape.of(2), new byte[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
