package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  private static final Shape SHAPE = Shape.of(11, 7);

  record Case(ZarrFormat format, DataType type, boolean sharded, boolean nonZeroFill) {}

  static List<DataType> types() {
    List<DataType> types = new ArrayList<>(List.of(Primitive.values()));
    types.add(new FixedText(5));
    types.add(new Text());
    types.add(new Opaque(3));
    types.add(new Sequence(Primitive.FLOAT64));
    types.add(new Sequence(new FixedText(2)));
    types.add(
        new Struct(
            List.of(
                new Field("id", Primitive.INT32, Shape.of()),
                new Field("name", new FixedText(4), Shape.of()),
                new Field("v", Primitive.FLOAT64, Shape.of(2)),
                new Field(
                    "in",
                    new Struct(List.of(new Field("z", Primitive.COMPLEX64, Shape.of()))),
                    Shape.of()))));
    return types;
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (DataType type : types()) {
      for (boolean fill : new boolean[] {false, true}) {
        cases.add(new Case(ZarrFormat.V2, type, false, fill));
        cases.add(new Case(ZarrFormat.V3, type, false, fill));
        cases.add(new Case(ZarrFormat.V3, type, true, fill));
      }
    }
    return cases;
  }

  static byte[] randomElement(DataType type, Random random) {
    byte[] b = new byte[type.isFixedSize() ? type.itemSize() : random.nextInt(4) * 8];
    random.nextBytes(b);
    if (type == Primitive.BOOL) {
      b[0] &= 1;
    } else if (type instanceof FixedText || type instanceof Text || type instanceof Struct) {
      for (int i = 0; i < b.length; i++) {
        b[i] = (byte) ('a' + (b[i] & 15));
      }
    }
    return b;
  }

  static Block randomBlock(DataType type, Shape shape, FillValue fill, long seed) {
    Random random = new Random(seed);
    int n = (int) shape.size();
    if (type.isFixedSize()) {
      byte[] all = new byte[n * type.itemSize()];
      for (int i = 0; i < n; i++) {
        byte[] e = random.nextInt(4) == 0 ? fill.bytes() : randomElement(type, random);
        System.arraycopy(e, 0, all, i * e.length, e.length);
      }
      return new Block(type, shape, all);
    }
    if (type instanceof Text) {
      String[] s = new String[n];
      for (int i = 0; i < n; i++) {
        s[i] = "é" + i + "x".repeat(random.nextInt(5));
      }
      return new Block(type, shape, s);
    }
    byte[][] s = new byte[n][];
    for (int i = 0; i < n; i++) {
      s[i] = randomElement(type, random);
    }
    return new Block(type, shape, s);
  }

  static Block cut(Block whole, Box box) {
    DataType type = whole.type();
    Object out = Elements.allocate(type, (int) box.size());
    BoxCopy.copy(whole.data(), Box.all(whole.shape()), out, box, Math.max(1, type.itemSize()));
    return new Block(type, box.shape(), out);
  }

  /** Writes an array object by object, then its metadata. */
  static void write(ObjectStore store, String path, ArrayMetadata m, Block whole, EmptyChunks empty)
      throws IOException {
    writeObjects(store, path, m, whole, empty);
    for (var document : m.documents().entrySet()) {
      store.put(Names.join(path, document.getKey()), Json.bytes(document.getValue()));
    }
  }

  static void writeObjects(
      ObjectStore store, String path, ArrayMetadata m, Block whole, EmptyChunks empty)
      throws IOException {
    ObjectEncoder encoder = new ObjectEncoder(m, empty);
    ChunkGrid grid = m.objectGrid();
    for (long i = 0; i < grid.count(); i++) {
      long[] at = grid.coordinates(i);
      Optional<EncodedObject> o = encoder.encode(at, cut(whole, grid.box(at)));
      if (o.isPresent()) {
        store.put(Names.join(path, m.objectKey(at)), o.get().bytes(), 0, o.get().length());
      }
    }
  }

  private static ArrayMetadata metadata(Case c) {
    FillValue fill = FillValue.zero(c.type);
    if (c.nonZeroFill && !(c.type instanceof Sequence)) {
      byte[] b =
          c.type instanceof Text
              ? "none".getBytes(StandardCharsets.UTF_8)
              : randomElement(c.type, new Random(5));
      fill = FillValue.of(c.type, b);
    }
    ArrayMetadata.Builder b =
        ArrayMetadata.builder(c.format, SHAPE, c.type)
            .fill(fill)
            .chunk(2, 3)
            .dimensionNames("time", "channel");
    return c.sharded ? b.shard(6, 6).build() : b.build();
  }

  /** What the array gives back for what was put in. */
  private static Object expected(ArrayMetadata m, Block block) {
    return m.type() instanceof Text && block.type() instanceof FixedText
        ? Texts.unpadded(block)
        : block.data();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyTypeComesBack(Case c) throws Exception {
    ArrayMetadata m = metadata(c);
    FillValue fill = c.type instanceof FixedText ? FillValue.zero(c.type) : m.fill();
    Block whole = randomBlock(c.type, SHAPE, fill, 1);
    MemoryStore store = new MemoryStore();
    write(store, "g/a", m, whole, EmptyChunks.OMIT);
    ZarrArray array = ZarrArray.open(store, "g/a");
    assertThat(array.metadata()).isEqualTo(m);
    Block back = array.read(Box.all(SHAPE));
    assertThat(back.type()).isEqualTo(m.type());
    assertThat(back.data()).isEqualTo(expected(m, whole));
    Box part = Box.of(new long[] {3, 2}, new long[] {7, 5});
    assertThat(array.read(part).data()).isEqualTo(expected(m, cut(whole, part)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalBlocksGiveEqualBytes(Case c) throws Exception {
    ArrayMetadata m = metadata(c);
    MemoryStore one = new MemoryStore();
    MemoryStore two = new MemoryStore();
    write(one, "a", m, randomBlock(c.type, SHAPE, FillValue.zero(c.type), 2), EmptyChunks.OMIT);
    write(two, "a", m, randomBlock(c.type, SHAPE, FillValue.zero(c.type), 2), EmptyChunks.OMIT);
    assertThat(keys(two)).isEqualTo(keys(one));
    for (String key : keys(one)) {
      assertThat(two.get(key)).as(key).isEqualTo(one.get(key));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void emptyChunksAreOmittedOrWrittenAsAsked(Case c) throws Exception {
    ArrayMetadata m = metadata(c);
    Object data = Elements.allocate(m.type(), (int) SHAPE.size());
    Elements.fill(data, Elements.fill(m), m.fill());
    Block whole = new Block(m.type(), SHAPE, data);
    MemoryStore omitted = new MemoryStore();
    write(omitted, "a", m, whole, EmptyChunks.OMIT);
    boolean alwaysWritten = c.format == ZarrFormat.V2 && c.type instanceof Sequence;
    int objects = (int) m.objectGrid().count();
    assertThat(keys(omitted)).hasSize(m.documents().size() + (alwaysWritten ? objects : 0));
    assertThat(ZarrArray.open(omitted, "a").read(Box.all(SHAPE)).data()).isEqualTo(data);
    MemoryStore written = new MemoryStore();
    write(written, "a", m, whole, EmptyChunks.WRITE);
    assertThat(keys(written)).hasSize(m.documents().size() + objects);
    assertThat(ZarrArray.open(written, "a").read(Box.all(SHAPE)).data()).isEqualTo(data);
  }

  static List<String> keys(MemoryStore store) {
    return store.list("").stream().map(ObjectStatus::key).toList();
  }

  @Test
  void fullBlocksGiveTheBytesOfCutOnes() {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, SHAPE, Primitive.INT16)
            .chunk(2, 3)
            .shard(6, 6)
            .build();
    Block whole = randomBlock(Primitive.INT16, SHAPE, m.fill(), 3);
    ObjectEncoder encoder = new ObjectEncoder(m, EmptyChunks.OMIT);
    Box full = m.objectGrid().fullBox(1, 1);
    byte[] padded = new byte[(int) full.size() * 2];
    Arrays.fill(padded, (byte) 77); // what lies beyond the edge must not matter
    BoxCopy.copy(whole.data(), Box.all(SHAPE), padded, full, 2);
    EncodedObject a =
        encoder.encode(new long[] {1, 1}, cut(whole, m.objectGrid().box(1, 1))).orElseThrow();
    EncodedObject b =
        encoder
            .encode(new long[] {1, 1}, new Block(Primitive.INT16, full.shape(), padded))
            .orElseThrow();
    assertThat(Arrays.copyOf(b.bytes(), b.length()))
        .isEqualTo(Arrays.copyOf(a.bytes(), a.length()));
  }

  @Test
  void shardsMadeChunkByChunkEqualThoseMadeAtOnce() {
    for (Sharding.IndexLocation location : Sharding.IndexLocation.values()) {
      ArrayMetadata m =
          ArrayMetadata.builder(ZarrFormat.V3, SHAPE, Primitive.FLOAT32)
              .chunk(2, 3)
              .sharding(new Sharding(Shape.of(6, 6), location, Endian.LITTLE, true))
              .build();
      Block whole = randomBlock(Primitive.FLOAT32, SHAPE, m.fill(), 4);
      ObjectEncoder encoder = new ObjectEncoder(m, EmptyChunks.OMIT);
      ShardWriter shard = encoder.shard(1, 1);
      for (int i = 0; i < shard.count(); i++) {
        if (!shard.box(i).isEmpty()) {
          shard.add(i, cut(whole, shard.box(i)));
        }
      }
      EncodedObject a = shard.finish().orElseThrow();
      EncodedObject b =
          encoder.encode(new long[] {1, 1}, cut(whole, m.objectGrid().box(1, 1))).orElseThrow();
      assertThat(Arrays.copyOf(a.bytes(), a.length()))
          .isEqualTo(Arrays.copyOf(b.bytes(), b.length()));
    }
  }

  @Test
  void scalarsAndEmptyArraysComeBack() throws Exception {
    for (ZarrFormat format : ZarrFormat.values()) {
      MemoryStore store = new MemoryStore();
      ArrayMetadata scalar =
          ArrayMetadata.builder(format, Shape.of(), Primitive.FLOAT64)
              .dimensionNames(List.of())
              .build();
      Block value = new Block(Primitive.FLOAT64, Shape.of(), Block.toBytes(new double[] {2.5}));
      write(store, "s", scalar, value, EmptyChunks.OMIT);
      assertThat(keys(store)).contains(format == ZarrFormat.V3 ? "s/c" : "s/0");
      assertThat(ZarrArray.open(store, "s").read(Box.all(Shape.of())).doubles())
          .containsExactly(2.5);
      Shape none = Shape.of(0, 4);
      ArrayMetadata empty = ArrayMetadata.builder(format, none, Primitive.INT8).build();
      write(store, "e", empty, new Block(Primitive.INT8, none, new byte[0]), EmptyChunks.OMIT);
      assertThat(ZarrArray.open(store, "e").read(Box.all(none)).bytes()).isEmpty();
    }
  }
}
