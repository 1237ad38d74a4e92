package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others read what we write; we read what others write. */
class InteroperationTest {
  private static final Shape SHAPE = Shape.of(9, 10);
  @TempDir Path folder;

  private static ObjectNode attributes() {
    ObjectNode o = Json.object();
    o.put("text", "å\"\\ \u2028");
    o.put("big", (1L << 62) + 1);
    o.put("huge", new BigInteger("18446744073709551615"));
    o.put("real", 0.1);
    o.putArray("list").add(1).add(2.5).add("x");
    o.putObject("object").put("flag", true).putNull("nothing");
    return o;
  }

  /**
   * Elements 0, 1, 2, ... as far as the type reaches, with whole chunks of fill value at the end.
   */
  private static Block counting(DataType type, FillValue fill) {
    int n = (int) SHAPE.size();
    Object data = Elements.allocate(type, n);
    for (int i = 0; i < n; i++) {
      byte[] e = i >= 72 ? fill.bytes() : element(type, i);
      if (type instanceof Text) {
        ((String[]) data)[i] = new String(e, StandardCharsets.UTF_8);
      } else if (type instanceof Sequence) {
        ((byte[][]) data)[i] = e;
      } else {
        System.arraycopy(e, 0, (byte[]) data, i * e.length, e.length);
      }
    }
    return new Block(type, SHAPE, data);
  }

  private static byte[] element(DataType type, int i) {
    ByteBuffer b =
        ByteBuffer.allocate(type.isFixedSize() ? type.itemSize() : 64)
            .order(ByteOrder.LITTLE_ENDIAN);
    if (type instanceof Text) {
      return ("é" + i).getBytes(StandardCharsets.UTF_8);
    } else if (type instanceof Sequence s) {
      byte[] out = new byte[(i % 3) * s.element().itemSize()];
      for (int k = 0; k < i % 3; k++) {
        System.arraycopy(
            element(s.element(), i + k),
            0,
            out,
            k * s.element().itemSize(),
            s.element().itemSize());
      }
      return out;
    } else if (type instanceof Struct s) {
      for (Field f : s.fields()) {
        for (int k = 0; k < f.shape().size(); k++) {
          b.put(element(f.type(), i + k));
        }
      }
    } else if (type instanceof FixedText) {
      b.put(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
    } else if (type instanceof Opaque o) {
      for (int k = 0; k < o.length(); k++) {
        b.put((byte) (i + k));
      }
    } else {
      switch ((Primitive) type) {
        case BOOL -> b.put((byte) (i & 1));
        case INT8, UINT8 -> b.put((byte) (i - 40));
        case INT16, UINT16 -> b.putShort((short) (i - 40));
        case INT32, UINT32 -> b.putInt(i - 40);
        case INT64, UINT64 -> b.putLong((1L << 60) + i);
        case FLOAT16 -> b.putShort(Half.of(i / 4.0));
        case FLOAT32 -> b.putFloat(i / 3f);
        case FLOAT64 -> b.putDouble(i / 3.0);
        case COMPLEX64 -> b.putFloat(i).putFloat(-i);
        case COMPLEX128 -> b.putDouble(i).putDouble(-i);
      }
    }
    return b.array();
  }

  private static FillValue fill(DataType type) {
    if (type instanceof Primitive p && (p.isFloat() || p.isComplex())) {
      return FillValue.nan(p);
    }
    if (type == Primitive.INT64) {
      // JavaScript reads JSON numbers as doubles, so zarrita can't know a larger one.
      return FillValue.of(type, Block.toBytes(new long[] {-(1L << 53) + 1}));
    }
    return type == Primitive.UINT64 || type instanceof Text || type instanceof Sequence
        ? FillValue.zero(type)
        : FillValue.of(type, element(type, 7));
  }

  private static final Struct RECORD =
      new Struct(
          List.of(
              new Field("a", Primitive.INT16, Shape.of()),
              new Field("b", Primitive.FLOAT64, Shape.of(2)),
              new Field("c", new FixedText(3), Shape.of()),
              new Field(
                  "d",
                  new Struct(List.of(new Field("e", Primitive.COMPLEX64, Shape.of()))),
                  Shape.of())));

  private Map<String, Block> writeV2() throws Exception {
    LocalStore store = new LocalStore(folder);
    List<DataType> types = new ArrayList<>(List.of(Primitive.values()));
    types.addAll(
        List.of(
            new FixedText(6), new Opaque(5), RECORD, new Text(), new Sequence(Primitive.INT32)));
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V2).group("", attributes());
    hierarchy.group("deep/er", Json.object().put("level", 2));
    Map<String, Block> blocks = new LinkedHashMap<>();
    for (DataType type : types) {
      for (CodecChain codecs :
          List.of(
              CodecChain.standard(ZarrFormat.V2, type),
              CodecChain.of(ZarrFormat.V2, type, new Codec.ZlibCodec(3)),
              CodecChain.of(ZarrFormat.V2, type))) {
        String path = "deep/a" + blocks.size();
        ArrayMetadata m =
            ArrayMetadata.builder(ZarrFormat.V2, SHAPE, type)
                .chunk(4, 3)
                .codecs(codecs)
                .fill(fill(type))
                .keys(blocks.size() % 2 == 0 ? ChunkKeys.V2_NESTED : ChunkKeys.V2_FLAT)
                .dimensionNames("y", "x")
                .attributes(attributes())
                .build();
        Block block = counting(type, m.fill());
        blocks.put(path, block);
        RoundTripTest.writeObjects(store, path, m, block, EmptyChunks.OMIT);
        hierarchy.array(path, m);
      }
    }
    hierarchy.publish(store, "");
    return blocks;
  }

