package org.cornerturn.query.viewer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.hdf5.CsvText;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.http.Deadline;

/**
 * A plane or a line as comma-separated values, block by block (RFC 4180; UTF-8 with a byte order
 * mark, as spreadsheets want it). Numbers are written as they are; only texts that a spreadsheet
 * would take for a formula get an apostrophe.
 */
final class CsvExport {
  private static final String BREAK = "\r\n";
  private static final int LINE_BLOCK = 50_000;
  private static final long BLOCK_CELLS = 65_536;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Elements elements;
  private final Deadline deadline;

  CsvExport(Elements elements, Deadline deadline) {
    this.elements = elements;
    this.deadline = deadline;
  }

  /** Reads one block. */
  private List<String> texts(Plane plane, Window window) throws Exception {
    return new PlaneReader(elements, plane, deadline)
        .read(window, Reduce.STRIDE, block -> fields(plane, block));
  }

  private static List<String> fields(Plane plane, Block block) throws IOException {
    List<String> fields = new ArrayList<>();
    if (block.type() instanceof Primitive type) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < block.shape().size(); i++) {
        text.setLength(0);
        CsvText.append(text, type, block.bytes(), i);
        fields.add(text.toString());
      }
    } else if (block.type() instanceof DataType.Text && !plane.dataset().isJson()) {
      for (String t : block.text()) {
        fields.add(CsvText.field(t));
      }
    } else {
      int n = (int) block.shape().size();
      com.fasterxml.jackson.databind.JsonNode all =
          org.cornerturn.query.http.Json.mapper()
              .readTree(JsonText.reply(g -> Written.elements(g, plane, block, Shape.of(n))).body());
      all.forEach(v -> fields.add(CsvText.field(v.isTextual() ? v.asText() : v.toString())));
    }
    return fields;
  }

  /** The first bytes, read before the status is sent, so that faults of the file are told by it. */
  void check(Plane plane) throws Exception {
    texts(plane, Window.within(plane, 0, 0, 1, 1, 1, 1));
  }

  /** Rows and columns with their indices. */
  void plane(Plane plane, Window w, OutputStream out) throws Exception {
    StringBuilder head = new StringBuilder().append(BYTE_ORDER_MARK).append("row\\col");
    for (long c = 0; c < w.columnCount(); c++) {
      head.append(',').append(w.column() + c * w.columnStep());
    }
    write(out, head.append(BREAK));
    long rows = Math.max(1, BLOCK_CELLS / Math.max(1, w.columnCount()));
    for (long r = 0; r < w.rowCount(); r += rows) {
      long n = Math.min(rows, w.rowCount() - r);
      long first = w.row() + r * w.rowStep();
      long extent = Math.min((n - 1) * w.rowStep() + 1, w.rows());
      Window part = new Window(first, w.column(), extent, w.columns(), w.rowStep(), w.columnStep());
      List<String> fields = texts(plane, part);
      StringBuilder text = new StringBuilder();
      for (long i = 0; i < n; i++) {
        text.append(first + i * w.rowStep());
        for (long c = 0; c < w.columnCount(); c++) {
          text.append(',').append(fields.get((int) (i * w.columnCount() + c)));
        }
        text.append(BREAK);
      }
      write(out, text);
    }
  }

  /**
   * Lines beside each other.
   *
   * @param lines planes of one row and of equal length
   * @param names of their columns
   */
  void lines(List<Plane> lines, List<String> names, long offset, long points, OutputStream out)
      throws Exception {
    StringBuilder head = new StringBuilder().append(BYTE_ORDER_MARK).append("index");
    names.forEach(n -> head.append(',').append(CsvText.field(n)));
    write(out, head.append(BREAK));
    for (long at = 0; at < points; at += LINE_BLOCK) {
      long n = Math.min(LINE_BLOCK, points - at);
      List<List<String>> columns = new ArrayList<>();
      for (Plane line : lines) {
        columns.add(texts(line, new Window(0, offset + at, 1, n, 1, 1)));
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < n; i++) {
        text.append(offset + at + i);
        for (List<String> column : columns) {
          text.append(',').append(column.get(i));
        }
        text.append(BREAK);
      }
      write(out, text);
    }
  }

  private static void write(OutputStream out, CharSequence text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
