package org.cornerturn.query.waveform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.RunningServer;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.zarr.ZarrFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveformRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Recording RECORDING = new Recording(50_000);
  private static final TableDefinition PRODUCTS =
      TableDefinition.named("products", "every making")
          .text("product", "id")
          .text("root", "where it lies")
          .moment("published", "when");

  @TempDir private static Path folder;
  @TempDir private static Path warehouse;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    RECORDING.pyramid(new LocalStore(folder.resolve("night/a.zarr")), ZarrFormat.V2, 8);
    RECORDING.pyramid(new LocalStore(folder.resolve("night/no-ending")), ZarrFormat.V3, 8);
    RECORDING.overview(new LocalStore(folder.resolve("night/old.zarr")));
    RECORDING.hdf5(folder.resolve("scope.h5"), 5_000);
    Files.writeString(folder.resolve("broken.h5"), "no HDF5 at all");
    Files.writeString(folder.resolve("notes.txt"), "text");
    new DeltaTable(new LocalStore(warehouse.resolve("products")), PRODUCTS)
        .append(
            List.of(
                new Object[] {"a-0f1e", folder.resolve("night/a.zarr").toString(), 1L},
                new Object[] {"b-77aa", "file:" + folder.resolve("night/no-ending"), 2L},
                new Object[] {"c-1234", warehouse.resolve("elsewhere.zarr").toString(), 3L},
                new Object[] {"d-5678", "s3a://bucket/night/a.zarr", 4L}),
            "t",
            0);
    server =
        RunningServer.start(
            Map.of(
                "root.data", folder.toString(),
                "warehouse", warehouse.toString(),
                "limit.waveform_buckets", "5000"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> products(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.get("waveforms").forEach(w -> keys.add(w.get("product").asText()));
    return keys;
  }

  @Test
  void theListHasStoresAndFilesInOrder() throws Exception {
    JsonNode all = json("/api/v1/waveforms");
    assertThat(products(all))
        .containsExactly(
            "data/night/a.zarr", "data/night/no-ending", "data/night/old.zarr", "data/scope.h5");
    assertThat(all.get("unreadable")).hasSize(1);
    assertThat(all.get("unreadable").get(0).get("product").asText()).isEqualTo("data/broken.h5");
    assertThat(all.has("next")).isFalse();
    JsonNode first = all.get("waveforms").get(0);
    assertThat(first.get("samples").asInt()).isEqualTo(50_000);
    assertThat(first.get("stored_levels").asInt()).isEqualTo(2);
    assertThat(first.get("duration").asDouble()).isCloseTo(49_999 * 2e-9, within(1e-15));
    assertThat(products(json("/api/v1/waveforms?prefix=data/night"))).hasSize(3);
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    List<String> all = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = json("/api/v1/waveforms?limit=1" + cursor);
      all.addAll(products(page));
      cursor = page.has("next") ? "&cursor=" + encoded(page.get("next").asText()) : null;
      pages++;
    } while (cursor != null && pages < 20);
    assertThat(all).isEqualTo(products(json("/api/v1/waveforms")));
  }

  @Test
  void whatIsBehindALinkOutOfTheRootIsNotTold(@TempDir Path elsewhere) throws Exception {
    RECORDING.hdf5(elsewhere.resolve("secret.h5"), 0);
    Path link = Files.createSymbolicLink(folder.resolve("out"), elsewhere);
    try {
      HttpResponse<byte[]> list = server.get("/api/v1/waveforms");
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(new String(list.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
      assertThat(server.get("/api/v1/waveforms/data/out/secret.h5").statusCode()).isEqualTo(403);
      assertThat(server.get("/raw/data/out/secret.h5").statusCode()).isEqualTo(403);
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void aPageThatMayLookIntoLittleStillGoesOn(@TempDir Path many) throws Exception {
    for (int i = 0; i < 30; i++) {
      Files.createDirectories(many.resolve("empty-" + i + "/deep"));
    }
    RECORDING.hdf5(many.resolve("last.h5"), 0);
    try (RunningServer small =
        RunningServer.start(Map.of("root.many", many.toString(), "limit.waveform_looks", "7"))) {
      String cursor = "";
      List<String> found = new ArrayList<>();
      int pages = 0;
      while (cursor != null && pages++ < 40) {
        JsonNode page =
            JSON.readTree(small.get("/api/v1/waveforms?cursor=" + encoded(cursor)).body());
        found.addAll(products(page));
        cursor = page.has("next") ? page.get("next").asText() : null;
      }
      assertThat(found).containsExactly("many/last.h5");
      assertThat(pages).isBetween(5, 35);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void oneWaveformTellsItsScaleAndLevels() throws Exception {
    JsonNode a = json("/api/v1/waveforms/data/night/a.zarr");
    assertThat(a.get("gains").toString()).isEqualTo("[[0.001],[-0.002]]");
    assertThat(a.get("levels").get(0).get("name").asText()).isEqualTo("samples");
    assertThat(a.get("levels").get(2).get("name").asText()).isEqualTo("pyramid/2");
    assertThat(a.get("levels").get(2).get("samples_per_bin").asInt()).isEqualTo(64);
    JsonNode h = json("/api/v1/waveforms/data/scope.h5");
    assertThat(h.get("array").asText()).isEqualTo("/samples");
    assertThat(h.get("gains").toString()).isEqualTo("[[0.001],[-0.002]]");
    assertThat(h.get("levels").get(1).get("name").asText()).isEqualTo("derived");
  }

  @Test
  void aProductOfTheWarehouseIsNamedByItsId() throws Exception {
    assertThat(json("/api/v1/waveforms/a-0f1e").get("product").asText())
        .isEqualTo("data/night/a.zarr");
    assertThat(json("/api/v1/waveforms/a-0f1e/window?width=100&segment=1"))
        .isEqualTo(json("/api/v1/waveforms/data/night/a.zarr/window?width=100&segment=1"));
    assertThat(json("/api/v1/waveforms/b-77aa").get("product").asText())
        .isEqualTo("data/night/no-ending");
    for (String outside : List.of("c-1234", "d-5678")) {
      HttpResponse<byte[]> answer = server.get("/api/v1/waveforms/" + outside + "/window");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("lies in none of the roots")
          .doesNotContain("bucket")
          .doesNotContain(warehouse.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"night/a.zarr", "scope.h5", "night/no-ending"})
  void valuesAreMillivoltsAndANegativeGainTurnsThemOver(String product) throws Exception {
    String window = "/api/v1/waveforms/data/" + product + "/window?start=1000&stop=1020&channel=";
    JsonNode plain = json(window + "0");
    JsonNode turned = json(window + "1&width=5");
    assertThat(plain.get("units").asText()).isEqualTo("mV");
    assertThat(plain.get("bucket_samples").asInt()).isEqualTo(1);
    assertThat(plain.get("min")).hasSize(20).isEqualTo(plain.get("max"));
    for (int i = 0; i < 20; i++) {
      assertThat(plain.get("min").get(i).asDouble())
          .isCloseTo(RECORDING.trace(0, 0)[1000 + i], within(1e-2));
    }
    assertThat(turned.get("bucket_samples").asInt()).isEqualTo(4);
    for (int b = 0; b < 5; b++) {
      double min = Double.MAX_VALUE;
      double max = -Double.MAX_VALUE;
      for (int i = 1000 + 4 * b; i < 1004 + 4 * b; i++) {
        double mv = 1000 * (RECORDING.trace(1, 0)[i] * -2e-3 - 0.5);
        min = Math.min(min, mv);
        max = Math.max(max, mv);
      }
      assertThat(turned.get("min").get(b).asDouble()).isCloseTo(min, within(1e-2));
      assertThat(turned.get("max").get(b).asDouble()).isCloseTo(max, within(1e-2));
    }
  }

  @Test
  void aWindowMayBeGivenInSeconds() throws Exception {
    JsonNode w = json("/api/v1/waveforms/data/night/a.zarr/window?t0=2e-6&t1=2.1e-6");
    assertThat(w.get("start").asInt()).isEqualTo(1000);
    assertThat(w.get("stop").asInt()).isEqualTo(1051);
    assertThat(w.get("t0").asDouble()).isCloseTo(2e-6, within(1e-15));
    JsonNode between = json("/api/v1/waveforms/data/night/a.zarr/window?t0=3.1e-9&t1=3.2e-9");
    assertThat(between.get("start").asInt()).isEqualTo(1);
    assertThat(between.get("stop").asInt()).isEqualTo(3);
    JsonNode whole = json("/api/v1/waveforms/data/night/a.zarr/window?t0=-1&t1=1&width=100");
    assertThat(whole.get("stop").asInt()).isEqualTo(50_000);
    assertThat(whole.get("level_samples").asInt()).isGreaterThan(1);
  }

  @Test
  void formsOfTheAnswerAgree() throws Exception {
    String window = "/api/v1/waveforms/data/night/a.zarr/window?width=100";
    JsonNode json = json(window);
    int n = json.get("buckets").asInt();
    HttpResponse<byte[]> bin = server.get(window, "Accept", "application/octet-stream");
    assertThat(bin.headers().firstValue("X-Shape")).hasValue("2," + n);
    assertThat(bin.headers().firstValue("X-Dtype")).hasValue("<f4");
    ByteBuffer values = ByteBuffer.wrap(bin.body()).order(ByteOrder.LITTLE_ENDIAN);
    HttpResponse<byte[]> npy = server.get(window + "&format=npy");
    int header = npy.body().length - bin.body().length;
    assertThat(header % 64).isZero();
    assertThat(new String(npy.body(), 0, header, StandardCharsets.ISO_8859_1))
        .contains("'descr': '<f4'", "(2, " + n + ")");
    assertThat(ByteBuffer.wrap(npy.body(), header, bin.body().length))
        .isEqualTo(ByteBuffer.wrap(bin.body()));
    String[] csv =
        new String(server.get(window + "&format=csv").body(), StandardCharsets.UTF_8).split("\r\n");
    assertThat(csv[0]).isEqualTo("sample,time_s,samples,min_mV,max_mV");
    assertThat(csv).hasSize(n + 1);
    for (int i = 0; i < n; i++) {
      assertThat((float) json.get("min").get(i).asDouble()).isEqualTo(values.getFloat(4 * i));
      assertThat((float) json.get("max").get(i).asDouble()).isEqualTo(values.getFloat(4 * (n + i)));
      assertThat(Float.parseFloat(csv[i + 1].split(",")[4]))
          .isEqualTo(values.getFloat(4 * (n + i)));
    }
  }

  @Test
  void theSameQuestionIsNotAnsweredTwice() throws Exception {
    String window = "/api/v1/waveforms/data/night/a.zarr/window?width=100";
    HttpResponse<byte[]> first = server.get(window);
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = server.get(window, "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(server.get(window + "&segment=1").headers().firstValue("ETag"))
        .isPresent()
        .isNotEqualTo(first.headers().firstValue("ETag"));
    assertThat(server.get(window + "&format=bin").headers().firstValue("ETag"))
        .isNotEqualTo(first.headers().firstValue("ETag"));
  }

  @Test
  void aRecordingThatIsMadeAnewIsReadAnew() throws Exception {
    Path file = folder.resolve("changing.h5");
    new Recording(5_000).hdf5(file, 0);
    String window = "/api/v1/waveforms/data/changing.h5/window?units=counts&width=5000";
    assertThat(json(window).get("buckets").asInt()).isEqualTo(5_000);
    Recording other = new Recording(4_000);
    Files.delete(file);
    other.hdf5(file, 0);
    JsonNode now = json(window);
    assertThat(now.get("buckets").asInt()).isEqualTo(4_000);
    assertThat(now.get("min").get(77).asInt()).isEqualTo(other.trace(0, 0)[77]);
    Files.delete(file);
    assertThat(server.get(window).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "data/night/a.zarr/window?channel=2, 404, No channel 2",
    "data/night/a.zarr/window?segment=-1, 404, No segment -1",
    "data/night/a.zarr/window?width=1, 400, below 2",
    "data/night/a.zarr/window?width=5001, 413, waveform_buckets",
    "data/night/a.zarr/window?t0=1, 400, t0",
    "data/night/a.zarr/window?t0=2e-6&t1=1e-6, 400, before t0",
    "data/night/a.zarr/window?t0=x, 400, t0",
    "data/night/a.zarr/window?start=5&stop=5, 400, stop",
    "data/night/a.zarr/window?start=50000, 400, start",
    "data/night/a.zarr/window?start=5&t0=0, 400, not both",
    "data/night/a.zarr/window?units=furlongs, 400, units",
    "data/night/a.zarr/window?format=xml, 400, format",
    "data/night, 404, No waveform",
    "data/nothing.zarr/window, 404, No waveform",
    "data/notes.txt/window, 404, No waveform",
    "data/scope.h5/window?path=/vertical_gain, 404, No waveform",
    "data/broken.h5/window, 422, broken.h5",
    "elsewhere/x.zarr, 404, No waveform"
  })
  void wrongQuestionsAreToldSo(String path, int status, String says) throws Exception {
    HttpResponse<byte[]> answer = server.get("/api/v1/waveforms/" + path);
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(body).contains(says);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }
}
