package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.storage.InputFile;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private static InputFile input(String relativeName) {
    return new InputFile("s3a://data/raw", relativeName, 1, "1", 0, relativeName);
  }

  @Test
  void oneFileBecomesTheOutputItself() {
    assertThat(Outputs.name(List.of(input("a.h5")), "s3a://data/x.zarr", false).values())
        .containsExactly("s3a://data/x.zarr");
  }

  @Test
  void storesAreNamedAfterTheirFilesAndTellEqualNamesApart() {
    assertThat(Outputs.name(List.of(input("a.h5"), input("n/b.nc")), "out", true).values())
        .containsExactly("out/a.zarr", "out/b.zarr");
    assertThat(Outputs.name(List.of(input("m/a.h5"), input("n/a.h5")), "out", true).values())
        .containsExactly("out/m/a.zarr", "out/n/a.zarr");
    assertThat(Outputs.name(List.of(input("a.h5"), input("a.nc")), "out", true).values())
        .containsExactly("out/a.h5.zarr", "out/a.nc.zarr");
  }

  @Test
  void severalFilesDoNotBecomeOneStore() {
    List<InputFile> prefix = List.of(input("a.h5"), input("b.h5"));
    assertThatThrownBy(() -> Outputs.name(prefix, "s3a://data/x.zarr", false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("names 2 files")
        .hasMessageContaining("End the output in /");
  }
}
