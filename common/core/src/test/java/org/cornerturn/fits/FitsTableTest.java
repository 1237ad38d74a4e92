package org.cornerturn.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.OutsideProgram;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that astropy writes. */
class FitsTableTest {
  private static final int ROWS = 1000;

  @TempDir private Path folder;

  @Test
  void columnsOfAllKindsOfNumbersAreRead() throws Exception {
    Path file = folder.resolve("table.fits");
    OutsideProgram.python("astropy", "fits_table.py", file.toString());
    try (ObjectStore store = new LocalStore(folder);
        ObjectChannel channel = store.open("table.fits")) {
      FitsTable table = FitsTable.open(channel);
      assertThat(table.rows()).isEqualTo(ROWS);
      List<String> names = table.columns().stream().map(FitsTable.Column::name).toList();
      assertThat(names).startsWith("NAME", "RA", "GOOD", "DEC").hasSize(11);
      assertThat(table.columns().get(10).unit()).isEqualTo("mJy");
      int[] places =
          List.of("DEC", "RA", "COUNT", "LARGE", "BYTE", "SCALED", "FLUX").stream()
              .mapToInt(names::indexOf)
              .toArray();
      List<double[]> rows = new ArrayList<>();
      table.read(
          places,
          (row, values) -> {
            assertThat(row).isEqualTo(rows.size());
            rows.add(values.clone());
          });
      assertThat(rows).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        assertThat(rows.get(i))
            .as("row %d", i)
            .containsExactly(
                i * 0.0625 - 30,
                i * 0.25,
                i % 10 == 0 ? Double.NaN : i,
                i * 1e10,
                i % 256,
                i * 0.5 - 7,
                i % 7 == 0 ? Double.NaN : i);
      }
      for (String none : List.of("NAME", "GOOD", "BITS", "VECTOR")) {
        assertThatThrownBy(() -> table.read(new int[] {names.indexOf(none)}, (row, values) -> {}))
            .isInstanceOf(FitsException.class)
            .hasMessageContaining("its column " + none + " has no numbers");
      }
    }
    damaged(file);
  }

  /** Cut off in the rows, and without a table. */
  private void damaged(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(folder.resolve("cut.fits"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve("image.fits"), Arrays.copyOf(whole, 2 * 2880));
    try (ObjectStore store = new LocalStore(folder);
        ObjectChannel cut = store.open("cut.fits");
        ObjectChannel image = store.open("image.fits")) {
      assertThatThrownBy(() -> FitsTable.open(cut))
          .isInstanceOf(FitsException.class)
          .hasMessageContaining("ends before its rows do");
      assertThatThrownBy(() -> FitsTable.open(image))
          .isInstanceOf(FitsException.class)
          .hasMessageContaining("no binary table");
    }
  }
}
