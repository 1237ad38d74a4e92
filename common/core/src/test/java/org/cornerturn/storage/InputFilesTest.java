package org.cornerturn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir Path folder;
  private final InputFiles inputs = new InputFiles(Set.of("h5", "hdf5"), Map.of());

  @BeforeEach
  void lay() throws IOException {
    for (String name : List.of("a.h5", "b.HDF5", "notes.txt", "night/c.h5", "out.zarr/x.h5")) {
      Path p = folder.resolve(name);
      Files.createDirectories(p.getParent());
      Files.writeString(p, name);
    }
  }

  private List<String> names(String... arguments) throws IOException {
    return inputs.expand(List.of(arguments)).stream().map(InputFile::relativeName).toList();
  }

  @Test
  void takesAFileOfAnyName() throws IOException {
    assertThat(names(folder + "/notes.txt")).containsExactly("notes.txt");
    assertThat(names("file://" + folder + "/a.h5")).containsExactly("a.h5");
  }

  @Test
  void searchesAFolderForKnownEndingsAndLeavesProductsAlone() throws IOException {
    assertThat(names(folder.toString())).containsExactly("a.h5", "b.HDF5", "night/c.h5");
    assertThat(names(folder + "/")).containsExactly("a.h5", "b.HDF5", "night/c.h5");
  }

  @Test
  void matchesGlobs() throws IOException {
    assertThat(names(folder + "/*.h5")).containsExactly("a.h5");
    assertThat(names(folder + "/**.h5")).containsExactly("a.h5", "night/c.h5");
  }

  @Test
  void takesAFileNamedTwiceOnce() throws IOException {
    assertThat(names(folder + "/a.h5", folder + "/*.h5")).containsExactly("a.h5");
  }

  @Test
  void namesTheArgumentThatNamesNothing() {
    assertThatThrownBy(() -> names(folder + "/none.h5"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.h5")
        .hasMessageContaining("no such file");
  }

  @Test
  void stemsKeepTheRelativePath() {
    InputFile f = new InputFile("/data", "night/c.v2.h5", 1, "v", 0, "night/c.v2.h5");
    assertThat(f.stem()).isEqualTo("c.v2");
    assertThat(f.relativeStem()).isEqualTo("night/c.v2");
  }

  @Test
  void followsALinkedFolder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("night"));
    assertThat(names(link.toString())).containsExactly("c.h5");
    assertThat(names(link + "/")).containsExactly("c.h5");
    assertThat(names(link + "/*.h5")).containsExactly("c.h5");
    assertThat(names(link + "/c.h5")).containsExactly("c.h5");
  }

  @Test
  void takesLinkedFilesAndFoldersInAFolder(@TempDir Path disk) throws IOException {
    Path file = Files.writeString(disk.resolve("d"), "far away");
    Files.writeString(Files.createDirectory(disk.resolve("old")).resolve("e.h5"), "old");
    Files.createSymbolicLink(folder.resolve("night/d.h5"), file);
    Files.createSymbolicLink(folder.resolve("night/old"), disk.resolve("old"));
    Files.createSymbolicLink(folder.resolve("night/again"), folder.resolve("night"));
    assertThat(names(folder + "/night")).containsExactly("c.h5", "d.h5", "old/e.h5");
    InputFile linked = inputs.expand(List.of(folder + "/night/d.h5")).get(0);
    assertThat(linked.size()).isEqualTo(8);
    assertThat(inputs.expand(List.of(folder + "/night")).get(1).version())
        .isEqualTo(linked.version());
  }

  @Test
  void coversWhatItWouldExpandTo() {
    InputFiles files = new InputFiles(Set.of("h5"), Map.of());
    assertThat(files.covers("/data/night", "/data/night/a/x.h5")).isTrue();
    assertThat(files.covers("/data/night/", "/data/night/x.H5")).isTrue();
    assertThat(files.covers("/data/night", "/data/night2/x.h5")).isFalse();
    assertThat(files.covers("/data/night", "/data/night/x.txt")).isFalse();
    assertThat(files.covers("/data/night", "/data/night/s.zarr/x.h5")).isFalse();
    assertThat(files.covers("/data/*/x?.h5", "/data/a/x1.h5")).isTrue();
    assertThat(files.covers("/data/*/x?.h5", "/data/a/b/x1.h5")).isFalse();
    assertThat(files.covers("s3a://b/raw/**.bin", "s3a://b/raw/a/b.bin")).isTrue();
    assertThat(files.covers("/data/x.bin", "/data/x.bin")).isTrue();
  }
}
