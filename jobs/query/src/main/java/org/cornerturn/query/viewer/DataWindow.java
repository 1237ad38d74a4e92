package org.cornerturn.query.viewer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;

/** Windows of a dataset: matrix, heatmap, line. */
final class DataWindow {
  private final Elements elements;
  private final Ceilings ceilings;
  private final Plane plane;
  private final Form form;
  private final Reduce reduce;
  private final Deadline deadline;

  DataWindow(
      Elements elements,
      Ceilings ceilings,
      Plane plane,
      Form form,
      Reduce reduce,
      Deadline deadline) {
    this.elements = elements;
    this.ceilings = ceilings;
    this.plane = plane;
    this.form = form;
    this.reduce = reduce;
    this.deadline = deadline;
  }

  private long mostCells() {
    return form == Form.JSON ? ceilings.jsonElements().most() : ceilings.elements().most();
  }

  private void check(long cells) {
    ceilings.elements().check(cells);
    if (form == Form.JSON) {
      ceilings.jsonElements().check(cells);
    }
  }

  /** Every element of a window, or every so many. */
  Reply matrix(Window window) throws Exception {
    ceilings.side().check(window.rowCount());
    ceilings.side().check(window.columnCount());
    check(window.cells());
    return reader().read(window, reduce, block -> written(window, block, null, false));
  }

  private PlaneReader reader() {
    return new PlaneReader(elements, plane, deadline);
  }

  /**
   * A window made small enough.
   *
   * @param size rows and columns of the result at most
   * @param stats whether to tell the extremes
   */
  Reply heatmap(Window window, int size, boolean stats) throws Exception {
    numeric();
    int effective = effective(window, size);
    long rowStep = step(window.rows(), effective);
    long columnStep = step(window.columns(), effective);
    Window stepped = window.every(rowStep, columnStep);
    check(stepped.cells());
    return reader()
        .read(
            stepped,
            reduce,
            block ->
                written(
                    stepped,
                    block,
                    g -> {
                      g.writeNumberField("requested_max_size", size);
                      g.writeNumberField("effective_max_size", effective);
                      g.writeBooleanField("max_size_clamped", effective < size);
                    },
                    stats));
  }

  private void numeric() {
    if (!(plane.dataset().dataType() instanceof Primitive)) {
      throw Problem.unprocessable(
          plane.dataset().path() + " has no numbers but " + plane.dataset().storedType());
    }
  }

  private static long step(long extent, long target) {
    return Math.max(1, Window.up(extent, Math.max(1, Math.min(extent, target))));
  }

