package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

  private static ObjectNode json(String text) throws ZarrException {
    return Json.parse("test", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** As a reader gets it; trees distinguish an int from a long of equal value. */
  private static ObjectNode reparsed(ObjectNode o) throws ZarrException {
    return Json.parse("test", Json.bytes(o));
  }

  @Test
  void v3IsWrittenAsTheSpecificationSays() throws Exception {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(100, 200), Primitive.FLOAT32)
            .chunk(10, 20)
            .shard(50, 100)
            .fill(FillValue.nan(Primitive.FLOAT32))
            .dimensionNames(Arrays.asList("y", null))
            .attributes(json("{'units': 'Jy'}"))
            .build();
    assertThat(m.documents().keySet()).containsExactly("zarr.json");
    assertThat(reparsed(m.documents().get("zarr.json")))
        .isEqualTo(
            json(
                """
                {'zarr_format': 3, 'node_type': 'array', 'shape': [100, 200],
                 'data_type': 'float32',
                 'chunk_grid': {'name': 'regular', 'configuration': {'chunk_shape': [50, 100]}},
                 'chunk_key_encoding': {'name': 'default', 'configuration': {'separator': '/'}},
                 'fill_value': 'NaN',
                 'codecs': [{'name': 'sharding_indexed', 'configuration': {
                   'chunk_shape': [10, 20],
                   'codecs': [
                     {'name': 'bytes', 'configuration': {'endian': 'little'}},
                     {'name': 'blosc', 'configuration': {'cname': 'zstd', 'clevel': 1,
                       'shuffle': 'shuffle', 'typesize': 4, 'blocksize': 0}}],
                   'index_codecs': [
                     {'name': 'bytes', 'configuration': {'endian': 'little'}},
                     {'name': 'crc32c'}],
                   'index_location': 'end'}}],
                 'attributes': {'units': 'Jy'},
                 'dimension_names': ['y', null]}"""));
  }

  @Test
  void v2IsWrittenAsZarrPythonDoes() throws Exception {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V2, Shape.of(100), Primitive.INT16)
            .chunk(10)
            .fill(FillValue.of(Primitive.INT16, new byte[] {-2, -1}))
            .dimensionNames("time")
            .build();
    Map<String, ObjectNode> documents = m.documents();
    assertThat(documents.keySet()).containsExactly(".zarray", ".zattrs");
    assertThat(reparsed(documents.get(".zarray")))
        .isEqualTo(
            json(
                """
                {'zarr_format': 2, 'shape': [100], 'chunks': [10], 'dtype': '<i2',
                 'compressor': {'id': 'blosc', 'cname': 'zstd', 'clevel': 1, 'shuffle': 2,
                   'blocksize': 0},
                 'fill_value': -2, 'order': 'C', 'filters': null,
                 'dimension_separator': '/'}"""));
    assertThat(documents.get(".zattrs")).isEqualTo(json("{'_ARRAY_DIMENSIONS': ['time']}"));
  }

  private static final Struct RECORD =
      new Struct(
          List.of(
              new Field("a", Primitive.INT32, Shape.of()),
              new Field("b", Primitive.FLOAT64, Shape.of(2, 2)),
              new Field("c", new FixedText(4), Shape.of())));

  @Test
  void recordsUseTheRegisteredStruct() throws Exception {
    ArrayMetadata m = ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), RECORD).build();
    ObjectNode o = m.documents().get("zarr.json");
    assertThat(o.get("data_type"))
        .isEqualTo(
            json(
                """
                {'name': 'struct', 'configuration': {'fields': [
                  {'name': 'a', 'data_type': 'int32'},
                  {'name': 'b', 'data_type': {'name': 'struct', 'configuration': {'fields': [
                    {'name': '0', 'data_type': 'float64'}, {'name': '1', 'data_type': 'float64'},
                    {'name': '2', 'data_type': 'float64'}, {'name': '3', 'data_type': 'float64'}
                  ]}}},
                  {'name': 'c', 'data_type': {'name': 'null_terminated_bytes',
                    'configuration': {'length_bytes': 4}}}]}}"""));
    assertThat(o.get("fill_value"))
        .isEqualTo(
            json("{'a': 0, 'b': {'0': 0.0, '1': 0.0, '2': 0.0, '3': 0.0}, 'c': 'AAAAAA=='}"));
    ObjectNode v2 =
        ArrayMetadata.builder(ZarrFormat.V2, Shape.of(3), RECORD)
            .build()
            .documents()
            .get(".zarray");
    assertThat(v2.get("dtype").toString())
        .isEqualTo("[[\"a\",\"<i4\"],[\"b\",\"<f8\",[2,2]],[\"c\",\"|S4\"]]");
  }

  @Test
  void typesOfVaryingSizeNameTheirCodec() throws Exception {
    ObjectNode text =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), new FixedText(9))
            .build()
            .documents()
            .get("zarr.json");
    assertThat(text.get("data_type").textValue()).isEqualTo("string");
    assertThat(text.at("/codecs/0/name").textValue()).isEqualTo("vlen-utf8");
    assertThat(text.get("fill_value").textValue()).isEmpty();
    ObjectNode sequence =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), new Sequence(Primitive.FLOAT32))
            .build()
            .documents()
            .get("zarr.json");
    assertThat(sequence.get("data_type").textValue()).isEqualTo("bytes");
    assertThat(sequence.at("/codecs/0/name").textValue()).isEqualTo("vlen-bytes");
    assertThat(sequence.at("/attributes/element_type").textValue()).isEqualTo("float32");
    assertThat(sequence.get("fill_value").isArray()).isTrue();
    ObjectNode opaque =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), new Opaque(3))
            .build()
            .documents()
            .get("zarr.json");
    assertThat(opaque.get("data_type").textValue()).isEqualTo("r24");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INT64; 9223372036854775807",
        "INT64; -9223372036854775808",
        "UINT64; 18446744073709551615",
        "UINT8; 255",
        "INT8; -128",
        "BOOL; true",
        "FLOAT32; \"NaN\"",
        "FLOAT32; \"-Infinity\"",
        "FLOAT32; \"0x7fc00001\"",
        "FLOAT64; \"0xfff8000000000000\"",
        "FLOAT16; \"0x7e01\"",
        "FLOAT32; 0.1",
        "FLOAT64; 0.1",
        "FLOAT64; -0.0",
        "FLOAT16; 65504.0",
        "FLOAT16; 5.9604645E-8",
        "COMPLEX64; [1.5,\"NaN\"]",
        "COMPLEX128; [\"Infinity\",-2.0]",
      })
  void fillValuesKeepEveryBit(Primitive type, String text) throws Exception {
    var node = json("{'v': " + text + "}").get("v");
    FillValue fill = FillJson.read(ZarrFormat.V3, type, node);
    assertThat(FillJson.write(ZarrFormat.V3, type, fill).toString()).isEqualTo(text);
    if (!text.contains("0x")) {
      assertThat(FillJson.read(ZarrFormat.V2, type, FillJson.write(ZarrFormat.V2, type, fill)))
          .isEqualTo(fill);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INT8; 128",
        "UINT16; -1",
        "INT32; 1.5",
        "INT32; \"1\"",
        "BOOL; \"true\"",
        "FLOAT32; \"nan?\"",
        "FLOAT32; \"0x7fc0\"",
        "COMPLEX64; [1]",
        "FLOAT64; null",
        "UINT64; 18446744073709551616",
      })
  void fillValuesThatDontSuitAreRefused(Primitive type, String text) throws Exception {
    var node = json("{'v': " + text + "}").get("v");
    assertThatThrownBy(() -> FillJson.read(ZarrFormat.V3, type, node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fill value");
  }

  @Test
  void halvesAreRightForEveryBitPattern() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = Half.toDouble((short) bits);
      if (!Double.isNaN(value)) {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.of(2049)).isEqualTo(Half.of(2048)); // ties to even
    assertThat(Half.of(2051)).isEqualTo(Half.of(2052));
    assertThat(Half.toDouble(Half.of(65519))).isEqualTo(65504);
    assertThat(Half.toDouble(Half.of(65520))).isInfinite();
    assertThat(Half.toDouble((short) 0x3c00)).isEqualTo(1);
    assertThat(Half.toDouble((short) 1)).isEqualTo(0x1p-24);
  }

  @Test
  void metadataTravelToExecutors() throws Exception {
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(100, 7), RECORD)
            .chunk(10, 7)
            .shard(50, 7)
            .attributes(json("{'n': 9007199254740993}"))
            .dimensionNames("x", "y")
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(m);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(m);
    }
  }

  private static final String ARRAY =
      """
      {'zarr_format': 3, 'node_type': 'array', 'shape': [10, 10], 'data_type': 'float32',
       'chunk_grid': {'name': 'regular', 'configuration': {'chunk_shape': [5, 5]}},
       'chunk_key_encoding': {'name': 'default', 'configuration': {'separator': '/'}},
       'fill_value': 0.0,
       'codecs': [{'name': 'bytes', 'configuration': {'endian': 'little'}}],
       'attributes': {}}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'node_type': 'array' | 'node_type': 'group' | is no array",
        "'zarr_format': 3 | 'zarr_format': 4 | zarr_format",
        "'shape': [10, 10] | 'shape': [10, -10] | negative",
        "'shape': [10, 10] | 'shape': [10, 1e300] | integers",
        "'shape': [10, 10] | 'shape': [10, 99999999999999999999] | integers",
        "'shape': [10, 10] | 'shape': 'x' | integers",
        "'shape': [10, 10] | 'shape': [10] | rank",
        "[5, 5] | [5, 0] | below 1",
        "'float32' | 'float33' | float33",
        "'float32' | 'r7' | r7",
        "'float32' | {'name': 'struct', 'configuration': {'fields': []}} | without fields",
        "'regular' | 'rectilinear' | rectilinear",
        "'separator': '/' | 'separator': '+' | separator",
        "'fill_value': 0.0, | | lack fill_value",
        "'name': 'bytes' | 'name': 'magic' | magic",
        "'endian': 'little' | 'endian': 'middle' | endian",
        "'attributes': {} | 'attributes': 5 | attributes",
        "'attributes': {} | 'attributes': {}, 'surprise': 1 | surprise",
        "'attributes': {} | 'attributes': {}, 'storage_transformers': [{}] | transformers",
        "'attributes': {} | 'attributes': {}, 'dimension_names': ['x'] | rank",
        "'name': 'bytes' | 'name': 'vlen-utf8' | suit",
      })
  void unusableMetadataAreRefusedByName(String good, String bad, String message) throws Exception {
    ObjectNode o = json(ARRAY.replace(good, bad == null ? "" : bad));
    assertThat(json(ARRAY)).isNotEqualTo(o);
    assertThatThrownBy(() -> ArrayMetadata.parse("s3a://b/x", o, null))
        .isInstanceOf(ZarrException.class)
        .hasMessageStartingWith("s3a://b/x: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 'sharding_indexed', 'configuration': {'chunk_shape': [3, 5], 'codecs': [{'name':"
            + " 'bytes'}], 'index_codecs': [{'name': 'bytes'}]}}",
        "{'name': 'sharding_indexed', 'configuration': {'chunk_shape': [5], 'codecs': [{'name':"
            + " 'bytes'}], 'index_codecs': [{'name': 'bytes'}]}}",
        "{'name': 'sharding_indexed', 'configuration': {'chunk_shape': [0, 5], 'codecs': [{'name':"
            + " 'bytes'}], 'index_codecs': [{'name': 'bytes'}]}}",
        "{'name': 'sharding_indexed', 'configuration': {'chunk_shape': [5, 5], 'codecs': [{'name':"
            + " 'bytes'}], 'index_codecs': [{'name': 'bytes'}, {'name': 'gzip'}]}}",
        "{'name': 'sharding_indexed', 'configuration': {'chunk_shape': [5, 5], 'codecs': [],"
            + " 'index_codecs': [{'name': 'bytes'}]}}",
        "{'name': 'transpose', 'configuration': {'order': [0, 0]}}, {'name': 'bytes'}",
        "{'name': 'transpose', 'configuration': {'order': [1, 2]}}, {'name': 'bytes'}",
        "{'name': 'bytes'}, {'name': 'blosc', 'configuration': {'cname': 'zip', 'clevel': 5,"
            + " 'shuffle': 'noshuffle'}}",
        "{'name': 'bytes'}, {'name': 'blosc', 'configuration': {'cname': 'lz4', 'clevel': 5,"
            + " 'shuffle': 'noshuffle', 'typesize': 0}}",
        "",
      })
  void unusableCodecsAreRefused(String codecs) throws Exception {
    ObjectNode o =
        json(ARRAY.replace("{'name': 'bytes', 'configuration': {'endian': 'little'}}", codecs));
    assertThatThrownBy(() -> ArrayMetadata.parse("x", o, null)).isInstanceOf(ZarrException.class);
  }

  @Test
  void hostileJsonIsRefused() {
    for (String text :
        List.of("", "[]", "{", "nul", "{}}x", "[".repeat(100_000), "{\"a\":".repeat(5000), "\0")) {
      assertThatThrownBy(
              () ->
                  ArrayMetadata.parse(
                      "x", Json.parse("x", text.getBytes(StandardCharsets.UTF_8)), null))
          .isInstanceOf(ZarrException.class);
    }
  }

  @Test
  void bigIntegersInAttributesSurvive() throws Exception {
    ObjectNode o = json("{'a': 9007199254740993, 'b': 18446744073709551615, 'c': [1e400]}");
    ObjectNode back = Json.parse("x", Json.bytes(o));
    assertThat(back.get("a").longValue()).isEqualTo(9007199254740993L);
    assertThat(back.get("b").bigIntegerValue().toString()).isEqualTo("18446744073709551615");
  }

  @Test
  void fixedTextFillLosesItsPaddingInV3() {
    byte[] fill = {'n', 'o', 0, 0};
    DataType type = new FixedText(4);
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), type)
            .fill(FillValue.of(type, fill))
            .build();
    assertThat(m.type()).isEqualTo(new Text());
    assertThat(m.documents().get("zarr.json").get("fill_value").textValue()).isEqualTo("no");
  }

  @Test
  void fillValuesSpreadAndAreRecognized() {
    FillValue f =
        FillValue.of(
            Primitive.INT32,
            ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0x01020304).array());
    for (int n : new int[] {0, 1, 2, 3, 7, 100}) {
      byte[] data = new byte[4 * n + 8];
      f.fill(data, 4, 4 + 4 * n);
      for (int i = 0; i < n; i++) {
        assertThat(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(4 + 4 * i))
            .isEqualTo(0x01020304);
      }
      assertThat(f.fills(data, 4, 4 + 4 * n)).isTrue();
      assertThat(Arrays.copyOf(data, 4)).containsOnly(0);
      assertThat(Arrays.copyOfRange(data, 4 + 4 * n, data.length)).containsOnly(0);
      for (int i = 4; i < 4 + 4 * n; i++) {
        data[i]++;
        assertThat(f.fills(data, 4, 4 + 4 * n)).as("%d of %d", i, n).isFalse();
        data[i]--;
      }
    }
  }
}