  @Test
  void zarrPythonReadsOurV2() throws Exception {
    String python = OutsidePrograms.pythonWithZarr();
    Map<String, Block> blocks = writeV2();
    Map<String, ObjectNode> nodes =
        OutsidePrograms.nodes(
            OutsidePrograms.run(
                List.of(
                    python,
                    OutsidePrograms.pythonScript("read_v2.py").toString(),
                    folder.toString())));
    assertThat(nodes.get("").get("attributes")).isEqualTo(attributes());
    assertThat(nodes.get("deep/er").get("attributes").get("level").intValue()).isEqualTo(2);
    assertThat(nodes).hasSize(3 + blocks.size());
    blocks.forEach(
        (path, block) -> {
          ObjectNode node = nodes.get(path);
          assertThat(node).as(path).isNotNull();
          ObjectNode expected = attributes();
          expected.putArray("_ARRAY_DIMENSIONS").add("y").add("x");
          assertThat(node.get("attributes")).as(path).isEqualTo(expected);
          assertThat(Json.array(SHAPE).toString()).isEqualTo(node.get("shape").toString());
          if (block.type().isFixedSize()) {
            assertThat(node.get("hex").textValue())
                .as("%s %s", path, block.type())
                .isEqualTo(HexFormat.of().formatHex(block.bytes()));
          } else {
            assertThat(texts(node.get("values"))).as(path).isEqualTo(texts(block));
          }
        });
  }

  private static List<String> texts(JsonNode values) {
    List<String> out = new ArrayList<>();
    values.forEach(v -> out.add(v.isTextual() ? v.textValue() : v.toString()));
    return out;
  }

  /** Elements of varying size as the scripts print them. */
  private static List<String> texts(Block block) {
    if (block.type() instanceof Text) {
      return List.of(block.text());
    }
    List<String> out = new ArrayList<>();
    for (byte[] s : block.sequences()) {
      StringBuilder b = new StringBuilder("[");
      for (int v : new Block(Primitive.INT32, Shape.of(s.length / 4), s).ints()) {
        b.append(b.length() > 1 ? "," : "").append('"').append(v).append('"');
      }
      out.add(b.append(']').toString());
    }
    return out;
  }

  @Test
  void weReadWhatZarrPythonWrites() throws Exception {
    String python = OutsidePrograms.pythonWithZarr();
    OutsidePrograms.run(
        List.of(python, OutsidePrograms.pythonScript("write_v2.py").toString(), folder.toString()));
    ZarrGroup root = ZarrGroup.open(new LocalStore(folder), "");
    assertThat(root.isConsolidated()).isFalse();
    assertThat(root.attributes().get("big").longValue()).isEqualTo((1L << 62) + 1);
    int n = 210;
    int read = 0;
    for (String path : root.arrayPaths()) {
      if (path.equals("delta")) {
        assertThatThrownBy(() -> root.array(path))
            .isInstanceOf(ZarrException.class)
            .hasMessageContaining("delta");
        continue;
      }
      ZarrArray a = root.array(path);
      Block b = a.read(Box.all(a.metadata().shape()));
      for (int i = 0; i < n; i++) {
        String expected =
            path.equals("nested") && i >= 168
                ? "9"
                : Integer.toString(i % (path.contains("u1") ? 256 : n));
        assertThat(value(path, b, i)).as("%s[%d]", path, i).isEqualTo(expected);
      }
      read++;
    }
    assertThat(read).isEqualTo(25 * 10 + 7);
  }

