package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many chunks, and offsets beyond 4 GiB. */
class LargeFilesTest {
  private static final int CHUNKS = 100_000;

  @Test
  void aChunkIndexCostsRequestsLinearInItsBytes(@TempDir Path folder) throws Exception {
    H5py.make(folder, "many", Integer.toString(CHUNKS));
    for (String index : List.of("btree_v1", "fixed", "extensible", "btree_v2")) {
      Path file = folder.resolve("many_" + index + ".h5");
      try (ObjectChannel raw = new LocalStore(folder).open(file.getFileName().toString());
          Hdf5File h = Hdf5File.open(raw)) {
        Hdf5Dataset d = h.dataset("/data");
        ChunkManifest manifest = d.manifest();
        assertThat(manifest.size()).isEqualTo(CHUNKS);
        long megabytes = (Files.size(file) >> 20) + 1;
        assertThat(h.requests()).as(index).isLessThanOrEqualTo(6 + 2 * megabytes);
        assertThat(h.bytesRead()).as(index).isLessThanOrEqualTo(2 * Files.size(file) + (4 << 20));
        checkContent(d, manifest, raw);
      }
    }
  }

  private static void checkContent(Hdf5Dataset d, ChunkManifest manifest, ObjectChannel raw)
      throws IOException {
    long before = raw.requests();
    byte[] all = new DatasetReader(d.source(), manifest, raw).readAll().bytes();
    assertThat(all).hasSize(10 * CHUNKS);
    for (int i = 0; i < all.length; i++) {
      if (all[i] != (byte) i) {
        throw new AssertionError("element " + i + " is " + all[i]);
      }
    }
    assertThat(raw.requests() - before).isLessThanOrEqualTo(8);
  }

  @Test
  void offsetsBeyondFourGibibytes(@TempDir Path folder) throws Exception {
    H5py.make(folder, "sparse");
    assertThat(Files.size(folder.resolve("sparse.h5"))).isGreaterThan(6_000_000_000L);
    try (ObjectChannel raw = new LocalStore(folder).open("sparse.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Hdf5Dataset d = h.dataset("/long");
      DatasetReader reader = new DatasetReader(d.source(), d.manifest(), raw);
      Box end = Box.of(new long[] {2_999_999_988L}, new long[] {12});
      assertThat(reader.read(end).shorts()).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      Hdf5Dataset c = h.dataset("/chunked");
      assertThat(c.manifest().address(0)).isGreaterThan(1L << 32);
      int[] row =
          new DatasetReader(c.source(), c.manifest(), raw)
              .read(Box.of(new long[] {7, 990}, new long[] {1, 10}))
              .ints();
      assertThat(row).containsExactly(990, 991, 992, 993, 994, 995, 996, 997, 998, 999);
    }
  }

  @Test
  void rowsOfAContiguousRegionComeTogether(@TempDir Path folder) throws Exception {
    H5py.make(folder);
    try (ObjectChannel raw = new LocalStore(folder).open("types_latest.h5");
        Hdf5File h = Hdf5File.open(raw)) {
      Hdf5Dataset d = h.dataset("/le_f8/contiguous");
      DatasetReader reader = new DatasetReader(d.source(), d.manifest(), raw);
      long before = raw.requests();
      reader.read(Box.of(new long[] {0, 2}, new long[] {23, 1}));
      assertThat(raw.requests() - before).isEqualTo(1);
    }
  }
}
