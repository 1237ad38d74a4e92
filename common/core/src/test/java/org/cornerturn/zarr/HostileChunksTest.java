package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Crc32c;
import org.cornerturn.codec.Gzip;
import org.cornerturn.storage.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored bytes that lie must give a ZarrException, and cost no memory in doing so. */
class HostileChunksTest {
  private static final Shape SHAPE = Shape.of(64);

  private static ArrayMetadata sharded(Sharding.IndexLocation location) {
    return ArrayMetadata.builder(ZarrFormat.V3, SHAPE, Primitive.INT32)
        .chunk(16)
        .sharding(new Sharding(SHAPE, location, Endian.LITTLE, true))
        .build();
  }

  private static MemoryStore store(ArrayMetadata m) throws Exception {
    MemoryStore store = new MemoryStore();
    int[] v = new int[64];
    Arrays.setAll(v, i -> i * 1001);
    Block whole = new Block(Primitive.INT32, SHAPE, Block.toBytes(v));
    RoundTripTest.write(store, "a", m, whole, EmptyChunks.OMIT);
    return store;
  }

  private static void assertRefused(MemoryStore store) {
    assertThatThrownBy(() -> ZarrArray.open(store, "a").read(Box.all(SHAPE)))
        .isInstanceOf(ZarrException.class)
        .hasMessageStartingWith("memory:/a/c/0: ");
  }

  @ParameterizedTest
  @EnumSource(Sharding.IndexLocation.class)
  void cutShardsAreRefused(Sharding.IndexLocation location) throws Exception {
    MemoryStore store = store(sharded(location));
    byte[] good = store.get("a/c/0");
    for (int n = 0; n < good.length; n++) {
      store.put("a/c/0", good, 0, n);
      assertRefused(store);
    }
  }

  @ParameterizedTest
  @EnumSource(Sharding.IndexLocation.class)
  void flippedBitsInTheIndexAreRefused(Sharding.IndexLocation location) throws Exception {
    MemoryStore store = store(sharded(location));
    byte[] good = store.get("a/c/0");
    int size = 4 * 16 + 4;
    int start = location == Sharding.IndexLocation.START ? 0 : good.length - size;
    for (int i = 0; i < size; i++) {
      byte[] bad = good.clone();
      bad[start + i] ^= 4;
      store.put("a/c/0", bad);
      assertRefused(store);
    }
  }

  @Test
  void indexesThatLieWithAGoodChecksumAreRefused() throws Exception {
    MemoryStore store = store(sharded(Sharding.IndexLocation.END));
    byte[] good = store.get("a/c/0");
    int start = good.length - 68;
    long[][] lies = {
      {0, good.length + 1L},
      {good.length, 1},
      {Long.MAX_VALUE, Long.MAX_VALUE},
      {-2, 5},
      {5, -1},
      {-1, 5},
      {0, Long.MIN_VALUE},
      {0, 0},
      {start, 68},
    };
    for (long[] lie : lies) {
      byte[] bad = good.clone();
      ByteBuffer.wrap(bad)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(start, lie[0])
          .putLong(start + 8, lie[1]);
      Crc32c.append(bad, start, 64);
      store.put("a/c/0", bad);
      assertRefused(store);
    }
  }

