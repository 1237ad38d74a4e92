package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening a file reads little of it, however large it is. */
class LazyOpeningTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void openingReadsStructureAndSmallItemsAlone() throws Exception {
    SampleFile f = SampleFile.rectangular(400);
    f.visibilities = Primitive.COMPLEX128;
    f.frequencyHz = new double[64];
    for (int i = 0; i < 64; i++) {
      f.frequencyHz[i] = 1.3e9 + i * 1e6;
    }
    Path path = folder.resolve("large.uvh5");
    f.write(path);
    long size = Files.size(path);
    assertThat(size).isGreaterThan(6 * MIB);
    try (LocalStore store = new LocalStore(folder);
        ObjectChannel channel = store.open("large.uvh5");
        Uvh5File file = Uvh5File.open(channel)) {
      long opened = channel.bytesRead();
      assertThat(opened).isLessThan(4 * MIB);
      assertThat(channel.requests()).isLessThan(8);
      file.layout();
      long rows = channel.bytesRead() - opened;
      // Times and antennas of 4,000 rows, three items of 8 bytes.
      assertThat(rows).isLessThan(MIB);
      long before = channel.bytesRead();
      VisibilityWindow w = file.window(0, 200, 1, 0, 10, 0, 64);
      file.reader().visibilities(w, Primitive.COMPLEX128);
      long chunk = 7 * 64 * 4 * 16;
      assertThat(channel.bytesRead() - before).isLessThan(MIB + 4 * chunk);
    }
  }
}
