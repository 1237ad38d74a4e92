package org.cornerturn.table;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Rows as CSV (RFC 4180): a header, lines that end in CR LF, UTF-8. Null is an empty cell, an empty
 * text is {@code ""}; lists, structs and maps are JSON.
 */
public final class RowCsv {
  private static final String QUOTED = "\",\r\n";
  private static final String FORMULA = "=+-@\t\r";

  private final boolean forSpreadsheets;

  /**
   * @param forSpreadsheets puts an apostrophe before texts that a spreadsheet would take for a
   *     formula
   */
  public RowCsv(boolean forSpreadsheets) {
    this.forSpreadsheets = forSpreadsheets;
  }

  public void write(RowCursor rows, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    StructType schema = rows.schema();
    for (int i = 0; i < schema.length(); i++) {
      cell(i, schema.at(i).getName(), StringType.STRING, text);
    }
    text.write("\r\n");
    while (rows.advance()) {
      Object[] values = rows.values();
      for (int i = 0; i < values.length; i++) {
        cell(i, values[i], schema.at(i).getDataType(), text);
      }
      text.write("\r\n");
    }
    text.flush();
  }

  private void cell(int column, Object value, DataType type, Writer out) throws IOException {
    if (column > 0) {
      out.write(',');
    }
    if (value == null) {
      return;
    }
    String text = RowJson.text(value, type);
    if (forSpreadsheets
        && value instanceof String
        && !text.isEmpty()
        && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0);
    out.write(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
  }
}