  private static String value(String path, Block b, int i) {
    ByteBuffer at = null;
    if (b.type().isFixedSize()) {
      at =
          ByteBuffer.wrap(b.bytes())
              .order(ByteOrder.LITTLE_ENDIAN)
              .position(i * b.type().itemSize());
    }
    if (b.type() instanceof Text) {
      return b.text()[i];
    } else if (path.equals("bytes")) {
      return new String(b.sequences()[i], StandardCharsets.US_ASCII);
    } else if (path.equals("ragged")) {
      int[] v = new Block(Primitive.INT32, Shape.of(i % 4), b.sequences()[i]).ints();
      for (int k = 0; k < v.length; k++) {
        assertThat(v[k]).isEqualTo(i + k);
      }
      return Integer.toString(i);
    } else if (b.type() instanceof Struct) {
      int a = at.getInt();
      assertThat(at.getDouble()).isEqualTo(a);
      assertThat(at.getDouble()).isEqualTo(a);
      byte[] text = new byte[3];
      at.get(text);
      assertThat(new String(text, StandardCharsets.US_ASCII).replace("\0", ""))
          .isEqualTo(Integer.toString(a));
      return Integer.toString(a);
    }
    return switch ((Primitive) b.type()) {
      case INT16 -> Short.toString(at.getShort());
      case INT32 -> Integer.toString(at.getInt());
      case UINT8 -> Integer.toString(at.get() & 0xFF);
      case FLOAT16 -> Long.toString((long) Half.toDouble(at.getShort()));
      case FLOAT64 -> Long.toString((long) at.getDouble());
      default -> throw new AssertionError(path + " has type " + b.type());
    };
  }

  @Test
  void zarritaReadsOurV3() throws Exception {
    Path node = OutsidePrograms.nodeFolder();
    LocalStore store = new LocalStore(folder);
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V3).group("", attributes());
    hierarchy.group("deep/er", Json.object().put("level", 2));
    List<DataType> types = new ArrayList<>(List.of(Primitive.values()));
    // zarrita has no complex numbers, and half precision only where JavaScript has it.
    types.removeAll(List.of(Primitive.COMPLEX64, Primitive.COMPLEX128, Primitive.FLOAT16));
    types.add(new Text());
    types.add(new FixedText(6));
    Map<String, Block> blocks = new LinkedHashMap<>();
    for (DataType type : types) {
      for (boolean sharded : new boolean[] {false, true}) {
        for (boolean plain : new boolean[] {false, true}) {
          String path = "deep/a" + blocks.size();
          DataType stored = StoredType.of(type, ZarrFormat.V3);
          CodecChain codecs =
              plain
                  ? CodecChain.of(
                      ZarrFormat.V3, stored, new Codec.ZstdCodec(3, false), new Codec.Crc32cCodec())
                  : CodecChain.standard(ZarrFormat.V3, stored);
          ArrayMetadata.Builder b =
              ArrayMetadata.builder(ZarrFormat.V3, SHAPE, type)
                  .chunk(4, 3)
                  .codecs(codecs)
                  .fill(fill(type))
                  .dimensionNames("y", "x")
                  .attributes(attributes());
          ArrayMetadata m = sharded ? b.shard(8, 6).build() : b.build();
          Block block = counting(type, fill(type));
          blocks.put(path, block);
          RoundTripTest.writeObjects(store, path, m, block, EmptyChunks.OMIT);
          hierarchy.array(path, m);
        }
      }
    }
    hierarchy.publish(store, "");
    Map<String, ObjectNode> nodes =
        OutsidePrograms.nodes(
            OutsidePrograms.run(
                List.of("node", node.resolve("read.mjs").toString(), folder.toString())));
    assertThat(nodes.keySet()).contains("", "deep", "deep/er").hasSize(3 + blocks.size());
    assertThat(nodes.get("deep/er").get("attributes").get("level").intValue()).isEqualTo(2);
    blocks.forEach(
        (path, block) -> {
          ObjectNode n = nodes.get(path);
          assertThat(n.get("error")).as("%s %s", path, block.type()).isNull();
          assertThat(n.get("dimensions").toString()).isEqualTo("[\"y\",\"x\"]");
          assertThat(n.get("attributes").get("text").textValue())
              .isEqualTo(attributes().get("text").textValue());
          assertThat(texts(n.get("values"))).as("%s %s", path, block.type()).isEqualTo(js(block));
        });
  }

  /** Elements as JavaScript prints them. */
  private static List<String> js(Block block) {
    if (block.type() instanceof Text) {
      return List.of(block.text());
    } else if (block.type() instanceof FixedText) {
      return List.of(Texts.unpadded(block));
    }
    List<String> out = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      out.add(
          switch ((Primitive) block.type()) {
            case BOOL -> Boolean.toString(b.get() != 0);
            case INT8 -> Byte.toString(b.get());
            case UINT8 -> Integer.toString(b.get() & 0xFF);
            case INT16 -> Short.toString(b.getShort());
            case UINT16 -> Integer.toString(b.getShort() & 0xFFFF);
            case INT32 -> Integer.toString(b.getInt());
            case UINT32 -> Integer.toUnsignedString(b.getInt());
            case INT64 -> Long.toString(b.getLong());
            case UINT64 -> Long.toUnsignedString(b.getLong());
            case FLOAT32 -> js(b.getFloat());
            case FLOAT64 -> js(b.getDouble());
            default -> throw new AssertionError(block.type());
          });
    }
    return out;
  }

  private static String js(double value) {
    String s = Double.toString(value);
    return s.endsWith(".0") ? s.substring(0, s.length() - 2) : s;
  }
}
