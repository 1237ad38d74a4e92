package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.MemoryStore;

/** Any box of any layout equals the same box of a plain array. */
class RandomBoxTest {

  @Property(tries = 300)
  void boxesEqualThoseOfAPlainArray(@ForAll @IntRange(min = 0) int seed) throws Exception {
    Random random = new Random(seed);
    int rank = 1 + random.nextInt(4);
    long[] dims = new long[rank];
    long[] chunk = new long[rank];
    long[] shard = new long[rank];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims[i] = 1 + random.nextInt(13);
      chunk[i] = 1 + random.nextInt(5);
      shard[i] = chunk[i] * (1 + random.nextInt(3));
      order.add(i);
    }
    Collections.shuffle(order, random);
    Primitive type = Primitive.values()[random.nextInt(Primitive.values().length)];
    Endian endian = Endian.values()[random.nextInt(2)];
    List<Codec.Compressor> compressors =
        List.of(new Codec.ZstdCodec(1, true), new Codec.GzipCodec(1), new Codec.Crc32cCodec());
    CodecChain codecs =
        new CodecChain(order, new Codec.Bytes(endian), compressors.subList(0, random.nextInt(4)));
    Shape shape = Shape.of(dims);
    byte[] fill = RoundTripTest.randomElement(type, random);
    ArrayMetadata.Builder b =
        ArrayMetadata.builder(ZarrFormat.V3, shape, type)
            .chunk(chunk)
            .codecs(codecs)
            .fill(FillValue.of(type, fill));
    if (random.nextBoolean()) {
      Sharding.IndexLocation where = Sharding.IndexLocation.values()[random.nextInt(2)];
      b.sharding(new Sharding(Shape.of(shard), where, endian, random.nextBoolean()));
    }
    ArrayMetadata m = b.build();
    Block whole = RoundTripTest.randomBlock(type, shape, m.fill(), seed);
    MemoryStore store = new MemoryStore();
    RoundTripTest.write(store, "a", m, whole, EmptyChunks.OMIT);
    ZarrArray array = ZarrArray.open(store, "a");
    assertThat(array.metadata()).isEqualTo(m);
    for (int n = 0; n < 5; n++) {
      long[] start = new long[rank];
      long[] extent = new long[rank];
      for (int i = 0; i < rank; i++) {
        start[i] = random.nextInt((int) dims[i]);
        extent[i] = random.nextInt((int) (dims[i] - start[i]) + 1);
      }
      Box box = Box.of(start, extent);
      ReadLimits limits = new ReadLimits(1 << 20, random.nextInt(100), random.nextInt(500));
      assertThat(array.read(box, limits).bytes()).isEqualTo(RoundTripTest.cut(whole, box).bytes());
    }
  }
}