  /** The largest size whose cells are not too many. */
  private int effective(Window w, int size) {
    int least = 1;
    int most = size;
    while (least < most) {
      int middle = (least + most + 1) / 2;
      long cells = Math.min(w.rows(), middle) * Math.min(w.columns(), middle);
      if (cells <= mostCells()) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return least;
  }

  private Reply written(Window w, Block block, Written.Members more, boolean stats)
      throws IOException {
    Shape shape = scalar() ? Shape.of() : block.shape();
    Map<String, String> headers =
        Map.of(
            "X-Row-Offset", Long.toString(w.row()),
            "X-Col-Offset", Long.toString(w.column()),
            "X-Row-Step", Long.toString(w.rowStep()),
            "X-Col-Step", Long.toString(w.columnStep()));
    return Written.reply(
        plane,
        block,
        shape,
        form,
        headers,
        g -> {
          g.writeStringField("mode", more == null ? "matrix" : "heatmap");
          Written.shape(g, shape);
          Written.source(g, plane);
          g.writeNumberField("row_offset", w.row());
          g.writeNumberField("col_offset", w.column());
          g.writeNumberField("row_limit", w.rows());
          g.writeNumberField("col_limit", w.columns());
          downsampling(g, w.rowStep(), w.columnStep());
          if (more != null) {
            more.write(g);
            g.writeBooleanField("sampled", w.rowStep() > 1 || w.columnStep() > 1);
          }
          if (stats && !((Primitive) block.type()).isComplex()) {
            extremes(g, block);
          }
        });
  }

  private boolean scalar() {
    return plane.shape().rank() == 0;
  }

  private void downsampling(JsonGenerator g, long rowStep, long columnStep) throws IOException {
    g.writeObjectFieldStart("downsample_info");
    g.writeBooleanField("downsampled", rowStep > 1 || columnStep > 1);
    g.writeNumberField("row_step", rowStep);
    g.writeNumberField("col_step", columnStep);
    g.writeStringField("method", word());
    g.writeEndObject();
  }

  private String word() {
    return reduce.name().toLowerCase(Locale.ROOT);
  }

  private static void extremes(JsonGenerator g, Block block) throws IOException {
    double[] finite = PlaneReader.finite(block);
    g.writeObjectFieldStart("stats");
    if (finite.length == 0) {
      g.writeNullField("min");
      g.writeNullField("max");
    } else {
      g.writeNumberField("min", java.util.Arrays.stream(finite).min().getAsDouble());
      g.writeNumberField("max", java.util.Arrays.stream(finite).max().getAsDouble());
    }
    g.writeEndObject();
  }

  /** Which way a line goes, and how it may be thinned out. */
  enum Quality {
    /** Exact where it is short enough. */
    AUTO,
    OVERVIEW,
    EXACT
  }

  /**
   * What a request says of a line.
   *
   * @param index of the line in the other axis of the plane, or null
   */
  record Line(String dim, Long index, long offset, Long limit, Quality quality, int maxPoints) {}

  Reply line(Line line) throws Exception {
    numeric();
    Plane along = along(plane, line);
    long extent = along.columns();
    long offset = Math.min(line.offset(), extent);
    long requested = Math.min(line.limit() == null ? extent : line.limit(), extent - offset);
    boolean exact =
        line.quality() == Quality.EXACT
            || line.quality() == Quality.AUTO && requested <= ceilings.exactPoints().most();
    if (exact) {
      ceilings.exactPoints().check(requested);
    }
    long step = exact ? 1 : Math.max(1, Window.up(requested, line.maxPoints()));
    Window w = new Window(0, offset, 1, requested, 1, step);
    check(w.cells());
    String axis = line.dim() == null ? "row" : line.dim();
    long index = along == plane || plane.columnAxis() < 0 ? 0 : heldIndex(along);
    return new PlaneReader(elements, along, deadline)
        .read(
            w,
            reduce,
            block ->
                Written.reply(
                    along,
                    block,
                    Shape.of(w.columnCount()),
                    form,
                    Map.of(
                        "X-Line-Offset", Long.toString(offset), "X-Line-Step", Long.toString(step)),
                    g -> {
                      g.writeStringField("mode", "line");
                      Written.shape(g, Shape.of(w.columnCount()));
                      Written.source(g, plane);
                      g.writeStringField("axis", axis);
                      g.writeNumberField("index", index);
                      g.writeStringField("quality_requested", lower(line.quality()));
                      g.writeStringField("quality_applied", exact ? "exact" : "overview");
                      g.writeNumberField("line_offset", offset);
                      g.writeNumberField("line_limit", requested);
                      g.writeNumberField("requested_points", requested);
                      g.writeNumberField("returned_points", w.columnCount());
                      g.writeNumberField("line_step", step);
                      downsampling(g, 1, step);
                    }));
  }

  private static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT);
  }

  /** The index at which the plane's other axis is held. */
  private long heldIndex(Plane along) {
    int other = along.columnAxis() == plane.columnAxis() ? plane.rowAxis() : plane.columnAxis();
    return other < 0 ? 0 : along.fixed()[other];
  }

  /** A line of a plane as a plane of one row. */
  static Plane along(Plane plane, Line line) {
    int axis = axis(plane, line.dim());
    long[] fixed = plane.fixed().clone();
    int other = axis == plane.columnAxis() ? plane.rowAxis() : plane.columnAxis();
    if (other >= 0 && line.index() != null) {
      long n = plane.shape().dim(other);
      long at = line.index() < 0 ? line.index() + n : line.index();
      if (at < 0 || at >= n) {
        throw Problem.invalid("line_index", line.index() + " is not in an axis of " + n);
      }
      fixed[other] = at;
    }
    if (other >= 0 && plane.shape().dim(other) == 0) {
      throw Problem.unprocessable(plane.dataset().path() + " has no elements");
    }
    return new Plane(plane.file(), plane.dataset(), -1, axis, fixed);
  }

  private static int axis(Plane plane, String dim) {
    int rank = plane.shape().rank();
    if (rank < 2) {
      return rank - 1;
    }
    if (dim == null || dim.equals("row")) {
      return plane.columnAxis();
    } else if (dim.equals("col")) {
      return plane.rowAxis();
    }
    try {
      int axis = Integer.parseInt(dim);
      int a = axis < 0 ? axis + rank : axis;
      if (a >= 0 && a < rank) {
        return a;
      }
    } catch (NumberFormatException e) {
      throw Problem.invalid("line_dim", "'" + dim + "' is neither row nor col nor an axis: " + e);
    }
    throw Problem.invalid("line_dim", dim + " is not one of " + rank + " axes");
  }
}
