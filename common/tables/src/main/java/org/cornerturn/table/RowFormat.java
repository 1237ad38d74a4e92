package org.cornerturn.table;

import java.io.IOException;
import java.io.OutputStream;

/** How rows are written as bytes. */
public enum RowFormat {
  /** A JSON array of objects; NaN and infinities are null, bytes are base64. */
  JSON("application/json", "json"),
  /** RFC 4180 with a header. */
  CSV("text/csv;charset=UTF-8;header=present", "csv"),
  /** The streaming format of Arrow's inter-process communication. */
  ARROW("application/vnd.apache.arrow.stream", "arrows"),
  PARQUET("application/vnd.apache.parquet", "parquet");

  private final String mediaType;
  private final String ending;

  RowFormat(String mediaType, String ending) {
    this.mediaType = mediaType;
    this.ending = ending;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Of files, without a dot. */
  public String ending() {
    return ending;
  }

  /** Writes all rows; memory is bounded. Neither the rows nor the stream are closed. */
  public void write(RowCursor rows, OutputStream out) throws IOException {
    switch (this) {
      case JSON -> RowJson.write(rows, out);
      case CSV -> new RowCsv(false).write(rows, out);
      case ARROW -> new ArrowStream(rows.schema(), out).write(rows);
      case PARQUET -> ParquetRows.write(rows, out);
    }
  }
}
