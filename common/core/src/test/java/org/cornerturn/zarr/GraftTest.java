package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraftTest {
  /**
   * As other programs write it: numbers of any form, unknown members, a block in an inner group.
   */
  private static final String OTHERS =
      """
      {"zarr_format": 3, "node_type": "group", "unknown": {"must_understand": false},
       "attributes": {"tiny": 1.00e-9, "long": 0.1234567890123456789012345, "none": NaN,
         "big": 123456789012345678901234567890, "name": "\\u00e9toile"},
       "consolidated_metadata": {"kind": "inline", "must_understand": false, "extra": [1.50],
         "metadata": {
           "b": {"zarr_format": 3, "node_type": "group", "attributes": {"v": 2.50}},
           "z": {"zarr_format": 3, "node_type": "group", "attributes": {}}}}}
      """;

  private static final String INNER =
      """
      {"zarr_format": 3, "node_type": "group", "attributes": {"v": 2.50}}
      """;

  @TempDir Path folder;

  private static ZarrHierarchy branch(ZarrFormat format, int levels) {
    ZarrHierarchy branch = new ZarrHierarchy(format).group("", Json.object().put("is", "branch"));
    for (int i = 1; i <= levels; i++) {
      branch.array("m/" + i, ArrayMetadata.builder(format, Shape.of(10), Primitive.INT16).build());
    }
    return branch;
  }

  private static UnaryOperator<ObjectNode> put(String name) {
    return attributes -> attributes.put(name, 1);
  }

  private static UnaryOperator<ObjectNode> remove(String name) {
    return attributes -> attributes.without(name);
  }

  @Test
  void nothingElseOfTheStoreChanges() throws IOException {
    ObjectStore store = new MemoryStore();
    store.put("zarr.json", OTHERS.getBytes(StandardCharsets.UTF_8));
    store.put("b/zarr.json", INNER.getBytes(StandardCharsets.UTF_8));
    Graft graft = new Graft(store, "b/x_pyramid", ZarrFormat.V3);
    ObjectNode before = Json.parseExactly("zarr.json", store.get("zarr.json"));
    graft.attach(branch(ZarrFormat.V3, 2), put("new"));
    String text = new String(store.get("zarr.json"), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("0.1234567890123456789012345", "123456789012345678901234567890", ": NaN", "1.50");
    ObjectNode after = Json.parseExactly("zarr.json", store.get("zarr.json"));
    assertThat(names((ObjectNode) after.at("/consolidated_metadata/metadata")))
        .containsExactly(
            "b", "b/x_pyramid", "b/x_pyramid/m", "b/x_pyramid/m/1", "b/x_pyramid/m/2", "z");
    assertThat(after.at("/consolidated_metadata/metadata/b/attributes").toString())
        .isEqualTo("{\"v\":2.50,\"new\":1}");
    assertThat(after.get("attributes")).isEqualTo(before.get("attributes"));
    assertThat(Json.parse("b", store.get("b/zarr.json")).get("attributes").toString())
        .isEqualTo("{\"v\":2.5,\"new\":1}");
    // Again with fewer levels: what is gone goes here, too.
    graft.attach(branch(ZarrFormat.V3, 1), put("new"));
    assertThat(ZarrGroup.open(store, "").arrayPaths()).containsExactly("b/x_pyramid/m/1");
    graft.detach(remove("new"));
    assertThat(Json.parseExactly("zarr.json", store.get("zarr.json")).toString())
        .isEqualTo(before.toString());
    assertThat(Json.parse("b", store.get("b/zarr.json")).get("attributes").toString())
        .isEqualTo("{\"v\":2.5}");
  }

  private static List<String> names(ObjectNode o) {
    List<String> names = new ArrayList<>();
    o.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void readersFindTheBranch(ZarrFormat format) throws IOException {
    ObjectStore store = new MemoryStore();
    new ZarrHierarchy(format)
        .group("", Json.object())
        .array("g/a", ArrayMetadata.builder(format, Shape.of(10), Primitive.INT16).build())
        .publish(store, "");
    ZarrHierarchy branch = branch(format, 1);
    branch.publish(store, "g/a_pyramid");
    Graft graft = new Graft(store, "g/a_pyramid", format);
    graft.attach(branch, put("scales"));
    ZarrGroup root = ZarrGroup.open(store, "");
    assertThat(root.isConsolidated()).isTrue();
    assertThat(root.arrayPaths()).containsExactly("g/a", "g/a_pyramid/m/1");
    assertThat(root.group("g/a_pyramid").attributes().get("is").asText()).isEqualTo("branch");
    assertThat(root.group("g").attributes().get("scales").asInt()).isEqualTo(1);
    assertThat(ZarrGroup.open(store, "g").attributes().get("scales").asInt()).isEqualTo(1);
    graft.detach(remove("scales"));
    assertThat(ZarrGroup.open(store, "").arrayPaths()).containsExactly("g/a");
    assertThat(ZarrGroup.open(store, "g").attributes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void severalArraysComeAndGoTogether(ZarrFormat format) throws IOException {
    ObjectStore store = new MemoryStore();
    ArrayMetadata array = ArrayMetadata.builder(format, Shape.of(10), Primitive.INT16).build();
    new ZarrHierarchy(format)
        .group("", Json.object())
        .array("g/a", array)
        .array("g/a_b/c", array)
        .publish(store, "");
    String before = new String(store.get(root(format)), StandardCharsets.UTF_8);
    ZarrHierarchy branch = new ZarrHierarchy(format).array("a_b_c", array).array("b", array);
    Graft graft = Graft.members(store, "g", List.of("a_b_c", "b"), format);
    graft.attach(branch, put("uses"));
    ZarrGroup all = ZarrGroup.open(store, "");
    assertThat(all.arrayPaths()).containsExactly("g/a", "g/a_b/c", "g/a_b_c", "g/b");
    assertThat(all.group("g").attributes().get("uses").asInt()).isEqualTo(1);
    graft.attach(new ZarrHierarchy(format).array("b", array), put("uses"));
    assertThat(ZarrGroup.open(store, "").arrayPaths()).containsExactly("g/a", "g/a_b/c", "g/b");
    graft.detach(remove("uses"));
    assertThat(ZarrGroup.open(store, "").arrayPaths()).containsExactly("g/a", "g/a_b/c");
    if (format == ZarrFormat.V3) {
      ObjectNode then = Json.parse("root", before.getBytes(StandardCharsets.UTF_8));
      assertThat(Json.parse("root", store.get(root(format)))).isEqualTo(then);
    }
  }

  private static String root(ZarrFormat format) {
    return format == ZarrFormat.V3 ? "zarr.json" : ".zmetadata";
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void storesWithoutConsolidatedMetadataStayWithout(ZarrFormat format) throws IOException {
    ObjectStore store = new MemoryStore();
    ZarrHierarchy root = new ZarrHierarchy(format).group("", Json.object());
    root.publish(store, "");
    store.delete(".zmetadata");
    if (format == ZarrFormat.V3) {
      ObjectNode bare = Json.parse("", store.get("zarr.json"));
      bare.remove("consolidated_metadata");
      store.put("zarr.json", Json.bytes(bare));
    }
    new Graft(store, "a_pyramid", format).attach(branch(format, 1), put("scales"));
    ZarrGroup group = ZarrGroup.open(store, "");
    assertThat(group.isConsolidated()).isFalse();
    assertThat(group.attributes().get("scales").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void writersAtTheSameTimeLoseNothing(ZarrFormat format) throws Exception {
    ObjectStore store = new LocalStore(folder);
    new ZarrHierarchy(format).group("", Json.object()).publish(store, "");
    int writers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        String name = "a" + i;
        work.add(
            () -> {
              new Graft(store, name + "_pyramid", format).attach(branch(format, 3), put(name));
              return null;
            });
      }
      for (Future<Void> f : threads.invokeAll(work)) {
        f.get();
      }
    } finally {
      threads.shutdownNow();
    }
    ZarrGroup root = ZarrGroup.open(store, "");
    assertThat(root.arrayPaths()).hasSize(3 * writers);
    assertThat(root.attributes()).hasSize(writers);
  }
}
