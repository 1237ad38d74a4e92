package org.cornerturn.query.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.query.hdf5.RunningService.query;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.query.CapturedLog;
import org.cornerturn.query.RawHttp;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.FaultyS3;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of 100,000 chunks in a bucket. */
class ManyChunksOnS3Test {
  private static final int CHUNKS = 100_000;
  private static final List<String> INDEXES = List.of("btree_v1", "fixed", "btree_v2");

  @TempDir private static Path folder;
  private static EmbeddedS3 bucket;
  private static FaultyS3 counted;
  private static RunningService service;

  /** Whether bodies are cut short. */
  private static volatile boolean isCut;

  private static final int TILES = 64;
  private static final AtomicInteger SLOW_READS = new AtomicInteger();
  private static final CountDownLatch READING = new CountDownLatch(1);
  private static final CountDownLatch GO_ON = new CountDownLatch(1);

  @BeforeAll
  static void start() throws Exception {
    OutsideProgram.python("h5py", "make_chunks.py", folder.toString(), Integer.toString(CHUNKS));
    bucket = EmbeddedS3.start(Files.createDirectories(folder.resolve("s3")));
    bucket.createBucket("files");
    try (ObjectStore store = Stores.open("s3a://files", bucket.settings())) {
      for (String index : INDEXES) {
        store.put(index + ".h5", Files.readAllBytes(folder.resolve(index + ".h5")));
      }
    }
    counted =
        new FaultyS3(
            bucket.endpoint(),
            (request, number) -> {
              if (request.startsWith("GET ") && request.contains("long.h5")) {
                waitInTheMiddle();
              }
              return isCut && request.startsWith("GET ") && request.contains("cut.h5")
                  ? FaultyS3.Fault.TRUNCATED
                  : null;
            });
    Map<String, String> settings = new HashMap<>(bucket.settings());
    settings.put("fs.s3a.endpoint", counted.endpoint().toString());
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.put("fs.s3a.retry.limit", "1");
    settings.put("fs.s3a.retry.interval", "1ms");
    settings.put("root.files", "s3a://files");
    service = RunningService.start(folder.resolve("warehouse"), settings);
  }

  /** The tenth request for the file, and all after it, wait until the test lets them go on. */
  private static void waitInTheMiddle() {
    if (SLOW_READS.incrementAndGet() == 10) {
      READING.countDown();
      try {
        assertThat(GO_ON.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
      counted.close();
      bucket.close();
    }
  }

  /** Ranges of a file that were asked for since the last call. */
  private static long requests(String file) {
    return counted.takeRequests().stream()
        .filter(r -> r.startsWith("GET ") && r.contains(file))
        .count();
  }

  /** The index with two unlimited axes belongs to a plane of one row. */
  private static String selection(String index, int from, int to) {
    return (index.equals("btree_v2") ? "0," : "") + from + ":" + to;
  }

  @Test
  void openingTakesAHandfulOfRequestsWhateverTheIndex() throws Exception {
    for (String index : INDEXES) {
      String file = index + ".h5";
      requests(file);
      service.json(query("/h5grove/meta", "file", "files/" + file, "path", "/data"));
      assertThat(requests(file)).as("to open %s", index).isBetween(1L, 12L);
      HttpResponse<byte[]> r = elements(index, 500_020);
      assertThat(r.statusCode()).as(RunningService.text(r)).isEqualTo(200);
      for (int i = 0; i < 20; i++) {
        assertThat(r.body()[i]).isEqualTo((byte) (500_000 + i));
      }
      long megabytes = (Files.size(folder.resolve(file)) >> 20) + 1;
      assertThat(requests(file))
          .as("for index and elements of %s", index)
          .isLessThanOrEqualTo(4 + 2 * megabytes);
      assertThat(elements(index, 500_010).body()).hasSize(10);
      assertThat(requests(file)).as("what is decoded is not fetched again").isZero();
    }
  }

  private static HttpResponse<byte[]> elements(String index, int end) {
    return service.get(
        query(
            "/h5grove/data",
            "file",
            "files/" + index + ".h5",
            "path",
            "/data",
            "selection",
            selection(index, 500_000, end),
            "format",
            "bin"));
  }

  /** Reading 64 MiB stops soon after the client has left, and nobody is told of an error. */
  @Test
  void aClientThatLeavesStopsItsLongReading() throws Exception {
    Path file = folder.resolve("long.h5");
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      var array = w.root().contiguous("data", Primitive.UINT8, Shape.of((long) TILES << 20));
      for (int i = 0; i < TILES; i++) {
        array.write(new byte[1 << 20], 0, 1 << 20);
      }
      w.finish();
    }
    try (ObjectStore store = Stores.open("s3a://files", bucket.settings())) {
      store.put("long.h5", Files.readAllBytes(file));
    }
    long stopped;
    try (CapturedLog log = new CapturedLog()) {
      String line = query("/files/long.h5/data", "path", "/data", "mode", "line", "reduce", "max");
      try (RawHttp http = new RawHttp(service.uri())) {
        http.send("GET " + line + "&quality=overview HTTP/1.1\nHost: localhost\n\n");
        assertThat(READING.await(60, TimeUnit.SECONDS)).isTrue();
      }
      awaitMetric("operation=\"viewerData\",status=\"499\"");
      GO_ON.countDown();
      long[] read = {-1, SLOW_READS.get()};
      while (read[0] != read[1]) { // What was under way may end.
        Thread.sleep(300);
        read[0] = read[1];
        read[1] = SLOW_READS.get();
      }
      stopped = read[1];
      assertThat(log.lines()).isEmpty();
    }
    // Another client's question is answered as if nothing had been.
    assertThat(
            service
                .json(
                    query(
                        "/files/long.h5/data",
                        "path",
                        "/data",
                        "mode",
                        "line",
                        "reduce",
                        "max",
                        "quality",
                        "overview",
                        "max_points",
                        "3"))
                .get("data"))
        .hasSizeBetween(1, 3);
    assertThat(SLOW_READS.get() - stopped).as("what had not been read").isGreaterThan(TILES / 4);
  }

  private static void awaitMetric(String labels) throws InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      String metrics = RunningService.text(service.get("/metrics"));
      if (metrics.lines().anyMatch(l -> l.contains("_count") && l.contains(labels))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no request ended with " + labels);
  }

  @Test
  void aBodyThatIsCutShortIsA502() throws Exception {
    try (ObjectStore store = Stores.open("s3a://files", bucket.settings())) {
      store.put("cut.h5", Files.readAllBytes(folder.resolve("fixed.h5")));
    }
    isCut = true;
    HttpResponse<byte[]> r =
        service.get(query("/h5grove/data", "file", "files/cut.h5", "path", "/data"));
    assertThat(r.statusCode()).as(RunningService.text(r)).isEqualTo(502);
    isCut = false;
    r =
        service.get(
            query("/h5grove/data", "file", "files/cut.h5", "path", "/data", "selection", "7"));
    assertThat(RunningService.text(r)).isEqualTo("7");
  }
}
