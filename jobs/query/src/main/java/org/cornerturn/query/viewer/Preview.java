package org.cornerturn.query.viewer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.Hyperslab;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.hdf5.Summary;
import org.cornerturn.query.hdf5.View;
import org.cornerturn.query.http.Deadline;

/** A first look at a dataset: a corner as a table, a plot, a profile, statistics of a sample. */
final class Preview {
  private static final int TABLE_VALUES = 1000;
  private static final int TABLE_SIDE = 200;
  private static final int PROFILE_POINTS = 3000;
  private static final long SAMPLE = 100_000;

  /** What is shown. */
  enum Mode {
    AUTO,
    LINE,
    TABLE,
    HEATMAP
  }

  /** How much of it. */
  enum Detail {
    FAST,
    FULL
  }

  /**
   * What a request asks for.
   *
   * @param maxSize rows and columns of a heatmap at most
   */
  record Wish(Mode mode, Detail detail, boolean stats, int maxSize, Reduce reduce) {}

  private final Elements elements;
  private final Plane plane;
  private final Wish wish;
  private final Deadline deadline;
  private final boolean numeric;

  Preview(Elements elements, Plane plane, Wish wish, Deadline deadline) {
    this.elements = elements;
    this.plane = plane;
    this.wish = wish;
    this.deadline = deadline;
    this.numeric = plane.dataset().dataType() instanceof Primitive p && !p.isComplex();
  }

  /**
   * @param key of the file, as it was asked for
   */
  Reply make(String key, String version) throws Exception {
    int rank = plane.shape().rank();
    Written.Members table = wantsTable() ? table() : null;
    Written.Members plot = wantsPlot() ? rank < 2 ? line() : heatmap() : null;
    boolean full = wish.detail() == Detail.FULL && wish.mode() != Mode.TABLE;
    Written.Members profile = full && numeric && rank >= 2 ? profile() : null;
    Written.Members stats = stats();
    return JsonText.reply(
        g -> {
          g.writeStartObject();
          g.writeBooleanField("success", true);
          g.writeStringField("key", key);
          g.writeStringField("path", plane.dataset().path());
          Written.source(g, plane);
          Written.shape(g, plane.shape());
          g.writeNumberField("ndim", rank);
          g.writeStringField(
              "preview_type", rank == 0 ? "scalar" : rank == 1 ? "1d" : rank == 2 ? "2d" : "nd");
          g.writeStringField("mode", wish.mode().name().toLowerCase(Locale.ROOT));
          g.writeStringField("detail", wish.detail().name().toLowerCase(Locale.ROOT));
          part(g, "stats", stats);
          part(g, "table", table);
          part(g, "plot", plot);
          part(g, "profile", profile);
          g.writeObjectFieldStart("limits");
          g.writeNumberField("max_heatmap_size", Ceilings.PREVIEW_SIDE);
          g.writeNumberField("max_heatmap_elements", Ceilings.PREVIEW_CELLS);
          g.writeNumberField("max_line_points", Ceilings.LINE_POINTS);
          g.writeEndObject();
          g.writeBooleanField("cached", false);
          g.writeStringField("cache_version", version);
          g.writeEndObject();
        });
  }

  private static void part(JsonGenerator g, String name, Written.Members members)
      throws IOException {
    g.writeFieldName(name);
    if (members == null) {
      g.writeNull();
      return;
    }
    g.writeStartObject();
    members.write(g);
    g.writeEndObject();
  }

  private boolean wantsTable() {
    return wish.mode() == Mode.TABLE
        || wish.mode() == Mode.AUTO && (wish.detail() == Detail.FULL || !numeric);
  }

  private boolean wantsPlot() {
    return numeric && wish.mode() != Mode.TABLE && plane.shape().rank() > 0;
  }

  private Block read(Plane of, Window window, Reduce how) throws Exception {
    return new PlaneReader(elements, of, deadline).read(window, how, block -> block);
  }

  private Written.Members table() throws Exception {
    if (plane.shape().rank() < 2) {
      Window w = Window.within(plane, 0, 0, TABLE_VALUES, 1, 1, 1);
      Block block = read(plane, w, Reduce.STRIDE);
      return g -> {
        g.writeStringField("kind", plane.shape().rank() == 0 ? "scalar" : "1d");
        g.writeFieldName("values");
        Shape shape = plane.shape().rank() == 0 ? Shape.of() : Shape.of(w.rowCount());
        Written.elements(g, plane, block, shape);
        g.writeNumberField("count", w.rowCount());
        g.writeNumberField("start", 0);
        g.writeNumberField("step", 1);
      };
    }
    Window w = Window.within(plane, 0, 0, TABLE_SIDE, TABLE_SIDE, 1, 1);
    Block block = read(plane, w, Reduce.STRIDE);
    return g -> {
      g.writeStringField("kind", "2d");
      g.writeFieldName("data");
      Written.elements(g, plane, block, block.shape());
      Written.shape(g, block.shape());
    };
  }

