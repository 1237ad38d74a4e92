package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second writer: what jHDF writes, we read. */
class JhdfFilesTest {
  @Test
  void whatJhdfWritesIsRead(@TempDir Path folder) throws Exception {
    double[][] doubles = {{1.5, -2, 3}, {Double.NaN, 0, 1e300}};
    try (WritableHdfFile f = HdfFile.write(folder.resolve("j.h5"))) {
      f.putDataset("doubles", doubles);
      WritableGroup g = f.putGroup("group");
      g.putDataset("shorts", new short[][][] {{{1, 2}, {3, 4}, {5, 6}}});
      g.putDataset("longs", new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE});
      g.putDataset("text", new String[] {"one", "z\u00fcrich", ""});
      g.putDataset("flags", new boolean[] {true, false});
      g.putDataset("single", 7.25f);
      g.putAttribute("unit", "metres");
      g.putAttribute("range", new int[] {3, 4});
    }
    try (ObjectChannel raw = new LocalStore(folder).open("j.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      assertThat(h.walk().stream().map(Hdf5Object::path))
          .containsExactly(
              "/",
              "/doubles",
              "/group",
              "/group/flags",
              "/group/longs",
              "/group/shorts",
              "/group/single",
              "/group/text");
      assertThat(read(h, raw, "/doubles").doubles())
          .containsExactly(1.5, -2, 3, Double.NaN, 0, 1e300);
      assertThat(read(h, raw, "/group/shorts").shape().dims()).containsExactly(1, 3, 2);
      assertThat(read(h, raw, "/group/shorts").shorts()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read(h, raw, "/group/longs").longs())
          .containsExactly(Long.MIN_VALUE, 0, Long.MAX_VALUE);
      assertThat(read(h, raw, "/group/flags").bytes()).containsExactly(1, 0);
      assertThat(read(h, raw, "/group/single").floats()).containsExactly(7.25f);
      Hdf5Dataset text = h.dataset("/group/text");
      assertThat(TruthValues.flat(read(h, raw, "/group/text"), text.isJson()))
          .isEqualTo(List.of("one", "z\u00fcrich", ""));
      Hdf5Object group = h.find("/group").orElseThrow();
      assertThat(group.attribute("unit").orElseThrow().value()).isEqualTo("metres");
      assertThat(group.attribute("range").orElseThrow().value()).isEqualTo(List.of(3L, 4L));
    }
  }

  private static Block read(Hdf5File h, ObjectChannel raw, String path) throws Exception {
    Hdf5Dataset d = h.dataset(path);
    return new DatasetReader(d.source(), d.manifest(), raw).readAll();
  }
}
