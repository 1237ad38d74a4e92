package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every type, layout, chunk index and filter that h5py writes, in old and new format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H5pyFilesTest {
  private Path folder;

  @BeforeAll
  void make(@TempDir Path temp) throws Exception {
    folder = temp;
    H5py.make(folder);
  }

  private ObjectChannel channel(String name) throws IOException {
    return new LocalStore(folder).open(name);
  }

  @TestFactory
  List<DynamicTest> everyObjectIsWhatH5pyReads() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e :
        CorpusTruth.load(folder.resolve("truth.json")).properties()) {
      tests.add(
          DynamicTest.dynamicTest(
              e.getKey(),
              () -> {
                CorpusTruth comparison = new CorpusTruth();
                assertThat(comparison.compare(folder.resolve(e.getKey()), e.getValue())).isEmpty();
                assertThat(comparison.valuesCompared()).isPositive();
              }));
    }
    assertThat(tests).hasSize(17);
    return tests;
  }

  @Test
  void aRegionIsTheSameHoweverItIsStored() throws IOException {
    try (ObjectChannel raw = channel("types_earliest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Box region = Box.of(new long[] {3, 1}, new long[] {14, 5});
      for (String type : List.of("be_f4", "le_i2", "bool", "nested", "S5", "be_c16")) {
        Hdf5Dataset whole = h.dataset("/" + type + "/contiguous");
        byte[] expected =
            new DatasetReader(whole.source(), whole.manifest(), raw).read(region).bytes();
        for (String layout : List.of("plain", "gzip", "all", "lzf_shuffle", "fletcher")) {
          Hdf5Dataset d = h.dataset("/" + type + "/chunked_" + layout);
          ChunkGrid grid = new ChunkGrid(d.shape(), d.chunkShape().orElseThrow());
          ChunkManifest part = d.manifest().slice(grid, region);
          assertThat(part.size()).isEqualTo(6).isLessThan(d.manifest().size());
          Block block = new DatasetReader(d.source(), part, raw).read(region);
          assertThat(block.bytes()).as(type + " " + layout).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aWholeChunkReachesPastTheEdge() throws IOException {
    try (ObjectChannel raw = channel("indexes_latest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Hdf5Dataset d = h.dataset("/extensible_second_gzip");
      DatasetReader reader = new DatasetReader(d.source(), d.manifest(), raw);
      byte[] chunk = reader.readChunk(7, 6);
      assertThat(chunk).hasSize(7 * 9 * 4);
      Block inside = reader.read(Box.of(new long[] {49, 54}, new long[] {1, 6}));
      assertThat(java.util.Arrays.copyOf(chunk, 6 * 4)).isEqualTo(inside.bytes());
    }
  }

  @Test
  void sourceAndManifestTravel() throws Exception {
    try (ObjectChannel raw = channel("texts_latest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      for (String path : List.of("/vlen_chunked", "/mixed", "/reference", "/ragged", "/levels")) {
        Hdf5Dataset d = h.dataset(path);
        Object here = new DatasetReader(d.source(), d.manifest(), raw).readAll().data();
        Object there =
            new DatasetReader(copy(d.source()), copy(d.manifest()), raw).readAll().data();
        assertThat(there).as(path).isEqualTo(here);
      }
    }
  }

  private static <T> T copy(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream o = new ObjectOutputStream(out)) {
      o.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      @SuppressWarnings("unchecked") // What was written comes back.
      T back = (T) in.readObject();
      return back;
    }
  }

  @Test
  void textsReferencesAndEnumerations() throws IOException {
    try (ObjectChannel raw = channel("texts_earliest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Hdf5Dataset mixed = h.dataset("/mixed");
      assertThat(mixed.isJson()).isTrue();
      assertThat(new DatasetReader(mixed.source(), mixed.manifest(), raw).readAll().text())
          .containsExactly(
              "{\"id\":1,\"text\":\"one\",\"at\":\"/vlen\"}",
              "{\"id\":2,\"text\":\"two\",\"at\":\"/levels\"}");
      Hdf5Dataset reference = h.dataset("/reference");
      assertThat(new DatasetReader(reference.source(), reference.manifest(), raw).readAll().text())
          .containsExactly("/vlen", "/levels");
      Hdf5Dataset levels = h.dataset("/levels");
      assertThat(levels.dataType()).isEqualTo(DataType.Primitive.INT16);
      assertThat(levels.enumNames()).containsEntry("LOW", -1L).containsEntry("HIGH", 300L);
      Hdf5Dataset array = h.dataset("/array_type");
      assertThat(array.shape().dims()).containsExactly(2, 3, 4);
      assertThat(new DatasetReader(array.source(), array.manifest(), raw).readAll().ints())
          .isEqualTo(java.util.stream.IntStream.range(0, 24).toArray());
    }
  }

  @Test
  void linksScalesAndCycles() throws IOException {
    for (String name : List.of("tree_earliest.h5", "tree_latest.h5")) {
      try (ObjectChannel raw = channel(name);
          Hdf5File h = Hdf5File.open(raw)) {
        List<String> paths = h.walk().stream().map(Hdf5Object::path).toList();
        assertThat(paths).doesNotHaveDuplicates().startsWith("/", "/again", "/committed");
        assertThat(link(h, "/data")).hasValue("/again");
        assertThat(link(h, "/many/loop")).hasValue("/");
        assertThat(link(h, "/soft")).hasValue("/again");
        assertThat(link(h, "/relative")).hasValue("/many/group_007");
        assertThat(link(h, "/dangling")).isEmpty();
        assertThat(link(h, "/self")).isEmpty();
        assertThat(link(h, "/outside")).isEmpty();
        assertThat(h.find("/many/loop/soft").orElseThrow().path()).isEqualTo("/again");
        Hdf5Dataset data = h.dataset("/data");
        assertThat(data.dimensionScales()).isEqualTo(List.of(List.of("/x")));
        assertThat(data.dimensionLabels()).containsExactly("across");
        assertThat(h.dataset("/x").scaleName()).hasValue("the x");
        assertThat(data.scaleName()).isEmpty();
      }
    }
  }

  private static Optional<String> link(Hdf5File h, String path) throws IOException {
    return h.walk().stream()
        .filter(o -> o.path().equals(path))
        .map(o -> ((Hdf5Link) o).resolved())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fillValuesAreKnown() throws IOException {
    try (ObjectChannel raw = channel("fills_earliest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      assertThat(h.dataset("/big_never").fillValue()).containsExactly(0xd1, 0x2f, 1, 0);
      assertThat(h.dataset("/big_never").hasFillValue()).isTrue();
      assertThat(h.dataset("/text_partly").fillValue()).containsExactly('n', 'o', 'n', 'e', 0, 0);
    }
  }

  @Test
  void aWrongChecksumIsNamed() throws IOException {
    Path broken = folder.resolve("broken.h5");
    byte[] bytes = Files.readAllBytes(folder.resolve("types_earliest.h5"));
    long at;
    try (ObjectChannel raw = channel("types_earliest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      at = h.dataset("/le_i2/chunked_fletcher").manifest().address(2);
    }
    bytes[(int) at + 1] ^= 0x10;
    Files.write(broken, bytes);
    try (ObjectChannel raw = channel("broken.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Hdf5Dataset d = h.dataset("/le_i2/chunked_fletcher");
      DatasetReader reader = new DatasetReader(d.source(), d.manifest(), raw);
      org.assertj.core.api.Assertions.assertThatThrownBy(reader::readAll)
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining("broken.h5")
          .hasMessageContaining("/le_i2/chunked_fletcher")
          .hasMessageContaining("checksum is wrong");
    }
  }

  @Test
  void elementsElsewhereAreNamedAndTheRestIsRead(@TempDir Path other) throws Exception {
    H5py.make(other, "foreign");
    try (ObjectChannel raw = new LocalStore(other).open("foreign.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Map<String, String> reasons = new java.util.TreeMap<>();
      for (Hdf5Object o : h.walk()) {
        if (o instanceof Hdf5Dataset d) {
          reasons.put(d.path(), d.unsupported().orElse("none"));
        }
      }
      assertThat(reasons)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "/external", "external storage, whose elements lie in other files",
                  "/scaled", "filter scaleoffset (6)",
                  "/sound", "none",
                  "/virtual", "a virtual dataset, whose elements lie in other datasets"));
      Hdf5Dataset virtual = h.dataset("/virtual");
      org.assertj.core.api.Assertions.assertThatThrownBy(virtual::source)
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageEndingWith(
              "foreign.h5: /virtual: a virtual dataset, whose elements lie in other datasets can't"
                  + " be read. Rewrite it with h5repack or h5py, or exclude it");
      Hdf5Dataset sound = h.dataset("/sound");
      assertThat(new DatasetReader(sound.source(), sound.manifest(), raw).readAll().longs())
          .containsExactly(0, 1, 2);
    }
  }
}
