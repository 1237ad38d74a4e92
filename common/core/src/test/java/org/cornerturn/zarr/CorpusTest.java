package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that other implementations wrote. */
class CorpusTest {
  private Path corpus;

  @BeforeEach
  void findCorpus() {
    String folder = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(folder != null, "CORNERTURN_CORPUS is not set: no files of others to read");
    corpus = Path.of(folder, "zarr");
  }

  private Block read(String path) throws IOException {
    ZarrArray a = ZarrArray.open(new LocalStore(corpus), path);
    return a.read(Box.all(a.metadata().shape()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2/array_none_F",
        "v2/array_gzip_C",
        "v2/array_blosc_C",
        "v2/array_zstd_C",
        "v3/array_none_transpose",
        "v3/array_blosc",
        "v3/array_gzip",
        "v3_zarr_python/array_zstd",
      })
  void zarrsCountsToAHundred(String name) throws Exception {
    float[] expected = new float[100];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i;
    }
    assertThat(read("zarrs/" + name + ".zarr").floats()).isEqualTo(expected);
  }

  @Test
  void codecsThatWeLackAreNamed() {
    assertThatThrownBy(() -> read("zarrs/v3_zarr_python/array_fletcher32.zarr"))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("array_fletcher32.zarr")
        .hasMessageContaining("fletcher32");
  }

  @Test
  void shardsOfZarrsOpenThroughTheirGroup() throws Exception {
    ZarrGroup root =
        ZarrGroup.open(new LocalStore(corpus), "zarrs/sharded_array_write_read.zarr/group");
    assertThat(root.attributes().get("foo").textValue()).isEqualTo("bar");
    assertThat(root.arrayNames()).containsExactly("array");
    ZarrArray a = root.array("array");
    assertThat(a.metadata().dimensionNames()).containsExactly("y", "x");
    short[] all = a.read(Box.all(a.metadata().shape())).shorts();
    assertThat(all).hasSize(64);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        Box one = Box.of(new long[] {y, x}, new long[] {1, 1});
        assertThat(a.read(one).shorts()).containsExactly(all[8 * y + x]);
      }
    }
  }

  @Test
  void citiesAreTextsInAGivenOrder() throws Exception {
    String[] cities = read("zarrs/zarr_python_compat/cities_v2.zarr").text();
    assertThat(cities).hasSize(47868).startsWith("Tokyo", "Jakarta", "Delhi", "Guangzhou");
    assertThat(cities).doesNotContain("").doesNotContainNull();
  }

  @Test
  void jzarrsFrameOfFortyTwos() throws Exception {
    ZarrArray a = ZarrArray.open(new LocalStore(corpus), "jzarr/example_3.zarr");
    int[] corner = a.read(Box.of(new long[] {0, 0}, new long[] {250, 250})).ints();
    assertThat(Arrays.stream(corner).distinct().sorted().toArray()).containsExactly(-9999, 42);
    // The tutorial's print-out of the array's beginning.
    int[] found = a.read(findFrame(corner)).ints();
    int f = -9999;
    assertThat(found)
        .containsExactly(
            f, f, f, f, f, f, f, 42, 42, 42, 42, f, f, 42, 42, 42, 42, f, f, 42, 42, 42, 42, f, f,
            f, f, f, f, f);
    assertThat(a.read(Box.of(new long[] {600, 0}, new long[] {1, 3})).ints())
        .containsExactly(f, f, f);
  }

  private static Box findFrame(int[] corner) {
    int at = 0;
    while (corner[at] != 42) {
      at++;
    }
    return Box.of(new long[] {at / 250 - 1, at % 250 - 1}, new long[] {5, 6});
  }

  @Test
  void oneImageOfTwoCompressors() throws Exception {
    Block gzip = read("implementations/zarr.zr/gzip");
    Block blosc = read("implementations/zarr.zr/blosc");
    assertThat(gzip.shape()).isEqualTo(Shape.of(512, 512, 3));
    assertThat(gzip.bytes()).isEqualTo(blosc.bytes());
    assertThat(gzip.bytes()).contains((byte) 255);
  }

  /** Each fixture is an array and its encoding by every configuration of a codec. */
  @ParameterizedTest
  @CsvSource({"blosc", "zlib", "gzip", "zstd", "lz4", "shuffle"})
  void numcodecsFixturesDecode(String codec) throws Exception {
    int checked = 0;
    Path folder = corpus.resolve("numcodecs").resolve(codec);
    try (Stream<Path> configurations = Files.walk(folder)) {
      for (Path c : configurations.filter(p -> p.endsWith("config.json")).sorted().toList()) {
        ObjectNode config = Json.parse(c.toString(), Files.readAllBytes(c));
        try (Stream<Path> files = Files.list(c.getParent())) {
          for (Path f : files.filter(p -> p.toString().endsWith(".dat")).sorted().toList()) {
            String number = f.getFileName().toString().substring(8, 10);
            byte[] data = npyData(folder.resolve("array." + number + ".npy"));
            if (config.path("cname").asText().equals("snappy")) {
              assertThatThrownBy(() -> checkFixture(config, new byte[0], new byte[0]))
                  .hasMessageContaining("snappy is not supported");
            } else if (data != null) {
              checkFixture(config, Files.readAllBytes(f), data);
              checked++;
            }
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private static void checkFixture(ObjectNode config, byte[] encoded, byte[] data)
      throws IOException {
    DataType type = new Opaque(Math.max(1, data.length));
    Codec.Compressor codec =
        CodecsV2.compressor(config.get("id").textValue(), config, Primitive.UINT8);
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V2, Shape.of(1), type)
            .chunk(1)
            .codecs(CodecChain.of(ZarrFormat.V2, type, codec))
            .build();
    Object back = new ChunkCodec(m).decode(encoded, 0, encoded.length, ReadLimits.STANDARD);
    assertThat((byte[]) back).as("%s", config).isEqualTo(data);
  }

  /** The data of an NPY file in its own order, or null for Python objects. */
  private static byte[] npyData(Path file) throws IOException {
    byte[] npy = Files.readAllBytes(file);
    int header = (npy[8] & 0xFF) | (npy[9] & 0xFF) << 8;
    String text = new String(npy, 10, header, StandardCharsets.ISO_8859_1);
    Matcher m = Pattern.compile("'descr': '([^']*)'").matcher(text);
    if (m.find() && m.group(1).equals("|O")) {
      return null;
    }
    return Arrays.copyOfRange(npy, 10 + header, npy.length);
  }

  @Test
  void ngffExamplesAreNoStores() {
    for (String path : List.of("ngff/0.4/examples/ome", "jzarr/example_5.zarr/nothing")) {
      assertThatThrownBy(() -> ZarrGroup.open(new LocalStore(corpus), path))
          .isInstanceOf(ZarrException.class)
          .hasMessageContaining("no Zarr group");
    }
  }

  @Test
  void jzarrsGroupsAreListed() throws Exception {
    ZarrGroup g = ZarrGroup.open(new LocalStore(corpus), "jzarr/example_5.zarr");
    assertThat(g.groupPaths()).containsExactly("foo", "foo/bar");
    assertThat(g.arrayPaths()).containsExactly("foo/bar/baz");
    ZarrArray baz = g.group("foo").array("bar/baz");
    assertThat(baz.metadata().type()).isEqualTo(Primitive.INT32);
    assertThat(baz.read(Box.of(new long[] {5, 5}, new long[] {1, 2})).ints()).containsOnly(0);
  }
}
