package org.cornerturn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises. */
class StoresTest {
  enum Kind {
    MEMORY,
    LOCAL,
    HADOOP;

    ObjectStore store(Path folder) throws IOException {
      return switch (this) {
        case MEMORY -> new MemoryStore();
        case LOCAL -> Stores.open(folder.toString(), Map.of());
        case HADOOP -> new HadoopStore(folder.toUri().toString(), Map.of());
      };
    }
  }

  @TempDir private Path folder;

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsPromises(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder.resolve("a store"));
    assertThat(store.list("")).isEmpty();
    assertThat(store.hasObjectsBeside("state")).isFalse();
    assertThat(store.status("a/x")).isEmpty();
    assertThatThrownBy(() -> store.get("a/x")).isInstanceOf(NoSuchFileException.class);
    store.put("a/x", utf8("one"));
    store.put("a/x", utf8("-two-"), 1, 3);
    assertThat(store.get("a/x")).isEqualTo(utf8("two"));
    assertThat(store.putIfAbsent("a/x", utf8("three"))).isFalse();
    assertThat(store.putIfAbsent("state/y", utf8("four"))).isTrue();
    assertThat(store.putIfAbsent("state/y", utf8("five"))).isFalse();
    assertThat(store.list("").stream().map(ObjectStatus::key)).containsExactly("a/x", "state/y");
    assertThat(store.list("state/").get(0).size()).isEqualTo(4);
    assertThat(store.hasObjectsBeside("state")).isTrue();
    String version = store.status("state/y").orElseThrow().version();
    assertThat(store.putIfMatch("state/y", utf8("longer"), version)).isTrue();
    assertThat(store.putIfMatch("state/y", utf8("lost"), version)).isFalse();
    assertThat(store.putIfMatch("none", utf8("lost"), version)).isFalse();
    // Below an object, as below a folder, there may be nothing.
    assertThat(store.status("state/y/z")).isEmpty();
    assertThatThrownBy(() -> store.get("state/y/z")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.open("state/y/z")).isInstanceOf(NoSuchFileException.class);
    assertThat(store.list("state/y/")).isEmpty();
    assertThat(store.get("state/y")).isEqualTo(utf8("longer"));
    store.deleteFolder("a");
    store.deleteFolder("absent");
    store.delete("absent");
    assertThat(store.hasObjectsBeside("state")).isFalse();
    store.delete("state/y");
    assertThat(store.list("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void objectsAppearWhenTheyArePublished(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder.resolve("a store"));
    try (PendingObject out = store.create("a/new")) {
      out.write(utf8("-on"), 1, 2);
      out.write('e');
      assertThat(store.status("a/new")).isEmpty();
      out.publish();
      assertThatThrownBy(() -> out.write(1)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(store.get("a/new")).isEqualTo(utf8("one"));
    try (PendingObject out = store.create("a/new")) {
      out.write(utf8("two"));
      assertThat(store.get("a/new")).isEqualTo(utf8("one"));
      out.publish();
    }
    assertThat(store.get("a/new")).isEqualTo(utf8("two"));
    try (PendingObject out = store.create("a/new")) {
      out.write(utf8("given up"));
    }
    assertThat(store.get("a/new")).isEqualTo(utf8("two"));
    assertThat(store.list("").stream().map(ObjectStatus::key)).containsExactly("a/new");
    assertThatThrownBy(() -> store.create("../x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "HADOOP"})
  void removesWhatDeadWritersOfOneObjectLeft(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder);
    store.removeUnfinished("none/x");
    PendingObject dead = store.create("a/x");
    dead.write(1);
    PendingObject alive = store.create("a/xy");
    alive.write(2);
    store.removeUnfinished("a/x");
    try (Stream<Path> left = Files.list(folder.resolve("a"))) {
      assertThat(left.map(f -> f.getFileName().toString()).filter(f -> !f.endsWith(".crc")))
          .singleElement()
          .asString()
          .contains("xy");
    }
    alive.publish();
    assertThat(store.get("a/xy")).containsExactly(2);
    assertThatThrownBy(dead::publish).isInstanceOf(IOException.class);
    dead.close();
  }

  @ParameterizedTest
  @EnumSource
  void keysStayInside(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder);
    for (String key : new String[] {"", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "."}) {
      assertThatThrownBy(() -> store.get(key)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.put(key, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void unfinishedFilesAreHiddenAndRemovable() throws IOException {
    LocalStore store = new LocalStore(folder);
    store.put("c/0", new byte[3]);
    Path remains = folder.resolve("c/" + LocalStore.PENDING + "1");
    Files.write(remains, new byte[9]);
    assertThat(store.list("")).hasSize(1);
    store.removeUnfinished();
    assertThat(remains).doesNotExist();
    try (Stream<Path> left = Files.list(folder.resolve("c"))) {
      assertThat(left).hasSize(1);
    }
  }
}
