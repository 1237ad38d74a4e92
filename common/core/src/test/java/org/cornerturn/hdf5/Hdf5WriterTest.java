package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5WriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DataType.Struct STRUCT =
      new DataType.Struct(
          List.of(
              new DataType.Field("id", Primitive.UINT16, Shape.of()),
              new DataType.Field("position", Primitive.FLOAT64, Shape.of(3)),
              new DataType.Field("name", new DataType.FixedText(5), Shape.of()),
              new DataType.Field("ok", Primitive.BOOL, Shape.of())));

  @TempDir Path folder;

  private static byte[] numbers(Primitive type, int n) {
    byte[] b = new byte[n * type.itemSize()];
    new Random(type.ordinal()).nextBytes(b);
    if (type == Primitive.BOOL) {
      for (int i = 0; i < n; i++) {
        b[i] &= 1;
      }
    } else if (type.isFloat() || type.isComplex()) {
      // No NaN: their payloads need not survive a reader.
      for (int i = type.componentSize() - 1; i < b.length; i += type.componentSize()) {
        b[i] &= (byte) 0xbf;
      }
    }
    return b;
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static JsonNode h5py(Path file) throws IOException, InterruptedException {
    return JSON.readTree(OutsideProgram.python("h5py", "h5_describe.py", file.toString()));
  }

  @Test
  void h5pyReadsEveryType() throws Exception {
    Path file = folder.resolve("types.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      for (Primitive p : Primitive.values()) {
        w.root().dataset(p.name(), new Block(p, Shape.of(3, 5), numbers(p, 15)));
      }
      byte[] struct = new byte[4 * STRUCT.itemSize()];
      struct[STRUCT.itemSize() - 1] = 1;
      w.root().dataset("struct", new Block(STRUCT, Shape.of(4), struct));
      byte[] text = "ab\0\0cdé".getBytes(StandardCharsets.UTF_8);
      w.root().dataset("text", new Block(new DataType.FixedText(4), Shape.of(2), text));
      w.root().dataset("opaque", new Block(new DataType.Opaque(3), Shape.of(2), new byte[6]));
      w.root().dataset("empty", new Block(Primitive.INT16, Shape.of(0, 4), new byte[0]));
      w.root()
          .dataset("one", new Block(Primitive.INT32, Shape.of(), Block.toBytes(new int[] {42})));
      w.finish();
    }
    for (Primitive p : Primitive.values()) {
      Block read = ourReader(file, "/" + p.name());
      assertThat(read.type()).isEqualTo(p);
      assertThat(read.bytes()).isEqualTo(numbers(p, 15));
    }
    assertThat(ourReader(file, "/struct").type()).isEqualTo(STRUCT);
    OutsideProgram.run("h5dump", "-H", file.toString());
    JsonNode found = h5py(file);
    for (Primitive p : Primitive.values()) {
      JsonNode d = found.get("/" + p.name());
      assertThat(d.get("dtype").asText()).isEqualTo(p.name().toLowerCase(java.util.Locale.ROOT));
      assertThat(d.get("shape").toString()).isEqualTo("[3,5]");
      assertThat(d.get("crc32").asLong()).as(p.name()).isEqualTo(crc(numbers(p, 15)));
    }
    assertThat(found.at("/~1struct/dtype").asText())
        .contains("('id', '<u2')", "('position', '<f8', (3,))", "('name', 'S5')", "('ok', '?')");
    assertThat(found.at("/~1text/dtype").asText()).isEqualTo("|S4");
    assertThat(found.at("/~1opaque/dtype").asText()).isEqualTo("|V3");
    assertThat(found.at("/~1empty/shape").toString()).isEqualTo("[0,4]");
    assertThat(found.at("/~1one/shape").toString()).isEqualTo("[]");
  }

  @Test
  void h5pyReadsGroupsAndAttributes() throws Exception {
    Path file = folder.resolve("groups.h5");
    String many = "x".repeat(50_000);
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteGroup root = w.root();
      root.attribute("text", "zażółć");
      root.attribute("empty", "");
      root.attribute("long", many);
      root.attribute("longer", many + "y");
      root.attribute("number", 2e-9);
      root.attribute("count", -5L);
      root.attribute(
          "names", new Block(new DataType.Text(), Shape.of(2), new String[] {"channel", "sample"}));
      root.attribute(
          "fixed",
          new Block(new DataType.FixedText(3), Shape.of(), "abc".getBytes(StandardCharsets.UTF_8)));
      root.attribute(
          "gains",
          new Block(Primitive.FLOAT32, Shape.of(2, 1), Block.toBytes(new float[] {0.5f, 0.25f})));
      root.attribute("yes", new Block(Primitive.BOOL, Shape.of(), new byte[] {1}));
      for (int i = 0; i < 300; i++) {
        root.group("group " + i).attribute("i", i);
      }
      root.group("a").group("b").group("ć").attribute("deep", 1L);
      w.finish();
    }
    OutsideProgram.run("h5dump", "-A", file.toString());
    JsonNode found = h5py(file);
    JsonNode a = found.at("/~1/attributes");
    assertThat(a.at("/text/value").asText()).isEqualTo("zażółć");
    assertThat(a.at("/text/dtype").asText()).isEqualTo("object");
    assertThat(a.at("/empty/value").asText()).isEmpty();
    assertThat(a.at("/long/value").asText()).isEqualTo(many);
    assertThat(a.at("/longer/value").asText()).isEqualTo(many + "y");
    assertThat(a.at("/number/value").asDouble()).isEqualTo(2e-9);
    assertThat(a.at("/count/value").asLong()).isEqualTo(-5);
    assertThat(a.at("/names/value").toString()).isEqualTo("[\"channel\",\"sample\"]");
    assertThat(a.at("/fixed/value").asText()).isEqualTo("abc");
    assertThat(a.at("/gains/value").toString()).isEqualTo("[[0.5],[0.25]]");
    assertThat(a.at("/gains/dtype").asText()).isEqualTo("float32");
    assertThat(a.at("/yes/value").asBoolean()).isTrue();
    assertThat(found.at("/~1group 299/attributes/i/value").asInt()).isEqualTo(299);
    assertThat(found.at("/~1a~1b~1ć/attributes/deep/value").asInt()).isEqualTo(1);
  }

  private static final Shape SHAPE = Shape.of(3, 70, 45);
  private static final Shape CHUNK = Shape.of(1, 16, 16);

  /** Values that compress, and one chunk's worth that doesn't. */
  private static byte[] values() {
    short[] v = new short[(int) SHAPE.size()];
    Random random = new Random(1);
    for (int i = 0; i < v.length; i++) {
      v[i] = (short) (i < v.length / 2 ? 100 * Math.sin(i / 50.0) : random.nextInt());
    }
    return Block.toBytes(v);
  }

  private static byte[] chunk(byte[] values, ChunkGrid grid, long number) {
    long[] at = grid.coordinates(number);
    byte[] out = new byte[(int) CHUNK.size() * 2];
    BoxCopy.copy(values, Box.all(SHAPE), out, grid.fullBox(at), 2);
    return out;
  }

  private static List<WriteFilter> filters(String names) {
    List<WriteFilter> filters = new ArrayList<>();
    for (String n : names.split(" ")) {
      switch (n) {
        case "shuffle" -> filters.add(WriteFilter.SHUFFLE);
        case "gzip" -> filters.add(WriteFilter.deflate(4));
        case "lzf" -> filters.add(WriteFilter.LZF);
        case "lz4" -> filters.add(WriteFilter.LZ4);
        case "bitshuffle" -> filters.add(WriteFilter.BITSHUFFLE);
        case "fletcher32" -> filters.add(WriteFilter.FLETCHER32);
        case "none" -> {}
        default -> throw new AssertionError(n);
      }
    }
    return filters;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "gzip",
        "shuffle gzip",
        "lzf",
        "shuffle lzf fletcher32",
        "fletcher32",
        "lz4",
        "bitshuffle"
      })
  void chunksInAnyOrderReadTheSameEverywhere(String filters) throws Exception {
    byte[] values = values();
    Path file = folder.resolve("chunked.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteChunked d = w.root().chunked("samples", Primitive.INT16, SHAPE, CHUNK, filters(filters));
      List<Long> order = new ArrayList<>();
      for (long i = 0; i < d.grid().count(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(3));
      for (long i : order) {
        d.chunk(chunk(values, d.grid(), i), d.grid().coordinates(i));
      }
      w.finish();
    }
    assertThat(ourReader(file, "/samples").bytes()).isEqualTo(values);
    if (!filters.contains("lzf")) {
      // jHDF doesn't honour filter masks, which incompressible chunks have with lzf.
      try (HdfFile h = new HdfFile(file)) {
        short[][][] all = (short[][][]) h.getDatasetByPath("/samples").getData();
        assertThat(all[2][69]).isEqualTo(row(values, 2, 69));
        assertThat(all[0][17]).isEqualTo(row(values, 0, 17));
      }
    }
    if (filters.equals("lz4") || filters.equals("bitshuffle")) {
      // h5py has no plugin for these; h5dump names what it finds without decoding.
      assertThat(OutsideProgram.run("h5dump", "-p", "-H", file.toString()))
          .contains(filters.equals("lz4") ? "32004" : "32008");
      return;
    }
    JsonNode d = h5py(file).get("/samples");
    assertThat(d.get("crc32").asLong()).isEqualTo(crc(values));
    assertThat(d.get("chunks").toString()).isEqualTo("[1,16,16]");
    assertThat(d.get("shuffle").asBoolean()).isEqualTo(filters.contains("shuffle"));
    assertThat(d.get("fletcher32").asBoolean()).isEqualTo(filters.contains("fletcher32"));
    String compression =
        filters.contains("gzip") ? "gzip" : filters.contains("lzf") ? "lzf" : "null";
    assertThat(d.get("compression").asText()).isEqualTo(compression);
  }

  private static Block ourReader(Path file, String path) throws IOException {
    try (LocalStore store = new LocalStore(file.getParent());
        ObjectChannel structure = store.open(file.getFileName().toString());
        Hdf5File f = Hdf5File.open(structure);
        ObjectChannel data = store.open(file.getFileName().toString())) {
      Hdf5Dataset d = f.dataset(path);
      return new DatasetReader(d.source(), d.manifest(), data).readAll();
    }
  }

  private static short[] row(byte[] values, int i, int j) {
    byte[] row = new byte[90];
    System.arraycopy(values, (i * 70 + j) * 90, row, 0, 90);
    return new Block(Primitive.INT16, Shape.of(45), row).shorts();
  }

  /** The same file through a stream that can't go back, its chunks encoded in three parts. */
  @Test
  void partsAndASequentialStreamGiveTheSameBytesAsALocalFile() throws Exception {
    byte[] values = values();
    List<WriteFilter> filters = filters("shuffle gzip");
    Path file = folder.resolve("whole.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteChunked d = define(w, filters);
      for (long i = 0; i < d.grid().count(); i++) {
        d.chunk(chunk(values, d.grid(), i), d.grid().coordinates(i));
      }
      w.finish();
    }
    ChunkGrid grid = new ChunkGrid(SHAPE, CHUNK);
    MemoryStore store = new MemoryStore();
    for (int p = 0; p < 3; p++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      WritePart part = new WritePart(out);
      for (long i = p * grid.count() / 3; i < (p + 1) * grid.count() / 3; i++) {
        part.chunk(i, WriteFilter.encode(filters, chunk(values, grid, i), 2));
      }
      part.finish();
      store.put("part" + p, out.toByteArray());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Hdf5Writer w = Hdf5Writer.sequential(out)) {
      WriteChunked d = define(w, filters);
      long chunks = 0;
      long bytes = 0;
      for (int p = 0; p < 3; p++) {
        try (ObjectChannel c = store.open("part" + p)) {
          WritePart.Index index = WritePart.readIndex(c);
          chunks += index.count();
          bytes += index.dataBytes();
        }
      }
      d.expect(chunks, bytes);
      for (int p = 0; p < 3; p++) {
        try (ObjectChannel c = store.open("part" + p)) {
          d.part(c);
        }
      }
      w.finish();
    }
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
    assertThat(h5py(file).at("/~1samples/crc32").asLong()).isEqualTo(crc(values));
  }

  private static WriteChunked define(Hdf5Writer w, List<WriteFilter> filters) throws IOException {
    w.root().attribute("title", "a file in parts");
    w.root().group("meta").attribute("k", 1L);
    return w.root().chunked("samples", Primitive.INT16, SHAPE, CHUNK, filters);
  }

  @Test
  void anUnwrittenChunkReadsAsZero() throws Exception {
    Path file = folder.resolve("sparse.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteChunked d =
          w.root().chunked("d", Primitive.UINT8, Shape.of(1000), Shape.of(10), List.of());
      d.chunk(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 37);
      w.root().chunked("none", Primitive.UINT8, Shape.of(1000), Shape.of(10), List.of());
      w.finish();
    }
    byte[] expected = new byte[1000];
    for (int i = 0; i < 10; i++) {
      expected[370 + i] = (byte) (i + 1);
    }
    JsonNode found = h5py(file);
    assertThat(found.at("/~1d/crc32").asLong()).isEqualTo(crc(expected));
    assertThat(found.at("/~1d/stored").asLong()).isEqualTo(10);
    assertThat(found.at("/~1none/crc32").asLong()).isEqualTo(crc(new byte[1000]));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 4096, 4097, 40_000})
  void treesOfAnyHeight(int chunks) throws Exception {
    Path file = folder.resolve("tall.h5");
    int[] values = new int[chunks];
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteChunked d =
          w.root().chunked("d", Primitive.INT32, Shape.of(chunks), Shape.of(1), List.of());
      for (int i = 0; i < chunks; i++) {
        values[i] = i * 7 - 3;
        d.chunk(Block.toBytes(new int[] {values[i]}), i);
      }
      w.finish();
    }
    assertThat(h5py(file).at("/~1d/crc32").asLong()).isEqualTo(crc(Block.toBytes(values)));
  }

  @Test
  void aContiguousArrayStreamsInPieces() throws Exception {
    byte[] values = numbers(Primitive.INT16, 100_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Hdf5Writer w = Hdf5Writer.sequential(out)) {
      WriteContiguous d = w.root().contiguous("samples", Primitive.INT16, Shape.of(10, 10_000));
      WriteContiguous t = w.root().contiguous("t", Primitive.FLOAT64, Shape.of(2));
      for (int at = 0; at < values.length; at += 777) {
        d.write(values, at, Math.min(777, values.length - at));
      }
      t.write(Block.toBytes(new double[] {1, 2}), 0, 16);
      w.finish();
    }
    Path file = folder.resolve("stream.h5");
    Files.write(file, out.toByteArray());
    assertThat(h5py(file).at("/~1samples/crc32").asLong()).isEqualTo(crc(values));
    OutsideProgram.run("h5dump", "-d", "/t", file.toString());
  }

  @Test
  void aFileBeyondFourGibibytesKeepsItsOffsets() throws Exception {
    long[] length = {0};
    long[] lastLength = {0};
    byte[][] firstAndLast = {null, null};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            length[0]++;
          }

          @Override
          public void write(byte[] b, int offset, int n) {
            length[0] += n;
            byte[] start = Arrays.copyOfRange(b, offset, offset + Math.min(n, 64));
            firstAndLast[firstAndLast[0] == null ? 0 : 1] = start;
            lastLength[0] = n;
          }
        };
    try (Hdf5Writer w = Hdf5Writer.sequential(counting)) {
      WriteContiguous d = w.root().contiguous("a", Primitive.INT8, Shape.of(5L << 30));
      byte[] piece = new byte[64 << 20];
      for (int i = 0; i < 80; i++) {
        d.write(piece, 0, piece.length);
      }
      w.finish();
    }
    assertThat(length[0]).isGreaterThan(5L << 30);
    ByteBuffer head = ByteBuffer.wrap(firstAndLast[0]).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(head.getLong(28)).as("end of file").isEqualTo(length[0]);
    assertThat(head.getLong(36)).as("root group").isEqualTo(length[0] - lastLength[0]);
    assertThat(firstAndLast[1]).startsWith('O', 'H', 'D', 'R');
  }

  @Test
  void mistakesAreRefusedAndNothingHalfWrittenStays() throws Exception {
    Path file = folder.resolve("broken.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      WriteGroup root = w.root();
      WriteContiguous a = root.contiguous("a", Primitive.INT8, Shape.of(4));
      WriteContiguous b = root.contiguous("b", Primitive.INT8, Shape.of(4));
      WriteChunked c = root.chunked("c", Primitive.INT8, Shape.of(4), Shape.of(2), List.of());
      assertThatThrownBy(() -> root.group("a")).hasMessageContaining("/a exists");
      assertThatThrownBy(() -> root.group("x/y")).hasMessageContaining("x/y");
      assertThatThrownBy(
              () ->
                  root.attribute(
                      "big", new Block(Primitive.INT8, Shape.of(70_000), new byte[70_000])))
          .hasMessageContaining("64 KiB");
      a.write(new byte[3], 0, 3);
      assertThatThrownBy(() -> b.write(new byte[1], 0, 1)).hasMessageContaining("/a must be");
      assertThatThrownBy(() -> a.write(new byte[2], 0, 2)).hasMessageContaining("takes 4");
      a.write(new byte[1], 0, 1);
      b.write(new byte[4], 0, 4);
      assertThatThrownBy(() -> c.chunk(new byte[3], 0)).hasMessageContaining("chunks of 2");
      assertThatThrownBy(() -> c.chunk(new byte[2], 2)).hasMessageContaining("no chunk 2");
      c.chunk(new byte[2], 0);
      c.chunk(new byte[2], 0);
      assertThatThrownBy(w::finish).hasMessageContaining("written twice");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
