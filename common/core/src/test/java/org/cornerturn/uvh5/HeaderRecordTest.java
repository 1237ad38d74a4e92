package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.array.DataType.Primitive.COMPLEX128;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderRecordTest {
  @TempDir Path folder;

  @Test
  void realFilesComeBackFromTheirRecords() throws Exception {
    List<String> pairs = new ArrayList<>();
    for (Path file : Corpus.files("uvh5", "derived", "dsa")) {
      Path copy = folder.resolve(file.getFileName());
      FileCopy.copy(file, copy);
      pairs.add(file.toString());
      pairs.add(copy.toString());
      // For h5py may lack a filter of the original.
      try (Uvh5File a = Corpus.open(file);
          Uvh5File b = Corpus.open(copy)) {
        int rows = (int) a.header().rows();
        Block original = a.reader().visibilities(0, rows, 0, a.header().channels(), COMPLEX128);
        Block copied = b.reader().visibilities(0, rows, 0, b.header().channels(), COMPLEX128);
        assertThat(Arrays.equals(copied.bytes(), original.bytes())).isTrue();
      }
    }
    String differences = OutsideProgram.python("h5py", "h5_equal.py", pairs.toArray(String[]::new));
    assertThat(differences).isEmpty();
  }

  @Test
  void itemsOfEveryTypeComeBack() throws Exception {
    Path file = folder.resolve("odd.uvh5");
    SampleFile.rectangular(2).write(file);
    OutsideProgram.python("h5py", "add_odd_items.py", file.toString());
    Path copy = folder.resolve("copy.uvh5");
    FileCopy.copy(file, copy);
    assertThat(OutsideProgram.python("h5py", "h5_equal.py", file.toString(), copy.toString()))
        .isEmpty();
    try (Uvh5File odd = Corpus.open(file)) {
      assertThat(odd.record().left()).isEmpty();
      assertThat(odd.record().longItems())
          .extracting(HeaderRecord.Item::path)
          .contains("/Header/extra_keywords/odd/long texts");
    }
  }

  @Test
  void whatCannotBeKeptIsSaid() throws Exception {
    Path file = folder.resolve("links.uvh5");
    SampleFile.rectangular(1).write(file);
    OutsideProgram.python("h5py", "add_links.py", file.toString());
    try (Uvh5File linked = Corpus.open(file)) {
      assertThat(linked.record().left())
          .containsExactlyInAnyOrder(
              "/Header/soft: a link isn't kept",
              "/Header@reference: an attribute of type object reference isn't kept");
    }
  }

  @Test
  void theHeaderOfARecordIsThatOfItsFile() throws Exception {
    for (Path path : Corpus.files("uvh5", "derived", "dsa")) {
      try (Uvh5File file = Corpus.open(path)) {
        HeaderRecord record = HeaderRecord.ofJson(file.record().toJson());
        assertThat(record.left()).as(path.toString()).isEmpty();
        HeaderSource source = record.source(file.name(), file::read);
        Uvh5Header header = Uvh5Header.read(source);
        assertThat(header).isEqualTo(file.header());
        Uvh5Layout layout = Uvh5Layout.of(header, Uvh5Rows.of(source, header));
        assertThat(layout).usingRecursiveComparison().isEqualTo(file.layout());
        int n = (int) Math.min(1000, header.rows());
        assertThat(Uvh5Rows.of(source, header).uvwMetres(0, n))
            .isEqualTo(file.rows().uvwMetres(0, n));
      }
    }
  }
}
