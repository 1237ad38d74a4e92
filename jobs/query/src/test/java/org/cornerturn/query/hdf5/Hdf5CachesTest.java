package org.cornerturn.query.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.query.hdf5.RunningService.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.cornerturn.OutsideProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5CachesTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void make() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    OutsideProgram.python("h5py", "make_planes.py", folder.resolve("data/a.h5").toString());
    OutsideProgram.python("h5py", "make_types.py", folder.resolve("other.h5").toString());
  }

  private static RunningService start(String cacheBytes) throws IOException {
    return RunningService.start(
        folder.resolve("warehouse"),
        Map.of("root.data", folder.resolve("data").toString(), "cache.bytes", cacheBytes));
  }

  private static long openFiles() throws IOException {
    long n = 0;
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path p : all.toList()) {
        try {
          n += Files.readSymbolicLink(p).startsWith(folder.resolve("data").toRealPath()) ? 1 : 0;
        } catch (NoSuchFileException e) {
          continue; // Closed since it was listed, as the listing itself is.
        }
      }
    }
    return n;
  }

  /** With a cache that holds next to nothing every request opens the file; none stays open. */
  @Test
  void noFileStaysOpenThatNobodyUses() throws Exception {
    try (RunningService service = start("1000")) {
      for (int i = 0; i < 20; i++) {
        service.json(query("/h5grove/meta", "file", "data/a.h5", "children_limit", "" + i));
        service.json(
            query("/files/a.h5/data", "path", "/plane", "mode", "matrix", "row_offset", "" + i));
      }
      // A file is given back when its answer has been sent, which may be after it was received.
      for (int i = 0; i < 600 && openFiles() > 0; i++) {
        Thread.sleep(100);
      }
      assertThat(openFiles()).isZero();
    }
  }

  @Test
  void aReplacedFileIsReadAnew() throws Exception {
    Path file = folder.resolve("data/b.h5");
    try (RunningService service = start("100M")) {
      Files.copy(folder.resolve("data/a.h5"), file, StandardCopyOption.REPLACE_EXISTING);
      String question = query("/h5grove/paths", "file", "data/b.h5");
      HttpResponse<byte[]> before = service.get(question);
      Files.copy(folder.resolve("other.h5"), file, StandardCopyOption.REPLACE_EXISTING);
      HttpResponse<byte[]> after =
          service.get(question, "If-None-Match", before.headers().firstValue("ETag").orElseThrow());
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(RunningService.text(after)).contains("/complex_c8").doesNotContain("/plane");
    }
  }

  /** Many at once, with little memory: all get the same right answer. */
  @Test
  void manyAtOnceGetTheSame() throws Exception {
    try (RunningService service = start("5M")) {
      JsonNode expected = service.json(heatmap("max", 60));
      ExecutorService clients = Executors.newFixedThreadPool(8);
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String question = i % 2 == 0 ? heatmap("max", 60) : heatmap("mean", 50 + i);
        answers.add(clients.submit(() -> service.json(question)));
      }
      for (int i = 0; i < answers.size(); i += 2) {
        assertThat(answers.get(i).get()).isEqualTo(expected);
      }
      for (int i = 1; i < answers.size(); i += 2) {
        assertThat(answers.get(i).get().get("shape").get(0).asInt()).isPositive();
      }
      clients.shutdown();
    }
  }

  private static String heatmap(String reduce, int size) {
    return query(
        "/files/a.h5/data",
        "path",
        "/plane",
        "mode",
        "heatmap",
        "reduce",
        reduce,
        "max_size",
        Integer.toString(size));
  }

  @Test
  void brokenFilesAreToldAsSuch() throws Exception {
    Files.writeString(folder.resolve("data/text.h5"), "not an HDF5 file");
    byte[] whole = Files.readAllBytes(folder.resolve("data/a.h5"));
    Files.write(folder.resolve("data/half.h5"), java.util.Arrays.copyOf(whole, whole.length / 2));
    try (RunningService service = start("10M")) {
      HttpResponse<byte[]> text = service.get("/h5grove/meta?file=data/text.h5");
      assertThat(text.statusCode()).isEqualTo(422);
      assertThat(RunningService.text(text)).doesNotContain(folder.toString());
      HttpResponse<byte[]> half =
          service.get("/h5grove/data?file=data/half.h5&path=/plane&format=bin");
      assertThat(half.statusCode()).isEqualTo(422);
      assertThat(RunningService.json(half).get("message").asText()).isNotBlank();
    }
  }

  @Test
  void placesOutsideTheRootsAreRefused() throws Exception {
    Files.deleteIfExists(folder.resolve("data/link.h5"));
    Files.createSymbolicLink(folder.resolve("data/link.h5"), folder.resolve("other.h5"));
    try (RunningService service = start("10M")) {
      for (String file : List.of("../other.h5", "data/../../other.h5", "data/link.h5")) {
        HttpResponse<byte[]> r = service.get(query("/h5grove/meta", "file", file));
        assertThat(r.statusCode()).as(file).isIn(403, 404);
      }
      assertThat(service.get("/files/..%2Fother.h5/children").statusCode()).isIn(400, 403, 404);
    }
  }

  @Test
  void h5groveErrorsSayWhatH5webLooksFor() throws Exception {
    try (RunningService service = start("10M")) {
      assertMessage(service, 404, "File not found", "file", "data/none.h5");
      assertMessage(service, 404, "not a valid path", "file", "data/a.h5", "path", "/none");
      assertMessage(service, 422, "", "file", "data/a.h5", "resolve_links", "some");
    }
  }

  private static void assertMessage(
      RunningService service, int status, String message, String... parameters) {
    HttpResponse<byte[]> r = service.get(query("/h5grove/meta", parameters));
    assertThat(r.statusCode()).isEqualTo(status);
    assertThat(RunningService.json(r).get("message").asText()).contains(message);
  }
}
