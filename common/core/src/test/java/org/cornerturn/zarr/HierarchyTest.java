package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HierarchyTest {

  private static ArrayMetadata array(ZarrFormat format) {
    return ArrayMetadata.builder(format, Shape.of(4), Primitive.INT32)
        .attributes(Json.object().put("unit", "V"))
        .build();
  }

  private static ZarrHierarchy hierarchy(ZarrFormat format) {
    return new ZarrHierarchy(format)
        .array("a/b/x", array(format))
        .group("a/b", Json.object().put("name", "b"))
        .array("top", array(format))
        .group("", Json.object().put("root", true))
        .group("empty", Json.object());
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void anythingOpensWithTwoRequests(ZarrFormat format) throws Exception {
    CountingStore store = new CountingStore();
    hierarchy(format).publish(store, "some/store.zarr");
    store.accesses.clear();
    ZarrGroup root = ZarrGroup.open(store, "some/store.zarr");
    assertThat(root.isConsolidated()).isTrue();
    assertThat(root.format()).isEqualTo(format);
    assertThat(root.attributes().get("root").booleanValue()).isTrue();
    assertThat(root.groupNames()).containsExactly("a", "empty");
    assertThat(root.arrayNames()).containsExactly("top");
    assertThat(root.arrayPaths()).containsExactly("a/b/x", "top");
    assertThat(root.groupPaths()).containsExactly("a", "a/b", "empty");
    ZarrGroup b = root.group("a").group("b");
    assertThat(b.path()).isEqualTo("some/store.zarr/a/b");
    assertThat(b.attributes().get("name").textValue()).isEqualTo("b");
    assertThat(b.arrayNames()).containsExactly("x");
    assertThat(b.groupNames()).isEmpty();
    assertThat(b.array("x").metadata()).isEqualTo(array(format));
    assertThat(root.array("a/b/x").metadata()).isEqualTo(array(format));
    assertThat(store.accesses).hasSizeLessThanOrEqualTo(2);
    assertThatThrownBy(() -> root.array("nothing"))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("some/store.zarr/nothing");
    assertThatThrownBy(() -> root.group("top")).isInstanceOf(ZarrException.class);
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void withoutConsolidatedMetadataChildrenAreListed(ZarrFormat format) throws Exception {
    MemoryStore store = new MemoryStore();
    hierarchy(format).publish(store, "s");
    if (format == ZarrFormat.V2) {
      store.delete("s/.zmetadata");
    } else {
      var root = Json.parse("x", store.get("s/zarr.json"));
      root.remove("consolidated_metadata");
      store.put("s/zarr.json", Json.bytes(root));
    }
    ZarrGroup root = ZarrGroup.open(store, "s");
    assertThat(root.isConsolidated()).isFalse();
    assertThat(root.groupNames()).containsExactly("a", "empty");
    assertThat(root.arrayPaths()).containsExactly("a/b/x", "top");
    assertThat(root.group("a").group("b").array("x").metadata()).isEqualTo(array(format));
    assertThat(root.group("a/b").attributes().get("name").textValue()).isEqualTo("b");
  }

  /** A reader that looks after each single write sees no store until the last. */
  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void nothingShowsBeforeTheLastObjects(ZarrFormat format) throws Exception {
    MemoryStore store = new MemoryStore();
    List<String> visible = new ArrayList<>();
    var objects = hierarchy(format).objects();
    int n = 0;
    for (var o : objects.entrySet()) {
      store.put(o.getKey(), o.getValue());
      n++;
      try {
        ZarrGroup.open(store, "");
        visible.add(o.getKey());
        assertThat(ZarrGroup.open(store, "").arrayPaths()).hasSize(2);
      } catch (ZarrException e) {
        assertThat(visible).as("seen, then gone").isEmpty();
      }
    }
    assertThat(n).isEqualTo(objects.size());
    // v2's root has three objects: the consolidated metadata make it whole at once.
    assertThat(visible)
        .isEqualTo(
            format == ZarrFormat.V3
                ? List.of("zarr.json")
                : List.of(".zmetadata", ".zattrs", ".zgroup"));
    ZarrHierarchy.unpublish(store, "");
    assertThatThrownBy(() -> ZarrGroup.open(store, "")).isInstanceOf(ZarrException.class);
    assertThatThrownBy(() -> ZarrArray.open(store, "")).isInstanceOf(ZarrException.class);
    assertThat(ZarrArray.open(store, "top").metadata()).isEqualTo(array(format));
  }

  @ParameterizedTest
  @EnumSource(ZarrFormat.class)
  void bytesDontDependOnTheOrderOfCalls(ZarrFormat format) {
    ZarrHierarchy other =
        new ZarrHierarchy(format)
            .group("empty", Json.object())
            .array("top", array(format))
            .group("a/b", Json.object().put("name", "b"))
            .group("", Json.object().put("root", true))
            .array("a/b/x", array(format));
    var one = hierarchy(format).objects();
    var two = other.objects();
    assertThat(two.keySet()).containsExactlyElementsOf(one.keySet());
    one.forEach((key, bytes) -> assertThat(two.get(key)).as(key).isEqualTo(bytes));
  }

  @Test
  void aStoreMayBeOneArray() throws Exception {
    MemoryStore store = new MemoryStore();
    new ZarrHierarchy(ZarrFormat.V3).array("", array(ZarrFormat.V3)).publish(store, "x");
    assertThat(ZarrArray.open(store, "x").read(Box.all(Shape.of(4))).ints())
        .containsExactly(0, 0, 0, 0);
    assertThatThrownBy(() -> ZarrGroup.open(store, "x")).hasMessageContaining("no Zarr v3 group");
  }

  @Test
  void contradictionsAreRefused() {
    ZarrHierarchy h = hierarchy(ZarrFormat.V3);
    ArrayMetadata m = array(ZarrFormat.V3);
    assertThatThrownBy(() -> h.array("a", m)).hasMessageContaining("two nodes");
    assertThatThrownBy(() -> h.array("top", m)).hasMessageContaining("two nodes");
    assertThatThrownBy(() -> h.group("top", Json.object())).hasMessageContaining("top");
    assertThatThrownBy(() -> h.group("top/x", Json.object())).hasMessageContaining("can't hold");
    assertThatThrownBy(() -> h.array("y", array(ZarrFormat.V2))).hasMessageContaining("V2");
    for (String path : List.of("/a", "a/", "a//b", "..", "a/../b", "__x", "zarr.json", "a b")) {
      assertThatThrownBy(() -> h.group(path, Json.object()))
          .as(path)
          .hasMessageContaining("not an escaped path");
    }
  }

  @Test
  void consolidatedMetadataCantLeadOutOfTheStore() throws Exception {
    for (String bad : List.of("../x", "/etc", "a//b", "a/./b", "")) {
      MemoryStore store = new MemoryStore();
      var root = Json.object().put("zarr_format", 3).put("node_type", "group");
      root.putObject("consolidated_metadata").putObject("metadata").putObject(bad);
      store.put("zarr.json", Json.bytes(root));
      assertThatThrownBy(() -> ZarrGroup.open(store, ""))
          .isInstanceOf(ZarrException.class)
          .hasMessageContaining("impossible path");
    }
  }

  @Test
  void damagedMetadataAreNamed() throws Exception {
    MemoryStore store = new MemoryStore();
    store.put("g/zarr.json", "{oops".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ZarrGroup.open(store, "g"))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("memory:/g/zarr.json")
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> ZarrArray.open(store, "none"))
        .isInstanceOf(ZarrException.class)
        .hasMessageContaining("no Zarr array");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with space",
        "til~de",
        "~41",
        "per%cent",
        "ünï",
        "日本",
        ".",
        "..",
        "...",
        ".zarray",
        "__hidden",
        "_single",
        "zarr.json",
        "ZARR.JSON",
        "a/b",
        "tab\t",
        "new\nline",
        "😀",
        "-",
        "a.b"
      })
  void namesEscapeReversibly(String name) {
    String stored = NodeName.escape(name);
    assertThat(stored).matches("[A-Za-z0-9_.~-]+").doesNotStartWith("__");
    assertThat(stored.matches("\\.+")).isFalse();
    assertThat(NodeName.unescape(stored)).isEqualTo(name);
    assertThat(stored.equals(name)).isEqualTo(name.matches("(?!__|\\.|zarr|ZARR)[A-Za-z0-9_.-]+"));
  }

  @Test
  void pathsEscapePartByPart() {
    assertThat(NodeName.escapePath("/Header//my data/x/")).isEqualTo("Header/my~20data/x");
    assertThat(NodeName.escapePath("/")).isEmpty();
    assertThatThrownBy(() -> NodeName.escape("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nearChunksAreFetchedTogetherAndTheIndexOnce() throws Exception {
    CountingStore store = new CountingStore();
    ArrayMetadata m =
        ArrayMetadata.builder(ZarrFormat.V3, Shape.of(4000), Primitive.INT32)
            .chunk(100)
            .shard(4000)
            .build();
    int[] values = new int[4000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919;
    }
    Block whole = new Block(Primitive.INT32, m.shape(), Block.toBytes(values));
    RoundTripTest.write(store, "a", m, whole, EmptyChunks.OMIT);
    ZarrArray a = ZarrArray.open(store, "a");
    store.ranges.clear();
    ReadLimits adjacent = new ReadLimits(1 << 20, 0, 1 << 20);
    assertThat(a.read(Box.all(m.shape()), adjacent).ints()).isEqualTo(values);
    assertThat(store.ranges).as("index, all chunks").hasSize(2);
    store.ranges.clear();
    a.read(Box.of(new long[] {950}, new long[] {100}));
    assertThat(store.ranges).as("two chunks, index known").hasSize(1);
    store.ranges.clear();
    ReadLimits apart = new ReadLimits(1 << 20, 0, 1000);
    assertThat(a.read(Box.all(m.shape()), apart).ints()).isEqualTo(values);
    assertThat(store.ranges).as("merged ranges are bounded").hasSizeGreaterThan(5);
    for (String r : store.ranges) {
      assertThat(Integer.parseInt(r.substring(r.indexOf('+') + 1))).isLessThanOrEqualTo(1000);
    }
    store.ranges.clear();
    assertThat(ZarrArray.open(store, "a").read(Box.all(m.shape())).ints()).isEqualTo(values);
    assertThat(store.ranges).as("metadata, small shard").hasSize(2);
  }
}
