package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.MemoryStore;
import org.junit.jupiter.api.Test;

/** Arrays without a fill value: Zarr v2's null. */
class UnstatedFillTest {
  private static ArrayMetadata array(ZarrFormat format) {
    return ArrayMetadata.builder(format, Shape.of(4), Primitive.FLOAT64)
        .chunk(2)
        .fill(FillValue.unstated(Primitive.FLOAT64))
        .build();
  }

  @Test
  void isNullInV2AndZeroInV3() {
    assertThat(array(ZarrFormat.V2).documents().get(".zarray").get("fill_value").isNull()).isTrue();
    assertThat(array(ZarrFormat.V3).documents().get("zarr.json").get("fill_value").asDouble())
        .isZero();
  }

  @Test
  void zerosAreStoredWhereNothingStandsForThem() {
    Block zeros = new Block(Primitive.FLOAT64, Shape.of(2), new byte[16]);
    assertThat(
            new ObjectEncoder(array(ZarrFormat.V2), EmptyChunks.OMIT).encode(new long[] {0}, zeros))
        .isPresent();
    assertThat(
            new ObjectEncoder(array(ZarrFormat.V3), EmptyChunks.OMIT).encode(new long[] {0}, zeros))
        .isEmpty();
  }

  @Test
  void comesBackFromMetadata() throws IOException {
    MemoryStore store = new MemoryStore();
    new ZarrHierarchy(ZarrFormat.V2).array("a", array(ZarrFormat.V2)).publish(store, "");
    ZarrArray read = ZarrArray.open(store, "a");
    assertThat(read.metadata().fill().isStated()).isFalse();
    assertThat(read.read(Box.all(Shape.of(4))).doubles()).containsOnly(0);
  }
}
