package org.cornerturn.query.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.RunningServer;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZarrRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGE = (9 << 20) + 12_345;
  @TempDir private static Path folder;
  private static RunningServer server;
  private static byte[] large;

  @BeforeAll
  static void start() throws IOException {
    LocalStore store = new LocalStore(folder.resolve("sky.zarr"));
    ArrayMetadata flux =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(4, 6), Primitive.FLOAT32)
            .chunk(2, 6)
            .dimensionNames("time", "x")
            .attributes(JSON.createObjectNode().put("units", "<Jy>"))
            .build();
    float[] values = new float[12];
    Arrays.fill(values, 1.5f);
    new ArrayWriter(store, "flux", flux, EmptyChunks.OMIT)
        .put(Box.of(new long[] {0, 0}, new long[] {2, 6}), Block.toBytes(values));
    ArrayMetadata time =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(4), Primitive.FLOAT64)
            .dimensionNames("time")
            .build();
    ArrayMetadata unnamed =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(3), Primitive.INT16).build();
    ObjectNode attributes = JSON.createObjectNode().put("title", "a & b");
    new ZarrHierarchy(ZarrFormat.V3)
        .array("flux", flux)
        .array("time", time)
        .array("more/deep", unnamed)
        .group("", attributes)
        .publish(store, "");
    large = new byte[LARGE];
    new Random(3).nextBytes(large);
    Files.write(folder.resolve("large.bin"), large);
    Files.setLastModifiedTime(
        folder.resolve("large.bin"), FileTime.from(Instant.parse("2026-03-04T05:06:07Z")));
    Files.write(folder.resolve("empty.bin"), new byte[0]);
    Files.writeString(folder.resolve("page.html"), "<script>alert(1)</script>");
    server = RunningServer.start(Map.of("root.data", folder.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void metadataAndChunksComeAsTheyAreStored() throws Exception {
    HttpResponse<byte[]> metadata = server.get("/zarr/data/sky.zarr/zarr.json");
    assertThat(metadata.body()).isEqualTo(Files.readAllBytes(folder.resolve("sky.zarr/zarr.json")));
    assertThat(header(metadata, "Content-Type")).isEqualTo("application/json");
    assertThat(header(metadata, "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<byte[]> chunk = server.get("/zarr/data/sky.zarr/flux/c/0/0");
    assertThat(chunk.body()).isEqualTo(Files.readAllBytes(folder.resolve("sky.zarr/flux/c/0/0")));
    assertThat(header(chunk, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(chunk, "Accept-Ranges")).isEqualTo("bytes");
    HttpResponse<byte[]> absent = server.get("/zarr/data/sky.zarr/flux/c/1/0");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(header(absent, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(server.get("/zarr/data/sky.zarr").statusCode()).isEqualTo(404);
    assertThat(server.get("/zarr/data").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=-100, 9449429, 100",
    "bytes=5000000-, 5000000, 4449529",
    "bytes=100-8000000, 100, 7999901",
    "bytes=9449528-99999999, 9449528, 1"
  })
  void rangesOfALargeObject(String range, int first, int length) throws Exception {
    HttpResponse<byte[]> answer = server.get("/raw/data/large.bin", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(large, first, first + length));
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/" + LARGE);
    assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(length));
  }

  @Test
  void wholeObjectsOfAnySize() throws Exception {
    assertThat(server.get("/raw/data/large.bin").body()).isEqualTo(large);
    HttpResponse<byte[]> several = server.get("/raw/data/large.bin", "Range", "bytes=0-1,5-6");
    assertThat(several.statusCode()).isEqualTo(200);
    assertThat(several.body()).hasSize(LARGE);
    HttpResponse<byte[]> empty = server.get("/raw/data/empty.bin");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
    assertThat(header(empty, "Content-Length")).isEqualTo("0");
  }

  @Test
  void headTellsTheLength() throws Exception {
    HttpResponse<byte[]> head = server.send("HEAD", "/zarr/data/large.bin");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(LARGE));
    assertThat(header(head, "Last-Modified")).isEqualTo("Wed, 04 Mar 2026 05:06:07 GMT");
    HttpResponse<byte[]> range = server.send("HEAD", "/zarr/data/large.bin", "Range", "bytes=-20");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(header(range, "Content-Length")).isEqualTo("20");
    assertThat(server.send("HEAD", "/zarr/data/none.bin").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"bytes=9449529-", "bytes=5-2", "bytes=x-", "bytes=-0"})
  void rangesThatAreNone(String range) throws Exception {
    HttpResponse<byte[]> answer = server.get("/raw/data/large.bin", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + LARGE);
  }

  @Test
  void conditions() throws Exception {
    String key = "/raw/data/large.bin";
    HttpResponse<byte[]> first = server.send("HEAD", key);
    String etag = header(first, "ETag");
    assertThat(etag).startsWith("\"").endsWith("\"");
    assertThat(server.get(key, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(server.get(key, "If-None-Match", "\"other\"", "Range", "bytes=0-1").statusCode())
        .isEqualTo(206);
    assertThat(server.get(key, "If-Modified-Since", "Wed, 04 Mar 2026 05:06:07 GMT").statusCode())
        .isEqualTo(304);
    assertThat(server.send("HEAD", key, "If-Modified-Since", "not a date").statusCode())
        .isEqualTo(200);
    assertThat(server.send("HEAD", key, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(server.get(key, "If-Match", etag, "Range", "bytes=0-1").statusCode()).isEqualTo(206);
    assertThat(server.get(key, "If-Range", etag, "Range", "bytes=0-1").body()).hasSize(2);
    assertThat(server.get(key, "If-Range", "\"other\"", "Range", "bytes=0-1").body())
        .hasSize(LARGE);
    assertThat(
            server
                .get(key, "If-Range", "Wed, 04 Mar 2026 05:06:07 GMT", "Range", "bytes=0-1")
                .statusCode())
        .isEqualTo(206);
  }

  @Test
  void nothingIsShownAsAPageOfOurs() throws Exception {
    HttpResponse<byte[]> page = server.get("/raw/data/page.html");
    assertThat(header(page, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(page, "Content-Disposition")).isEqualTo("attachment");
  }

  @Test
  void chunksOfTheVersionAskedForMayBeKeptForEver() throws Exception {
    String version = json("/datasets/data/sky.zarr/info").get("version").asText();
    String chunk = "/zarr/data/sky.zarr/flux/c/0/0?v=";
    assertThat(header(server.get(chunk + version), "Cache-Control")).contains("immutable");
    assertThat(header(server.get(chunk + "old"), "Cache-Control")).isEqualTo("no-cache");
    HttpResponse<byte[]> metadata = server.get("/zarr/data/sky.zarr/zarr.json?v=" + version);
    assertThat(header(metadata, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void datasetsAreToldAsXpublishTellsThem() throws Exception {
    JsonNode info = json("/datasets/data/sky.zarr/info");
    assertThat(info.get("dimensions").toString()).isEqualTo("{\"time\":4,\"x\":6}");
    JsonNode flux = info.get("variables").get("flux");
    assertThat(flux.get("type").asText()).isEqualTo("float32");
    assertThat(flux.get("dimensions").toString()).isEqualTo("[\"time\",\"x\"]");
    assertThat(flux.get("attributes").get("units").asText()).isEqualTo("<Jy>");
    assertThat(info.get("global_attributes").get("title").asText()).isEqualTo("a & b");
    assertThat(info.get("zarr").asText()).isEqualTo("/zarr/data/sky.zarr");
    assertThat(json("/datasets/data/sky.zarr/keys").toString()).isEqualTo("[\"flux\",\"time\"]");
    assertThat(json("/datasets/data/sky.zarr/groups").toString()).isEqualTo("[\"more\"]");
    JsonNode dict = json("/datasets/data/sky.zarr/dict");
    assertThat(dict.get("coords").has("time")).isTrue();
    assertThat(dict.get("data_vars").get("flux").get("dtype").asText()).isEqualTo("float32");
    JsonNode more = json("/datasets/data/sky.zarr/more/info");
    assertThat(more.get("dimensions").toString()).isEqualTo("{\"deep_dim_0\":3}");
    HttpResponse<byte[]> page = server.get("/datasets/data/sky.zarr");
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(new String(page.body(), StandardCharsets.UTF_8))
        .contains("flux", "&lt;Jy&gt;", "a &amp; b")
        .doesNotContain("<Jy>");
    assertThat(server.get("/datasets/data/none.zarr/info").statusCode()).isEqualTo(404);
  }
}
