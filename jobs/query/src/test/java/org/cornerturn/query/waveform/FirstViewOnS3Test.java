package org.cornerturn.query.waveform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.PyramidLevels;
import org.cornerturn.query.RunningServer;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.FaultyS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.ChunkKeys;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recording of 3.6 GB in a bucket, of which one spike alone was ever written. */
class FirstViewOnS3Test {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SAMPLES = 600_000_000;
  private static final long SPIKE = 123_456_789;
  @TempDir private static Path folder;
  private static EmbeddedS3 bucket;
  private static FaultyS3 counted;
  private static RunningServer server;

  /** Key whose body is cut short, or null. */
  private static volatile String cut;

  @BeforeAll
  static void start() throws IOException {
    bucket = EmbeddedS3.start(folder);
    bucket.createBucket("waves");
    for (ZarrFormat format : ZarrFormat.values()) {
      try (ObjectStore store = Stores.open("s3a://waves/" + format + ".zarr", bucket.settings())) {
        write(store, format);
      }
    }
    try (ObjectStore store = Stores.open("s3a://waves/cut.zarr", bucket.settings())) {
      write(store, ZarrFormat.V2);
    }
    counted =
        new FaultyS3(
            bucket.endpoint(),
            (request, number) ->
                cut != null && request.startsWith("GET ") && request.contains(cut)
                    ? FaultyS3.Fault.TRUNCATED
                    : null);
    Map<String, String> settings = new HashMap<>(bucket.settings());
    settings.put("fs.s3a.endpoint", counted.endpoint().toString());
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.put("fs.s3a.retry.limit", "1");
    settings.put("fs.s3a.retry.interval", "1ms");
    settings.put("root.waves", "s3a://waves");
    server = RunningServer.start(settings);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    counted.close();
    bucket.close();
  }

  private static void write(ObjectStore store, ZarrFormat format) throws IOException {
    PyramidLevels levels = PyramidLevels.of(SAMPLES);
    ZarrHierarchy hierarchy = new ZarrHierarchy(format);
    hierarchy.array(
        "raw", array(store, "raw", format, SAMPLES, 262_144, 1, JSON.createObjectNode()));
    for (int k = 1; k <= levels.count(); k++) {
      ObjectNode attributes =
          JSON.createObjectNode().put("samples_per_bin", levels.samplesPerBin(k));
      attributes.putArray("stat").add("min").add("max");
      hierarchy.array(
          "pyramid/" + k,
          array(
              store,
              "pyramid/" + k,
              format,
              levels.bins(k),
              levels.wholeTraceChunkBins(k, 131_072),
              levels.samplesPerBin(k),
              attributes));
    }
    hierarchy.group("", JSON.createObjectNode().put("horiz_interval", 1e-9)).publish(store, "");
  }

  /** An array of nothing but the chunk that holds the spike. */
  private static ArrayMetadata array(
      ObjectStore store,
      String path,
      ZarrFormat format,
      long bins,
      long chunk,
      long perBin,
      ObjectNode attributes)
      throws IOException {
    boolean raw = perBin == 1;
    ArrayMetadata.Builder m =
        ArrayMetadata.builder(
                format, raw ? Shape.of(1, 1, 3, bins) : Shape.of(1, 1, 3, bins, 2), Primitive.INT16)
            .keys(format == ZarrFormat.V2 ? ChunkKeys.V2_FLAT : ChunkKeys.DEFAULT)
            .attributes(attributes);
    ArrayMetadata built = (raw ? m.chunk(1, 1, 1, chunk) : m.chunk(1, 1, 1, chunk, 2)).build();
    if (format == ZarrFormat.V3 && !raw) {
      built = m.shard(1, 1, 1, 4 * chunk, 2).build();
    }
    long at = SPIKE / perBin;
    long object = built.objectShape().dim(3);
    long first = at / object * object;
    int n = (int) Math.min(object, bins - first);
    int stride = raw ? 2 : 4;
    byte[] bytes = new byte[n * stride];
    // The maximum of its bin, or the sample itself.
    int last = (int) (at - first) * stride + stride - 2;
    bytes[last] = (byte) 12_345;
    bytes[last + 1] = (byte) (12_345 >> 8);
    long[] start = raw ? new long[] {0, 0, 0, first} : new long[] {0, 0, 0, first, 0};
    long[] extent = raw ? new long[] {1, 1, 1, n} : new long[] {1, 1, 1, n, 2};
    new ArrayWriter(store, path, built, EmptyChunks.OMIT).put(Box.of(start, extent), bytes);
    return built;
  }

  private static JsonNode window(Object store, String parameters) throws Exception {
    HttpResponse<byte[]> answer =
        server.get("/api/v1/waveforms/waves/" + store + ".zarr/window?units=counts" + parameters);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    assertThat(answer.body().length).isLessThan(300_000);
    return JSON.readTree(answer.body());
  }

  /** Requests since the last call that are about a store; the service looks at its roots, too. */
  private static List<String> requests(ZarrFormat format) {
    return counted.takeRequests().stream().filter(r -> r.contains(format + ".zarr")).toList();
  }

  private static int spikes(JsonNode window) {
    int found = 0;
    for (JsonNode max : window.get("max")) {
      found += max.asInt() == 12_345 ? 1 : 0;
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void theFirstViewTakesFourRequestsAndEveryZoomShowsTheSpike(ZarrFormat format) throws Exception {
    counted.takeRequests();
    JsonNode first = window(format, "");
    assertThat(requests(format)).hasSizeBetween(1, 4);
    assertThat(first.get("stop").asLong()).isEqualTo(SAMPLES);
    assertThat(spikes(first)).isEqualTo(1);
    window(format, "");
    // The listing is done again after some seconds.
    assertThat(requests(format)).hasSizeLessThan(2);
    for (long half = SAMPLES / 8; half > 4; half /= 5) {
      long from = Math.max(0, SPIKE - half);
      JsonNode zoomed = window(format, "&start=" + from + "&stop=" + (SPIKE + half));
      assertThat(spikes(zoomed)).as("window of %d", 2 * half).isEqualTo(1);
    }
  }

  @Test
  void aStoreThatBreaksOffGivesAnErrorAndNoPart() throws Exception {
    cut = "cut.zarr/raw/";
    try {
      String key = "/cut.zarr/raw/0.0.0." + SPIKE / 262_144;
      HttpResponse<byte[]> chunk = server.get("/zarr/waves" + key);
      assertThat(chunk.statusCode()).isEqualTo(502);
      assertThat(new String(chunk.body(), StandardCharsets.UTF_8)).contains("STORE_ERROR");
      HttpResponse<byte[]> range = server.get("/zarr/waves" + key, "Range", "bytes=-10");
      assertThat(range.statusCode()).isEqualTo(502);
      HttpResponse<byte[]> window =
          server.get(
              "/api/v1/waveforms/waves/cut.zarr/window?start=%d&stop=%d"
                  .formatted(SPIKE - 20, SPIKE + 20));
      assertThat(window.statusCode()).isEqualTo(502);
    } finally {
      cut = null;
    }
    assertThat(spikes(window("cut", "&start=" + (SPIKE - 20) + "&stop=" + (SPIKE + 20))))
        .isEqualTo(1);
  }
}
