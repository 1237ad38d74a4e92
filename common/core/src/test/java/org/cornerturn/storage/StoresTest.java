package org.cornerturn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    return s.getBytes(UTF_8);
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
  void foldersTellTheirMembers(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder.resolve("a store"));
    assertThat(store.folder("").objects()).isEmpty();
    for (String key : List.of("b/z/1", "b/z/2", "b/y", "b/a b", "top", "bb/x")) {
      store.put(key, utf8(key));
    }
    ObjectStore.Folder top = store.folder("");
    assertThat(top.objects().stream().map(ObjectStatus::key)).containsExactly("top");
    assertThat(top.folders()).containsExactly("b", "bb");
    ObjectStore.Folder b = store.folder("b");
    assertThat(b.objects().stream().map(ObjectStatus::key)).containsExactly("b/a b", "b/y");
    assertThat(b.folders()).containsExactly("b/z");
    assertThat(b.objects().get(1)).isEqualTo(store.status("b/y").orElseThrow());
    assertThat(store.folder("absent")).isEqualTo(new ObjectStore.Folder(List.of(), List.of()));
    assertThat(store.folder("top").folders()).isEmpty();
    assertThat(store.folder("top").objects()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsKnownIsOpenedUnseen(Kind kind) throws IOException {
    ObjectStore store = kind.store(folder.resolve("a store"));
    store.put("a/x", utf8("known"));
    ObjectStatus known = store.folder("a").objects().get(0);
    byte[] read = new byte[3];
    try (ObjectChannel c = store.open(known)) {
      assertThat(c.size()).isEqualTo(5);
      c.readFully(2, read, 0, 3);
    }
    assertThat(read).isEqualTo(utf8("own"));
    store.delete("a/x");
    assertThatThrownBy(
            () -> {
              try (ObjectChannel c = store.open(known)) {
                c.readFully(0, read, 0, 3);
              }
            })
        .isInstanceOf(NoSuchFileException.class);
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

  private static List<String> keys(ObjectStore store, String prefix) throws IOException {
    return store.list(prefix).stream().map(ObjectStatus::key).toList();
  }

  @Test
  void aLinkToAnEmptyFolderIsAnEmptyStore() throws IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("out"), Files.createDirectory(folder.resolve("disk")));
    LocalStore store = new LocalStore(link);
    assertThat(store.hasObjectsBeside("state")).isFalse();
    assertThat(store.list("")).isEmpty();
    store.put("state/x", new byte[1]);
    assertThat(store.hasObjectsBeside("state")).isFalse();
    store.put("c/0", new byte[2]);
    assertThat(store.hasObjectsBeside("state")).isTrue();
    assertThat(keys(store, "")).containsExactly("c/0", "state/x");
    assertThat(folder.resolve("disk/c/0")).hasSize(2);
  }

  @Test
  void aStoreThatBecameALinkIsClearedAsBefore() throws IOException {
    Path link = folder.resolve("out");
    LocalStore store = new LocalStore(link);
    store.put("zarr.json", new byte[1]);
    store.put("c/0/0", new byte[1]);
    store.put("c/1", new byte[1]);
    Path remains = Files.write(link.resolve("c/" + LocalStore.PENDING + "1"), new byte[9]);
    Path moved = Files.move(link, folder.resolve("moved"));
    Files.createSymbolicLink(link, moved);
    assertThat(keys(store, "c/")).containsExactly("c/0/0", "c/1");
    store.removeUnfinished();
    assertThat(remains).doesNotExist();
    store.deleteFolder("c");
    store.delete("zarr.json");
    assertThat(store.list("")).isEmpty();
    assertThat(moved).isEmptyDirectory();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void deletingInAStoreNeverReachesThroughALink() throws IOException {
    LocalStore store = new LocalStore(folder.resolve("out"));
    store.put("c/0", new byte[1]);
    LocalStore other = new LocalStore(folder.resolve("other"));
    other.put("kept", new byte[3]);
    other.put("deep/kept", new byte[3]);
    Path inside = Files.createSymbolicLink(folder.resolve("out/c/inside"), path(other));
    Path top = Files.createSymbolicLink(folder.resolve("out/top"), path(other));
    Path file = Files.createSymbolicLink(folder.resolve("out/file"), path(other).resolve("kept"));
    assertThat(keys(store, ""))
        .containsExactly(
            "c/0", "c/inside/deep/kept", "c/inside/kept", "file", "top/deep/kept", "top/kept");
    store.put("file", new byte[7]); // Replaces the link, as it would a file.
    assertThat(file).isRegularFile().hasSize(7);
    store.deleteFolder("c");
    store.deleteFolder("top");
    store.delete("file");
    assertThat(inside).doesNotExist();
    assertThat(top).doesNotExist();
    assertThat(store.list("")).isEmpty();
    assertThat(keys(other, "")).containsExactly("deep/kept", "kept");
    assertThat(other.get("kept")).hasSize(3);
  }

  private static Path path(LocalStore store) {
    return Path.of(store.uri());
  }

  @Test
  void listingsFollowLinksAndSurviveLoopsAndDeadEnds() throws IOException {
    LocalStore store = new LocalStore(folder.resolve("in"));
    store.put("a/x", new byte[1]);
    Files.createSymbolicLink(folder.resolve("in/a/up"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/gone"), folder.resolve("nowhere"));
    Files.write(folder.resolve("elsewhere"), new byte[5]);
    Files.createSymbolicLink(folder.resolve("in/b"), folder.resolve("elsewhere"));
    assertThat(keys(store, "")).containsExactly("a/x", "b");
    assertThat(store.list("").get(1)).isEqualTo(store.status("b").orElseThrow());
    assertThat(store.list("").get(1).size()).isEqualTo(5);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void replacingLeavesNoLockAndNoVersionComesBack() throws IOException {
    LocalStore store = new LocalStore(folder);
    store.put("lease", new byte[8]);
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String version = store.status("lease").orElseThrow().version();
      assertThat(versions.add(version)).isTrue();
      assertThat(store.putIfMatch("lease", new byte[8], version)).isTrue();
      assertThat(store.putIfMatch("lease", new byte[8], version)).isFalse();
    }
    assertThat(store.putIfMatch("absent", new byte[8], "8-1")).isFalse();
    assertThat(store.putIfMatch("no/folder", new byte[8], "8-1")).isFalse();
    assertThat(files(folder)).containsExactly("lease");
  }

  @Test
  void oneOfManyReplacesAVersion() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      LocalStore store = new LocalStore(folder);
      store.put("count", utf8("0"));
      List<Future<Integer>> all = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        all.add(
            writers.submit(
                () -> {
                  int replaced = 0;
                  for (int i = 0; i < 100; i++) {
                    String version = store.status("count").orElseThrow().version();
                    int n = Integer.parseInt(new String(store.get("count"), UTF_8));
                    if (store.putIfMatch("count", utf8("" + (n + 1)), version)) {
                      replaced++;
                    }
                  }
                  return replaced;
                }));
      }
      int sum = 0;
      for (Future<Integer> f : all) {
        sum += f.get();
      }
      assertThat(store.get("count")).isEqualTo(utf8("" + sum));
      assertThat(files(folder)).containsExactly("count");
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void createsOnceWhereThereAreNoHardLinks() throws IOException {
    LocalFile.HardLinks none =
        (link, existing) -> {
          throw new FileSystemException(link.toString(), null, "Operation not permitted");
        };
    LocalStore store = new LocalStore(folder, none);
    assertThat(store.putIfAbsent("a/x", utf8("one"))).isTrue();
    assertThat(store.putIfAbsent("a/x", utf8("two"))).isFalse();
    assertThat(store.get("a/x")).isEqualTo(utf8("one"));
    assertThat(keys(store, "")).containsExactly("a/x");
    store.removeUnfinished();
    assertThat(files(folder.resolve("a"))).containsExactly("x");
    LocalStore unable =
        new LocalStore(
            folder,
            (link, existing) -> {
              throw new UnsupportedOperationException();
            });
    assertThat(unable.putIfAbsent("a/y", utf8("three"))).isTrue();
    LocalStore denied =
        new LocalStore(
            folder,
            (link, existing) -> {
              throw new AccessDeniedException(link.toString());
            });
    assertThatThrownBy(() -> denied.putIfAbsent("a/z", utf8("four")))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(store.status("a/z")).isEmpty();
  }
}
