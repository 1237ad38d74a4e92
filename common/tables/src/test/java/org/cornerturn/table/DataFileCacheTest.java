package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cornerturn.storage.FaultyStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileCacheTest {
  private static ObjectStore store(AtomicInteger opened) throws IOException {
    ObjectStore store = new MemoryStore();
    for (int i = 0; i < 10; i++) {
      byte[] bytes = new byte[100];
      bytes[0] = (byte) i;
      store.put("f" + i, bytes);
    }
    return FaultyStore.around(
        store,
        (method, key, done) -> {
          if (!done && method.equals("open")) {
            opened.incrementAndGet();
          }
        });
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void keepsWhatFitsAndForgetsTheOldest(@TempDir Path folder) throws IOException {
    AtomicInteger opened = new AtomicInteger();
    ObjectStore store = store(opened);
    try (DataFileCache cache = new DataFileCache(folder, 400)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 4; i++) {
          try (DataFileCache.Held held = cache.hold(store, "f" + i, 100)) {
            assertThat(Files.readAllBytes(held.path())).hasSize(100).startsWith((byte) i);
          }
        }
      }
      assertThat(opened.get()).isEqualTo(4);
      try (DataFileCache.Held held = cache.hold(store, "f0", 100)) {
        for (int i = 4; i < 10; i++) {
          cache.hold(store, "f" + i, 100).close();
          assertThat(files(folder)).isLessThanOrEqualTo(4);
        }
        assertThat(held.path()).as("what is held stays").exists();
      }
      assertThat(cache.takes(101)).isFalse();
    }
    assertThat(files(folder)).isZero();
  }

  @Test
  void oneFetchServesAllThatWait(@TempDir Path folder) throws Exception {
    AtomicInteger opened = new AtomicInteger();
    ObjectStore store = store(opened);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (DataFileCache cache = new DataFileCache(folder, 4000)) {
      List<Callable<Integer>> work =
          IntStream.range(0, 16)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        try (DataFileCache.Held held = cache.hold(store, "f3", 100)) {
                          return Files.readAllBytes(held.path()).length;
                        }
                      })
              .toList();
      for (Future<Integer> f : pool.invokeAll(work)) {
        assertThat(f.get()).isEqualTo(100);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(opened.get()).isOne();
  }

  @Test
  void aBrokenFetchLeavesNothing(@TempDir Path folder) throws IOException {
    ObjectStore store = store(new AtomicInteger());
    try (DataFileCache cache = new DataFileCache(folder, 400)) {
      assertThatThrownBy(() -> cache.hold(store, "none", 100)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> cache.hold(store, "f1", 101))
          .as("shorter than the log says")
          .isInstanceOf(IOException.class);
      assertThat(files(folder)).isZero();
      cache.hold(store, "f1", 100).close();
      assertThat(files(folder)).isOne();
    }
  }

  @Test
  void tablesElsewhereAreReadThroughCopies(@TempDir Path folder) throws IOException {
    TableDefinition definition = TableDefinition.named("t", "t").count("n", null, "n");
    ObjectStore store = new MemoryStore();
    new DeltaTable(store, definition).append(List.<Object[]>of(new Object[] {5L}), "t", 0);
    AtomicInteger opened = new AtomicInteger();
    ObjectStore counted =
        FaultyStore.around(
            store,
            (method, key, done) -> {
              if (!done && method.equals("open") && !key.startsWith("_delta_log")) {
                opened.incrementAndGet();
              }
            });
    try (DataFileCache cache = new DataFileCache(folder, 1 << 20)) {
      TableReader reader = new TableReader(counted, TableCache.none(), Optional.of(cache));
      RowQuery all = new RowQuery(List.of("n"), List.of(), Optional.empty(), Optional.empty());
      for (int i = 0; i < 3; i++) {
        assertThat(all.page(reader.latest().orElseThrow(), 10, () -> {}).rows())
            .containsExactly(new Object[] {5L});
      }
      assertThat(opened.get()).isOne();
    }
  }
}
