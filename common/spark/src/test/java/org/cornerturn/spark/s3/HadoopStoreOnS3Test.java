package org.cornerturn.spark.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.cornerturn.UserError;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.HadoopStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.PendingObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopStoreOnS3Test {
  @TempDir private static Path folder;
  private static EmbeddedS3 server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedS3.start(folder);
    server.createBucket("data");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HadoopStore store(String prefix) throws IOException {
    return new HadoopStore("s3a://data/" + prefix, server.settings());
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void putsGetsListsAndDeletes() throws IOException {
    HadoopStore store = store("objects");
    assertThat(store.list("")).isEmpty();
    assertThat(store.hasObjectsBeside("_state")).isFalse();
    assertThat(store.status("a/b c%20d")).isEmpty();
    assertThatThrownBy(() -> store.get("a/b")).isInstanceOf(NoSuchFileException.class);
    store.put("a/b c%20d", utf8("one"));
    store.put("a/b c%20d", utf8("two!"));
    store.put("z", utf8("three"), 1, 3);
    store.put("_state/x", utf8("x"));
    assertThat(store.get("a/b c%20d")).isEqualTo(utf8("two!"));
    assertThat(store.get("z")).isEqualTo(utf8("hre"));
    assertThat(store.list("").stream().map(ObjectStatus::key))
        .containsExactly("_state/x", "a/b c%20d", "z");
    assertThat(store.list("a/").get(0).size()).isEqualTo(4);
    assertThat(store.status("z").orElseThrow().etag()).isNotEmpty();
    assertThat(store.hasObjectsBeside("_state")).isTrue();
    store.delete("z");
    store.delete("z");
    store.deleteFolder("a");
    assertThat(store.list("").stream().map(ObjectStatus::key)).containsExactly("_state/x");
    assertThat(store.hasObjectsBeside("_state")).isFalse();
  }

  @Test
  void largeObjectsAreUploadedInPartsAndAppearWhenTheyArePublished() throws IOException {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("fs.s3a.multipart.size", "5M");
    HadoopStore store = new HadoopStore("s3a://data/large", settings);
    byte[] bytes = new byte[4 << 20];
    new Random(2).nextBytes(bytes);
    try (PendingObject out = store.create("x")) {
      for (int i = 0; i < 3; i++) {
        out.write(bytes);
      }
      assertThat(store.status("x")).isEmpty();
      out.publish();
    }
    assertThat(store.status("x").orElseThrow().size()).isEqualTo(12 << 20);
    byte[] last = new byte[bytes.length];
    try (ObjectChannel c = store.open("x")) {
      c.readFully(8 << 20, last, 0, last.length);
    }
    assertThat(last).isEqualTo(bytes);
    String version = store.status("x").orElseThrow().version();
    for (int parts : new int[] {0, 1, 2}) {
      try (PendingObject out = store.create("x")) {
        for (int i = 0; i < parts; i++) {
          out.write(bytes);
        }
      }
      assertThat(store.status("x").orElseThrow().version()).isEqualTo(version);
    }
    assertThat(store.list("")).hasSize(1);
  }

  @Test
  void readsRanges() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    HadoopStore store = store("ranges");
    store.put("x", bytes);
    try (ObjectChannel c = store.open("x")) {
      assertThat(c.size()).isEqualTo(bytes.length);
      byte[] part = new byte[1000];
      for (int at : List.of(299_000, 0, 150_001, 7)) {
        c.readFully(at, part, 0, part.length);
        assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(bytes, at, at + 1000));
      }
      assertThat(c.requests()).isEqualTo(4);
      assertThat(c.bytesRead()).isEqualTo(4000);
      assertThatThrownBy(() -> c.readFully(299_001, part, 0, 1000))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void writesLargeObjectsInParts() throws IOException {
    byte[] bytes = new byte[150 << 20];
    new Random(2).nextBytes(bytes);
    HadoopStore store = store("large");
    store.put("x", bytes);
    ObjectStatus status = store.status("x").orElseThrow();
    assertThat(status.size()).isEqualTo(bytes.length);
    assertThat(status.etag()).contains("-"); // The mark of a multipart upload.
    try (ObjectChannel c = store.open("x")) {
      byte[] end = new byte[1 << 20];
      c.readFully(bytes.length - end.length, end, 0, end.length);
      assertThat(end)
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, bytes.length - end.length, bytes.length));
    }
    store.delete("x");
  }

  @Test
  void createsAndReplacesOnCondition() throws IOException {
    HadoopStore store = store("conditional");
    assertThat(store.putIfMatch("x", utf8("0"), "\"none\"")).isFalse();
    assertThat(store.putIfAbsent("x", utf8("1"))).isTrue();
    assertThat(store.putIfAbsent("x", utf8("2"))).isFalse();
    String version = store.status("x").orElseThrow().version();
    assertThat(store.putIfMatch("x", utf8("3"), version)).isTrue();
    assertThat(store.putIfMatch("x", utf8("4"), version)).isFalse();
    assertThat(store.get("x")).isEqualTo(utf8("3"));
  }

  @Test
  void ofManyWritersOneCreates() throws Exception {
    HadoopStore store = store("race");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "x" + round;
        List<Callable<Boolean>> writers =
            IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(w -> () -> store.putIfAbsent(key, utf8("w" + w)))
                .toList();
        int won = 0;
        for (Future<Boolean> f : pool.invokeAll(writers)) {
          won += f.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theProbePassesHere() throws IOException {
    HadoopStore store = store("probed");
    LogStoreProbe.check(store, "probe");
    assertThat(store.list("")).isEmpty();
  }

  private static UserError explained(String uri, Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.putAll(changes);
    long start = System.nanoTime();
    Throwable fault =
        Assertions.catchThrowable(() -> new HadoopStore(uri, settings).put("x", utf8("x")));
    assertThat(fault).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    return StoreFaults.explain(fault, uri)
        .orElseThrow(() -> new AssertionError("not explained", fault));
  }

  @Test
  void saysWhatIsWrongWithinSeconds() {
    assertThat(explained("s3a://absent/x", Map.of()).reason()).contains("no such bucket");
    assertThat(explained("s3a://data/x", Map.of("fs.s3a.secret.key", "wrong")).reason())
        .contains("credentials");
    assertThat(explained("s3a://data/x", Map.of("fs.s3a.access.key", "wrong")).reason())
        .contains("credentials");
    assertThat(explained("s3a://data/x", Map.of("fs.s3a.endpoint", "http://127.0.0.1:1")).reason())
        .contains("does not answer");
    assertThat(
            explained("s3a://data/x", Map.of("fs.s3a.endpoint", "http://nowhere.invalid")).reason())
        .contains("host is unknown");
    assertThat(explained("nosuch://data/x", Map.of()).reason()).contains("no file system");
  }
}
