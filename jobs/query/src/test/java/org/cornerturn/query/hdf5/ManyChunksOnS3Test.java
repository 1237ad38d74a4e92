package org.cornerturn.query.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.query.hdf5.RunningService.query;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.OutsideProgram;
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
            (request, number) ->
                isCut && request.startsWith("GET ") && request.contains("cut.h5")
                    ? FaultyS3.Fault.TRUNCATED
                    : null);
    Map<String, String> settings = new HashMap<>(bucket.settings());
    settings.put("fs.s3a.endpoint", counted.endpoint().toString());
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.put("fs.s3a.retry.limit", "1");
    settings.put("fs.s3a.retry.interval", "1ms");
    settings.put("root.files", "s3a://files");
    service = RunningService.start(folder.resolve("warehouse"), settings);
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
