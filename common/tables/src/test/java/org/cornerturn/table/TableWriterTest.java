package org.cornerturn.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;

class TableWriterTest {
  private static final TableDefinition DEFINITION =
      TableDefinition.named("objects", "things to find")
          .text("file", "the key")
          .count("number", null, "a number")
          .counts("shape", null, "numbers")
          .textsByName("attributes", "texts by name");

  private static Object[] row(String file, long number) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < number % 4; i++) {
      attributes.put("name" + i, i == 1 ? null : "\"value " + number + "\"");
    }
    return new Object[] {
      file, number, number % 5 == 0 ? null : List.of(number, 7L), number == 11 ? null : attributes
    };
  }

  /** Rows as strings, by file. */
  private static Map<String, List<String>> content(DeltaTable table) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    table.read(
        DEFINITION.schema().fieldNames(),
        v -> rows.computeIfAbsent((String) v[0], k -> new ArrayList<>()).add(Arrays.toString(v)));
    rows.values().forEach(l -> l.sort(null));
    return rows;
  }

  private static List<DataFile> write(ObjectStore store, long mostWeight, List<Object[]> rows)
      throws IOException {
    TableWriter writer = new TableWriter(store, DEFINITION, mostWeight);
    for (Object[] r : rows) {
      writer.add(r, 100);
    }
    return writer.finish();
  }

  @Test
  void replacesByKeyInOneCommitAndOnce() throws IOException {
    ObjectStore store = new MemoryStore();
    DeltaTable table = new DeltaTable(store, DEFINITION);
    List<Object[]> first = new ArrayList<>();
    IntStream.range(0, 30).forEach(i -> first.add(row("f" + i % 10, i)));
    List<DataFile> files = write(store, 1000, first);
    assertThat(files).hasSize(3);
    assertThat(table.exists()).as("nothing is there before the commit").isFalse();
    table.replace("file", Set.of(), files, "index", 1);
    assertThat(content(table)).hasSize(10);
    assertThat(content(table).get("f1"))
        .containsExactlyElementsOf(
            IntStream.of(1, 11, 21).mapToObj(i -> Arrays.toString(row("f1", i))).sorted().toList());

    long before = table.version();
    List<Object[]> second = List.of(row("f3", 100), row("new", 101));
    Set<String> gone = new HashSet<>(Set.of("f3", "f7", "never there"));
    List<DataFile> replacement = write(store, 1000, second);
    table.replace("file", gone, replacement, "index", 2);
    assertThat(table.version()).isEqualTo(before + 1);
    table.replace("file", gone, replacement, "index", 2);
    assertThat(table.version()).isEqualTo(before + 1);
    Map<String, List<String>> now = content(new DeltaTable(store, DEFINITION));
    assertThat(now.keySet())
        .containsExactlyInAnyOrder("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f8", "f9", "new");
    assertThat(now.get("f3")).containsExactly(Arrays.toString(row("f3", 100)));
    assertThat(now.get("f4")).hasSize(3);

    table.replace("file", Set.copyOf(now.keySet()), List.of(), "index", 3);
    assertThat(content(table)).isEmpty();
    assertThat(table.dataFiles()).isZero();
  }

  @Test
  void listsMayBeArraysOfNumbers() throws IOException {
    TableDefinition definition =
        TableDefinition.named("gains", "numbers in lists")
            .text("antenna", "the key")
            .reals("amplitude", null, "one for each frequency")
            .counts("flag", null, "one for each frequency");
    ObjectStore store = new MemoryStore();
    TableWriter writer = new TableWriter(store, definition, 1 << 20);
    writer.add(
        new Object[] {"a", new double[] {1.5, Double.NaN, -2}, new long[] {0, 1, 1L << 40}}, 1);
    writer.add(new Object[] {"b", new double[0], new long[0]}, 1);
    writer.add(new Object[] {"c", List.of(3.0), null}, 1);
    DeltaTable table = new DeltaTable(store, definition);
    table.replace("antenna", Set.of(), writer.finish(), "t", 1);
    List<List<Object>> rows = new ArrayList<>();
    table.read(definition.schema().fieldNames(), v -> rows.add(Arrays.asList(v)));
    assertThat(rows)
        .containsExactly(
            List.of("a", List.of(1.5, Double.NaN, -2.0), List.of(0L, 1L, 1L << 40)),
            List.of("b", List.of(), List.of()),
            Arrays.asList("c", List.of(3.0), null));
  }

  @Test
  void aFileWithoutTheKeyIsLeftAsItIs() throws IOException {
    ObjectStore store = new MemoryStore();
    DeltaTable table = new DeltaTable(store, DEFINITION);
    table.replace("file", Set.of(), write(store, 1 << 20, List.<Object[]>of(row("a", 1))), "t", 1);
    table.replace("file", Set.of(), write(store, 1 << 20, List.<Object[]>of(row("b", 2))), "t", 2);
    int objects = store.list("").stream().filter(s -> s.key().endsWith(".parquet")).toList().size();
    table.replace("file", Set.of("b"), List.of(), "t", 3);
    assertThat(table.dataFiles()).isEqualTo(1);
    assertThat(store.list("").stream().filter(s -> s.key().endsWith(".parquet"))).hasSize(objects);
    assertThat(content(table)).containsOnlyKeys("a");
  }
}
