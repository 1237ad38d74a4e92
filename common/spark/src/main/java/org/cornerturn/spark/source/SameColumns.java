package org.cornerturn.spark.source;

import java.io.IOException;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.cornerturn.InputFault;

/** Holds every file of a table to the columns that the first one has. */
final class SameColumns {
  private SameColumns() {}

  /** A file whose columns are not those of the table. */
  static final class OtherColumns extends IOException implements InputFault {
    private static final long serialVersionUID = 1L;

    OtherColumns(String uri, String problem) {
      super(uri + ": " + problem + ". Read it as a table of its own, or exclude it");
    }
  }

  /**
   * @param expected columns that the query needs
   * @throws OtherColumns where the file lacks one, or has it of another type
   */
  static void check(StructType expected, Lattice file) throws OtherColumns {
    for (StructField f : expected.fields()) {
      Column own =
          file.columns().stream().filter(o -> o.name().equals(f.name())).findFirst().orElse(null);
      if (own == null) {
        throw new OtherColumns(
            file.uri(), "it has no column " + f.name() + ", which the table's first file has");
      }
      if (!own.type().equals(f.dataType())) {
        throw new OtherColumns(
            file.uri(),
            "its column "
                + f.name()
                + " is "
                + own.type().simpleString()
                + ", in the table's first file "
                + f.dataType().simpleString());
      }
    }
  }
}