  @Test
  void anyFlippedByteOfAChunkIsHarmless() throws Exception {
    MemoryStore store = store(sharded(Sharding.IndexLocation.END));
    byte[] good = store.get("a/c/0");
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(good.length - 68)] ^= (byte) (1 << random.nextInt(8));
      store.put("a/c/0", bad);
      try {
        // Without a checksum of the chunk wrong numbers can't be told from right ones.
        assertThat(ZarrArray.open(store, "a").read(Box.all(SHAPE)).ints()).hasSize(64);
      } catch (ZarrException e) {
        assertThat(e).hasMessageStartingWith("memory:/a/c/0: ");
      }
    }
  }

  @Test
  void absurdChunksCostNothing() throws Exception {
    Shape huge = Shape.of(1L << 40, 1L << 20);
    for (long[] chunk : List.of(new long[] {1L << 40, 1 << 20}, new long[] {1 << 20, 1 << 20})) {
      ArrayMetadata m =
          ArrayMetadata.builder(ZarrFormat.V3, huge, Primitive.FLOAT64).chunk(chunk).build();
      MemoryStore store = new MemoryStore();
      store.put("a/zarr.json", Json.bytes(m.documents().get("zarr.json")));
      Box box = Box.of(new long[] {5, 5}, new long[] {2, 2});
      try {
        ZarrArray a = ZarrArray.open(store, "a");
        assertThat(a.read(box).doubles()).containsOnly(0);
        store.put("a/c/0/0", new byte[100]);
        assertThatThrownBy(() -> a.read(box))
            .isInstanceOf(ZarrException.class)
            .hasMessageContaining("limit");
      } catch (ZarrException e) {
        assertThat(e).hasMessageContaining("too large");
      }
    }
  }

  @Test
  void shardsOfAbsurdlyManyChunksAreRefused() throws Exception {
    Shape shape = Shape.of(1L << 50);
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, shape, Primitive.INT8)
            .chunk(1)
            .shard(1L << 50)
            .build();
    MemoryStore store = new MemoryStore();
    store.put("a/zarr.json", Json.bytes(m.documents().get("zarr.json")));
    store.put("a/c/0", new byte[1000]);
    assertThatThrownBy(
            () -> ZarrArray.open(store, "a").read(Box.of(new long[] {3}, new long[] {1})))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("too short for its index");
  }

  @Test
  void textsOfAbsurdWidthCostNothing() throws Exception {
    MemoryStore store = new MemoryStore();
    String zarray =
        """
        {"zarr_format": 2, "shape": [9], "chunks": [9], "dtype": "<U999999999",
         "compressor": {"id": "zlib"}, "fill_value": "", "order": "C", "filters": null}""";
    store.put("a/.zarray", zarray.getBytes(StandardCharsets.UTF_8));
    store.put("a/0", new byte[50]);
    assertThatThrownBy(() -> ZarrArray.open(store, "a").read(Box.all(Shape.of(9))))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("limit");
  }

  @Test
  void bombsAreRefused() throws Exception {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, SHAPE, Primitive.INT32)
            .codecs(CodecChain.of(ZarrFormat.V3, Primitive.INT32, new Codec.GzipCodec(9)))
            .build();
    MemoryStore store = store(m);
    byte[] zeros = new byte[16 << 20];
    store.put("a/c/0", Gzip.encode(zeros, 0, zeros.length, 9));
    assertRefused(store);
    store.put("a/c/0", Gzip.encode(zeros, 0, 255, 9));
    assertRefused(store);
    store.put("a/c/0", zeros);
    assertRefused(store);
    store.put("a/c/0", new byte[0]);
    assertRefused(store);
  }

  @Test
  void elementsOfVaryingSizeMustFitTheirChunk() throws Exception {
    for (DataType type : List.of(new Text(), new Sequence(Primitive.INT32))) {
      ArrayMetadata m =
          ArrayMetadata.builder(ZarrFormat.V3, SHAPE, type)
              .codecs(CodecChain.of(ZarrFormat.V3, type))
              .build();
      MemoryStore store = new MemoryStore();
      store.put("a/zarr.json", Json.bytes(m.documents().get("zarr.json")));
      byte[] good = new byte[4 + 64 * 4];
      good[0] = 64;
      store.put("a/c/0", good);
      ZarrArray.open(store, "a").read(Box.all(SHAPE));
      for (int[] lie : new int[][] {{0, 63}, {0, 65}, {0, -1}, {4, 1}, {4, -1}, {8, 1 << 30}}) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(lie[0], lie[1]);
        store.put("a/c/0", bad);
        assertRefused(store);
      }
      for (int n = 0; n < good.length; n += 3) {
        store.put("a/c/0", good, 0, n);
        assertRefused(store);
      }
    }
  }

  @Test
  void boxesOutsideTheArrayAreTheCallersMistake() throws Exception {
    ZarrArray a = ZarrArray.open(store(sharded(Sharding.IndexLocation.END)), "a");
    assertThatThrownBy(() -> a.read(Box.of(new long[] {60}, new long[] {5})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> a.read(Box.of(new long[] {0, 0}, new long[] {1, 1})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(a.read(Box.of(new long[] {64}, new long[] {0})).bytes()).isEmpty();
  }
}
