package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cornerturn.storage.FaultyStore;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableTest {
  private static final TableDefinition PIECE =
      TableDefinition.named("piece", "a piece").text("key", "its key").count("size", "B", "length");
  private static final TableDefinition DEFINITION =
      TableDefinition.named("things", "things to test with")
          .text("name", "a name")
          .count("number", null, "a number")
          .real("share", "1", "a fraction")
          .moment("at", "a moment")
          .texts("tags", "words")
          .rows("pieces", PIECE, "its pieces");

  private static Object[] row(String name, long number) {
    return new Object[] {
      name,
      number,
      number / 4.0,
      1_700_000_000_123_456L,
      List.of("a", name),
      List.of(new Object[] {"k", 3L}, new Object[] {null, number})
    };
  }

  private static List<Object[]> rows(Object[]... rows) {
    return Arrays.asList(rows);
  }

  private static List<Long> numbers(DeltaTable table) throws IOException {
    List<Long> found = new ArrayList<>();
    table.read(List.of("number"), v -> found.add((Long) v[0]));
    found.sort(null);
    return found;
  }

  @Test
  void givesBackWhatWasAppended() throws IOException {
    DeltaTable table = new DeltaTable(new MemoryStore(), DEFINITION);
    assertThat(table.exists()).isFalse();
    assertThat(table.version()).isEqualTo(-1);
    assertThat(numbers(table)).isEmpty();
    table.append(
        rows(row("x", 1), row("y", 2), new Object[] {null, null, null, null, null, null}), "t", 0);
    List<Object[]> rows = new ArrayList<>();
    table.read(DEFINITION.schema().fieldNames(), rows::add);
    assertThat(Arrays.deepToString(plain(rows.get(1))))
        .isEqualTo(Arrays.deepToString(plain(row("y", 2))));
    assertThat(rows.get(2)).containsOnlyNulls();
    List<Object[]> two = new ArrayList<>();
    table.read(List.of("share", "name"), two::add);
    assertThat(two.get(0)).containsExactly(0.25, "x");
  }

  private static Object[] plain(Object[] row) {
    return Arrays.stream(row)
        .map(v -> v instanceof List<?> l ? plain(l.toArray()) : v)
        .map(v -> v instanceof Object[] o ? plain(o) : v)
        .toArray();
  }

  @Test
  void appendsTheSameTransactionOnce() throws IOException {
    ObjectStore store = new MemoryStore();
    DeltaTable table = new DeltaTable(store, DEFINITION);
    table.append(rows(row("x", 1)), "driver", 5);
    table.append(rows(row("x", 1)), "driver", 5);
    new DeltaTable(store, DEFINITION).append(rows(row("x", 1)), "driver", 5);
    table.append(rows(row("x", 2)), "driver", 6);
    table.append(rows(row("x", 3)), "other", 5);
    assertThat(numbers(table)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void staysQuickToReadAfterManyCommits(@TempDir Path folder) throws IOException {
    LocalStore store = new LocalStore(folder.resolve("a table with 100% odd name"));
    DeltaTable table = new DeltaTable(store, DEFINITION);
    for (long i = 0; i < 45; i++) {
      table.append(rows(row("x", i)), "driver", i);
    }
    List<Long> all = LongStream.range(0, 45).boxed().toList();
    assertThat(store.list("_delta_log/").stream().filter(s -> s.key().contains("checkpoint.parq")))
        .isNotEmpty();
    assertThat(table.dataFiles()).isEqualTo(45);
    table.compact();
    assertThat(table.dataFiles()).isEqualTo(1);
    assertThat(numbers(table)).isEqualTo(all);
    assertThat(numbers(new DeltaTable(store, DEFINITION))).isEqualTo(all);
    new DeltaTable(store, DEFINITION).append(rows(row("x", 45)), "driver", 45);
    new DeltaTable(store, DEFINITION).append(rows(row("x", 45)), "driver", 45);
    assertThat(numbers(table)).hasSize(46);
  }

  @Test
  void rowsAreInTheTableWhateverBecomesOfACheckpoint() throws IOException {
    ObjectStore full =
        FaultyStore.around(
            new MemoryStore(),
            (method, key, done) -> {
              if (key.contains("checkpoint") && method.matches("put.*|create")) {
                throw new IOException("No space left on device");
              }
            });
    DeltaTable table = new DeltaTable(full, DEFINITION);
    for (long i = 0; i < 25; i++) {
      table.append(rows(row("x", i)), "driver", i);
    }
    assertThat(full.list("_delta_log/")).noneMatch(s -> s.key().contains("checkpoint"));
    assertThat(numbers(table)).hasSize(25);
  }

  @Test
  void concurrentWritersAllSucceed(@TempDir Path folder) throws Exception {
    int writers = 4;
    int appends = 6;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> work =
          IntStream.range(0, writers)
              .<Callable<Void>>mapToObj(
                  w ->
                      () -> {
                        DeltaTable t = new DeltaTable(new LocalStore(folder), DEFINITION);
                        for (int i = 0; i < appends; i++) {
                          t.append(rows(row("w" + w, w * 100L + i)), "w" + w, i);
                        }
                        return null;
                      })
              .toList();
      for (Future<Void> f : pool.invokeAll(work)) {
        f.get();
      }
    } finally {
      pool.shutdownNow();
    }
    DeltaTable table = new DeltaTable(new LocalStore(folder), DEFINITION);
    assertThat(numbers(table)).hasSize(writers * appends).doesNotHaveDuplicates();
    // One version for the creation, one for each append: none was overwritten.
    assertThat(table.version()).isEqualTo(writers * appends);
  }
}
