package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cornerturn.storage.FaultyStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReaderTest {
  private static final TableDefinition DEFINITION =
      TableDefinition.named("things", "things to test with")
          .text("name", "a name")
          .count("number", "m", "a number")
          .real("share", "1", "a fraction")
          .moment("at", "a moment")
          .texts("tags", "words");

  /** Microseconds of 2026-01-01T00:00:00Z. */
  private static final long NEW_YEAR = 1_767_225_600_000_000L;

  private static Object[] row(long n) {
    return new Object[] {
      n % 7 == 0 ? null : "name " + n % 10,
      n,
      n % 11 == 0 ? Double.NaN : n / 4.0,
      NEW_YEAR + n * 1_000_001,
      List.of("all", n % 2 == 0 ? "even" : "odd")
    };
  }

  /** A table of four commits of 25 rows. */
  private static ObjectStore newTable() throws IOException {
    ObjectStore store = new MemoryStore();
    DeltaTable table = new DeltaTable(store, DEFINITION);
    for (int c = 0; c < 4; c++) {
      table.append(
          IntStream.range(25 * c, 25 * c + 25).mapToObj(TableReaderTest::row).toList(), "t", c);
    }
    return store;
  }

  private static ObjectStore shared;

  /** A table that nobody changes. */
  private static synchronized ObjectStore table() throws IOException {
    if (shared == null) {
      shared = newTable();
    }
    return shared;
  }

  private static TableReader reader(ObjectStore store) {
    return new TableReader(store, TableCache.none(), Optional.empty());
  }

  private static RowQuery query(String order, String... conditions) {
    return new RowQuery(
        List.of("number", "name"),
        List.of(conditions).stream().map(c -> Condition.parse(c, DEFINITION.schema())).toList(),
        Optional.ofNullable(order).map(o -> RowOrder.parse(o, DEFINITION.schema())),
        Optional.empty());
  }

  private static List<Long> numbers(List<Object[]> rows) {
    return rows.stream().map(r -> (Long) r[0]).toList();
  }

  private static List<Long> all(RowSource source, RowQuery query) throws IOException {
    List<Long> found = new ArrayList<>();
    try (RowCursor rows = query.open(source, () -> {})) {
      while (rows.advance()) {
        found.add((Long) rows.values()[0]);
      }
    }
    return found;
  }

  @Test
  void readsEachVersionAsItWas() throws IOException {
    ObjectStore store = newTable();
    TableReader reader = reader(store);
    TableSnapshot latest = reader.latest().orElseThrow();
    assertThat(latest.version()).isEqualTo(4);
    assertThat(latest.rows()).contains(100L);
    assertThat(latest.parts()).isEqualTo(4);
    assertThat(latest.schema().get("number").getMetadata().getString("unit")).isEqualTo("m");
    for (int v = 0; v <= 4; v++) {
      TableSnapshot then = reader.at(v).orElseThrow();
      assertThat(then.version()).isEqualTo(v);
      assertThat(all(then, query(null))).hasSize(25 * v);
    }
    assertThat(reader.at(5)).isEmpty();
    assertThat(reader.at(-1)).isEmpty();
    new DeltaTable(store, DEFINITION).append(List.<Object[]>of(row(100)), "t", 4);
    assertThat(reader.latest().orElseThrow().version()).isEqualTo(5);
    assertThat(all(latest, query(null))).as("a snapshot stays what it was").hasSize(100);
    assertThat(reader(new MemoryStore()).latest()).isEmpty();
    assertThat(reader(new MemoryStore()).at(0)).isEmpty();
  }

  @Test
  void seesATableThatIsMadeAnew() throws IOException {
    ObjectStore store = newTable();
    TableReader reader = reader(store);
    assertThat(reader.latest().orElseThrow().version()).isEqualTo(4);
    for (var s : store.list("")) {
      store.delete(s.key());
    }
    assertThat(reader.latest()).isEmpty();
    new DeltaTable(store, DEFINITION).append(List.<Object[]>of(row(1)), "t", 0);
    assertThat(reader.latest().orElseThrow().rows()).contains(1L);
  }

  @Test
  void givesBackEveryKindOfValue() throws IOException {
    TableSnapshot latest = reader(table()).latest().orElseThrow();
    RowQuery.Page page =
        new RowQuery(
                DEFINITION.schema().fieldNames(),
                List.of(),
                Optional.of(new RowOrder("number", false)),
                Optional.empty())
            .page(latest, 23, () -> {});
    assertThat(page.rows().get(22)).isEqualTo(row(22));
    assertThat(page.rows().get(1)).isEqualTo(row(1));
    assertThat(page.rows().get(0)[0]).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number:eq:7 | 1",
        "number:ne:7 | 99",
        "number != 7 | 99",
        "number >= 97 | 3",
        "name is null | 15",
        "name contains e 3 | 9",
        "number:lt:7 | 7",
        "number:le:7 | 8",
        "number:gt:97 | 2",
        "number:ge:97 | 3",
        "number:in:1,50,99,1000 | 3",
        "name:eq:name 3 | 9",
        "name:null | 15",
        "name:notnull | 85",
        "name:contains:e 3 | 9",
        "name:starts:name 3 | 9",
        "name:starts:ame | 0",
        "tags:has:odd | 50",
        "share:lt:1 | 3",
        "share:ne:1 | 99",
        "share:ge:24.75 | 0",
        "share:gt:24 | 2",
        "at:lt:2026-01-01T00:00:10Z | 10",
        "at:lt:2026-01-01T01:00:10+01:00 | 10",
        "at:ge:2026-01-01T00:01:35.000095 | 5",
        "at:gt:2026-01-01T00:01:35.000095 | 4",
        "at:lt:2026-01-01 | 0",
      })
  void keepsWhatMeetsACondition(String condition, int expected) throws IOException {
    TableSnapshot latest = reader(table()).latest().orElseThrow();
    assertThat(all(latest, query(null, condition))).hasSize(expected);
    assertThat(all(latest, query(null, condition, "number:ge:50", "number:lt:50"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "number | is no condition",
        "nothing:eq:1 | on one of the columns name, number",
        "number:eq:x | 'x' is no value",
        "number:like:1 | 'like' is no operator",
        "number:eq | lacks a value",
        "number ~ 4 | begins with no operator",
        "number:contains:1 | no column of texts",
        "number:has:1 | no column of lists",
        "tags:eq:a | no value of the column 'tags'",
        "at:eq:noon | 'noon' is no value",
        "share:eq: | is no value",
      })
  void saysWhatIsWrongWithACondition(String condition, String why) {
    assertThatThrownBy(() -> Condition.parse(condition, DEFINITION.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"number", "-number", "name", "-name", "share", "-share", "at", "-at"})
  void pagesInAnyOrderGiveEachRowOnce(String order) throws IOException {
    TableSnapshot latest = reader(table()).latest().orElseThrow();
    RowQuery query = query(order);
    List<Object[]> inOrder = query.page(latest, 1000, () -> {}).rows();
    assertThat(numbers(inOrder)).hasSize(100).doesNotHaveDuplicates();
    List<Object[]> paged = new ArrayList<>();
    Optional<RowPosition> after = Optional.empty();
    do {
      RowQuery.Page page =
          new RowQuery(query.columns(), query.conditions(), query.order(), after)
              .page(latest, 7, () -> {});
      paged.addAll(page.rows());
      after = page.next();
    } while (after.isPresent());
    assertThat(numbers(paged)).isEqualTo(numbers(inOrder));
    if (order.endsWith("number") || order.endsWith("at")) {
      List<Long> expected =
          new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> (long) i).toList());
      if (order.startsWith("-")) {
        java.util.Collections.reverse(expected);
      }
      assertThat(numbers(inOrder)).isEqualTo(expected);
    }
    if (order.endsWith("name")) {
      assertThat(inOrder.subList(85, 100)).allMatch(r -> r[1] == null);
    }
  }

  @Test
  void pagesFollowTheFilesWithoutAnOrder() throws IOException {
    TableSnapshot latest = reader(table()).latest().orElseThrow();
    RowQuery query = query(null, "tags:has:odd");
    List<Long> paged = new ArrayList<>();
    Optional<RowPosition> after = Optional.empty();
    do {
      RowQuery.Page page =
          new RowQuery(query.columns(), query.conditions(), Optional.empty(), after)
              .page(latest, 4, () -> {});
      paged.addAll(numbers(page.rows()));
      after = page.next();
    } while (after.isPresent());
    assertThat(paged).isEqualTo(all(latest, query)).hasSize(50);
  }

  /** Asks random questions and compares with the rows themselves. */
  @Test
  void agreesWithAPlainLoopWhateverIsAsked() throws IOException {
    TableSnapshot latest = reader(table()).latest().orElseThrow();
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      long from = random.nextInt(110);
      long to = from + random.nextInt(40);
      double share = random.nextInt(30);
      List<Long> expected =
          IntStream.range(0, 100)
              .mapToObj(n -> row(n))
              .filter(r -> (Long) r[1] >= from && (Long) r[1] < to && (Double) r[2] > share)
              .map(r -> (Long) r[1])
              .toList();
      assertThat(
              all(latest, query(null, "number:ge:" + from, "number:lt:" + to, "share:gt:" + share)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void passesOverFilesThatStatisticsRuleOut() throws IOException {
    Set<String> opened = new HashSet<>();
    ObjectStore counted =
        FaultyStore.around(
            table(),
            (method, key, done) -> {
              if (!done && method.equals("open") && !key.startsWith("_delta_log/")) {
                opened.add(key);
              }
            });
    TableSnapshot latest = reader(counted).latest().orElseThrow();
    assertThat(all(latest, query(null, "number:eq:30"))).containsExactly(30L);
    assertThat(opened).hasSize(1);
    assertThat(all(latest, query(null, "at:ge:2026-01-01T00:01:39.000099Z"))).containsExactly(99L);
    assertThat(opened).as("the first file and the last").hasSize(2);
    opened.clear();
    assertThat(all(latest, query(null, "number:gt:1000"))).isEmpty();
    assertThat(opened).isEmpty();
    assertThat(numbers(query("-number").page(latest, 3, () -> {}).rows()))
        .containsExactly(99L, 98L, 97L);
    assertThat(opened).as("only the file of the largest").hasSize(1);
  }

  @Test
  void decodesAColumnOnceWhereThereIsACache() throws IOException {
    Map<Object, TableCache.Sized> kept = new HashMap<>();
    TableCache cache =
        (key, loader) -> {
          TableCache.Sized value = kept.get(key);
          if (value == null) {
            value = loader.load();
            kept.put(key, value);
          }
          return value;
        };
    AtomicInteger reads = new AtomicInteger();
    ObjectStore counted =
        FaultyStore.around(
            table(),
            (method, key, done) -> {
              if (!done && (method.equals("open") || method.equals("get"))) {
                reads.incrementAndGet();
              }
            });
    TableReader reader = new TableReader(counted, cache, Optional.empty());
    List<Long> first = all(reader.latest().orElseThrow(), query(null));
    assertThat(reads.getAndSet(0)).isPositive();
    assertThat(all(reader.latest().orElseThrow(), query(null))).isEqualTo(first);
    assertThat(reads.get()).isZero();
    assertThat(kept.values()).allMatch(v -> v.bytes() > 0);
  }

  @Test
  void givesBackFewTextsAndMany() throws IOException {
    TableDefinition texts =
        TableDefinition.named("t", "t")
            .text("few", "few")
            .text("many", "many")
            .text("none", "none");
    ObjectStore store = new MemoryStore();
    List<Object[]> rows =
        IntStream.range(0, 6000)
            .mapToObj(
                i ->
                    new Object[] {
                      i % 5 == 0 ? null : "few \u00e9 " + i % 3,
                      i % 7 == 0 ? null : i % 11 == 0 ? "" : "text \ud83d\ude00 " + i,
                      null
                    })
            .toList();
    new DeltaTable(store, texts).append(rows, "t", 0);
    List<Object[]> read =
        new RowQuery(texts.schema().fieldNames(), List.of(), Optional.empty(), Optional.empty())
            .page(reader(store).latest().orElseThrow(), 6000, () -> {})
            .rows();
    assertThat(read).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(read.get(i)).isEqualTo(rows.get(i));
    }
  }
}