  /** A line of all values, or of every so many. */
  private Written.Members line() throws Exception {
    return points(new Plane(plane.file(), plane.dataset(), -1, plane.rowAxis(), plane.fixed()));
  }

  private Written.Members points(Plane along) throws Exception {
    long n = along.columns();
    long step = n <= Ceilings.LINE_POINTS ? 1 : Window.up(n, PROFILE_POINTS);
    Window w = new Window(0, 0, 1, n, 1, step);
    Block block = read(along, w, wish.reduce());
    return g -> {
      g.writeStringField("type", "line");
      g.writeArrayFieldStart("x");
      for (long i = 0; i < w.columnCount(); i++) {
        g.writeNumber(i * step);
      }
      g.writeEndArray();
      g.writeFieldName("y");
      Written.elements(g, plane, block, Shape.of(w.columnCount()));
      g.writeNumberField("count", w.columnCount());
      g.writeNumberField("x_start", 0);
      g.writeNumberField("x_step", step);
    };
  }

  private Written.Members profile() throws Exception {
    long[] fixed = plane.fixed().clone();
    if (plane.rows() == 0) {
      return null;
    }
    fixed[plane.rowAxis()] = plane.rows() / 2;
    Written.Members points =
        points(new Plane(plane.file(), plane.dataset(), -1, plane.columnAxis(), fixed));
    return g -> {
      g.writeNumberField("row", plane.rows() / 2);
      points.write(g);
    };
  }

  private Written.Members heatmap() throws Exception {
    long rows = Math.max(1, Math.min(plane.rows(), wish.maxSize()));
    long columns = Math.max(1, Math.min(plane.columns(), wish.maxSize()));
    if (rows * columns > Ceilings.PREVIEW_CELLS) {
      double scale = Math.sqrt((double) Ceilings.PREVIEW_CELLS / (rows * columns));
      rows = Math.max(1, (long) (rows * scale));
      columns = Math.max(1, (long) (columns * scale));
    }
    long rowStep = Math.max(1, Window.up(plane.rows(), rows));
    long columnStep = Math.max(1, Window.up(plane.columns(), columns));
    Window w = new Window(0, 0, plane.rows(), plane.columns(), rowStep, columnStep);
    Block block = read(plane, w, wish.reduce());
    return g -> {
      g.writeStringField("type", "heatmap");
      g.writeFieldName("data");
      Written.elements(g, plane, block, block.shape());
      Written.shape(g, block.shape());
      g.writeNumberField("row_step", rowStep);
      g.writeNumberField("col_step", columnStep);
      g.writeBooleanField("sampled", rowStep > 1 || columnStep > 1);
    };
  }

  private Written.Members stats() throws Exception {
    String reason =
        !wish.stats()
            ? "disabled"
            : !numeric ? "not real numbers" : plane.shape().size() == 0 ? "no elements" : null;
    if (reason != null) {
      return g -> {
        g.writeBooleanField("supported", false);
        g.writeStringField("reason", reason);
      };
    }
    Shape shape = plane.shape();
    long total = shape.size();
    int rank = Math.max(1, shape.rank());
    long stride = (long) Math.ceil(Math.pow((double) total / SAMPLE, 1.0 / rank));
    long step = Math.max(1, stride);
    long[] steps = new long[shape.rank()];
    long[] counts = new long[shape.rank()];
    Arrays.fill(steps, step);
    Arrays.setAll(counts, i -> Window.up(shape.dim(i), step));
    Hyperslab slab = new Hyperslab(new long[shape.rank()], steps, counts);
    Summary s = new Summary((Primitive) plane.dataset().dataType());
    elements.reserving(
        plane.file(),
        plane.dataset(),
        View.VALUES,
        slab,
        elements.bytes(plane.dataset().dataType(), slab) * 4,
        deadline,
        () -> {
          s.add(elements.read(plane.file(), plane.dataset(), View.VALUES, slab, deadline));
          return s;
        });
    return g -> {
      g.writeBooleanField("supported", true);
      g.writeObjectField("min", s.min());
      g.writeObjectField("max", s.max());
      g.writeObjectField("mean", s.mean());
      g.writeObjectField("std", s.standardDeviation());
      g.writeNumberField("sample_size", slab.size());
      g.writeBooleanField("sampled", step > 1);
      g.writeStringField("method", "strided");
    };
  }
}
