package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes read into room that is used again, of shards that went out chunk by chunk. */
class BoxReaderTest {
  private static final Shape SHAPE = Shape.of(5, 7, 22);
  private static final byte[] FILL = {0, 0, (byte) 0x80, 0x3f};

  private static ArrayMetadata array(boolean sharded, boolean packed) {
    ArrayMetadata.Builder b =
        ArrayMetadata.builder(ZarrFormat.V3, SHAPE, Primitive.FLOAT32)
            .chunk(1, 7, 4)
            .fill(FillValue.of(Primitive.FLOAT32, FILL));
    if (sharded) {
      b = b.sharding(Sharding.of(Shape.of(1, 7, 24)));
    }
    return b.codecs(
            packed
                ? CodecChain.standard(ZarrFormat.V3, Primitive.FLOAT32)
                : CodecChain.of(ZarrFormat.V3, Primitive.FLOAT32))
        .build();
  }

  private static Box chunk(int t, int c) {
    return Box.of(new long[] {t, 0, 4L * c}, new long[] {1, 7, 4}).intersect(Box.all(SHAPE));
  }

  /** Writes random floats; the objects of the second step aren't there, nor some of the chunks. */
  private static byte[] write(CountingStore store, ArrayMetadata array) throws IOException {
    byte[] all = new byte[(int) SHAPE.size() * 4];
    new Random(7).nextBytes(all);
    for (int i = 0; i < SHAPE.size(); i++) {
      if (i / 154 == 1 || i / 154 == 3 && i % 22 >= 4 && i % 22 < 8) {
        System.arraycopy(FILL, 0, all, 4 * i, 4);
      }
    }
    Block whole = new Block(Primitive.FLOAT32, SHAPE, all);
    ObjectEncoder encoder = new ObjectEncoder(array, EmptyChunks.OMIT);
    for (int t = 0; t < 5; t++) {
      if (array.sharding() == null) {
        for (int c = 0; c < 6; c++) {
          Box box = array.objectGrid().box(t, 0, c);
          byte[] part = new byte[(int) box.size() * 4];
          BoxCopy.copy(all, Box.all(SHAPE), part, box, 4);
          Optional<EncodedObject> encoded =
              encoder.encode(new long[] {t, 0, c}, new Block(Primitive.FLOAT32, box.shape(), part));
          if (encoded.isPresent()) {
            byte[] bytes = encoded.get().bytes();
            store.put("a/c/" + t + "/0/" + c, bytes, 0, encoded.get().length());
          }
        }
      } else {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ShardStream shard = encoder.shard(out, t, 0, 0);
        for (int c = 0; c < shard.count(); c++) {
          shard.add(c, whole, Box.all(SHAPE));
        }
        if (shard.finish()) {
          store.put("a/c/" + t + "/0/0", out.toByteArray());
        } else {
          assertThat(out.size()).isZero();
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void anyBoxesInAnyOrderAreThoseOfTheArray(boolean sharded, boolean packed) throws IOException {
    CountingStore store = new CountingStore();
    ArrayMetadata array = array(sharded, packed);
    byte[] all = write(store, array);
    ZarrArray read = ZarrArray.of(store, "a", array);
    assertThat(read.read(Box.all(SHAPE)).bytes()).isEqualTo(all);
    BoxReader boxes = read.boxes();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      Box box;
      if (i < 60) { // chunk by chunk, then anywhere
        box = chunk(i / 6 % 5, i % 6);
      } else {
        long[] start = new long[3];
        long[] extent = new long[3];
        for (int k = 0; k < 3; k++) {
          start[k] = random.nextInt((int) SHAPE.dim(k));
          extent[k] = 1 + random.nextInt((int) (SHAPE.dim(k) - start[k]));
        }
        box = Box.of(start, extent);
      }
      assertThat(boxes.read(box)).as("%s", box).isEqualTo(read.read(box).bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void storedChunksCanBePassedOnAsTheyAre(boolean packed) throws IOException {
    CountingStore store = new CountingStore();
    ArrayMetadata array = array(true, packed);
    byte[] all = write(store, array);
    BoxReader boxes = ZarrArray.of(store, "a", array).boxes();
    assertThat(boxes.encoded()).isEmpty();
    ObjectEncoder encoder = new ObjectEncoder(array, EmptyChunks.WRITE);
    int passed = 0;
    for (int t = 0; t < 5; t++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ShardStream shard = encoder.shard(out, t, 0, 0);
      for (int c = 0; c < 6; c++) {
        Block block = new Block(Primitive.FLOAT32, chunk(t, c).shape(), boxes.read(chunk(t, c)));
        Optional<EncodedChunk> encoded = boxes.encoded();
        // The last is cut at the edge; others aren't stored.
        assertThat(encoded.isPresent()).isEqualTo(c < 5 && t != 1 && !(t == 3 && c == 1));
        if (encoded.isPresent()) {
          shard.add(c, encoded.get());
          passed++;
        } else {
          shard.add(c, block, chunk(t, c));
        }
      }
      assertThat(shard.finish()).isTrue();
      store.put("b/c/" + t + "/0/0", out.toByteArray());
    }
    assertThat(passed).isEqualTo(19);
    assertThat(ZarrArray.of(store, "b", array).read(Box.all(SHAPE)).bytes()).isEqualTo(all);
  }

  @Test
  void chunksOfAShardComeWithFewRequests() throws IOException {
    CountingStore store = new CountingStore();
    ArrayMetadata array = array(true, true);
    write(store, array);
    BoxReader boxes = ZarrArray.of(store, "a", array).boxes();
    for (int c = 0; c < 6; c++) {
      boxes.read(chunk(0, c));
      boxes.read(chunk(1, c));
    }
    boxes = ZarrArray.of(store, "a", array).boxes();
    store.ranges.clear();
    store.accesses.clear();
    for (int c = 0; c < 6; c++) {
      boxes.read(chunk(2, c));
    }
    // The index, the first chunk, and all that follow it.
    assertThat(store.ranges).hasSize(3);
    for (int c = 0; c < 6; c++) {
      boxes.read(chunk(1, c));
    }
    // That there is no such object is asked once.
    assertThat(store.accesses.stream().filter("open a/c/1/0/0"::equals)).hasSize(1);
  }

  @Test
  void damageIsToldWithTheObjectsName() throws IOException {
    CountingStore store = new CountingStore();
    ArrayMetadata array = array(true, true);
    write(store, array);
    byte[] shard = store.get("a/c/0/0/0");
    shard[1] ^= 77; // the version of the first frame's compressor
    shard[4] ^= 77; // its size
    store.put("a/c/0/0/0", shard);
    BoxReader boxes = ZarrArray.of(store, "a", array).boxes();
    assertThatThrownBy(() -> boxes.read(chunk(0, 0)))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("a/c/0/0/0");
    assertThat(boxes.read(chunk(0, 1))).hasSize(7 * 4 * 4);
  }
}
