package org.cornerturn.query.viewer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.Service;
import org.cornerturn.query.hdf5.CsvText;
import org.cornerturn.query.hdf5.Hdf5Access;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.hdf5.OpenFile;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.ErrorDialect;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.root.Located;

/**
 * HDF Viewer's operations, under {@code /hdf5} and at their old places. Beyond it: types and links
 * of every kind, scalars, reductions that keep the extremes, windows of heatmaps, binary answers.
 */
public final class ViewerRoutes implements Routes {
  static final String TAG = "HDF5";

  private static final String JSON = "application/json";
  private static final int MOST_COMPARED = 4;

  private static final Parameter<String> KEY =
      Parameter.text("key", "the file: ROOT/path/in/root").inPath();
  private static final Parameter<String> BUCKET =
      Parameter.text("bucket", "name of the root, where the key does not begin with it");
  private static final Parameter<String> GROUP =
      Parameter.text("path", "absolute path of a group").or("/");
  private static final Parameter<String> PATH =
      Parameter.text("path", "absolute path in the file").required();
  private static final Parameter<String> ETAG =
      Parameter.text("etag", "accepted for older clients; the file's own version is what counts");
  private static final Parameter<String> DISPLAY =
      Parameter.text("display_dims", "axes shown as rows and columns, e.g. 0,2; the last two");
  private static final Parameter<String> FIXED =
      Parameter.text("fixed_indices", "AXIS=INDEX with commas between; the middle of each axis");
  private static final Parameter<Preview.Mode> PREVIEW_MODE =
      Parameter.choice("mode", "what is shown", Preview.Mode.class).or(Preview.Mode.AUTO);
  private static final Parameter<Preview.Detail> DETAIL =
      Parameter.choice("detail", "how much of it", Preview.Detail.class).or(Preview.Detail.FULL);
  private static final Parameter<Boolean> STATS =
      Parameter.flag("include_stats", "whether statistics are told");
  private static final Parameter<Long> PREVIEW_SIZE =
      Parameter.integer("max_size", "rows and columns of a heatmap", 1, Ceilings.PREVIEW_SIDE)
          .or((long) Ceilings.PREVIEW_SIDE);
  private static final Parameter<Mode> MODE =
      Parameter.choice("mode", "matrix, heatmap or line", Mode.class).required();
  private static final Parameter<Reduce> REDUCE =
      Parameter.choice(
              "reduce", "what stands for the elements that one of the result covers", Reduce.class)
          .or(Reduce.STRIDE);
  private static final Parameter<Form> FORM =
      Parameter.choice("format", "how it is written; else what Accept names", Form.class);
  private static final Parameter<Long> ROW = offset("row_offset", "first row");
  private static final Parameter<Long> ROWS = extent("row_limit", "rows; of a matrix 100");
  private static final Parameter<Long> ROW_STEP = step("row_step");
  private static final Parameter<Long> COLUMN = offset("col_offset", "first column");
  private static final Parameter<Long> COLUMNS = extent("col_limit", "columns; of a matrix 100");
  private static final Parameter<Long> COLUMN_STEP = step("col_step");
  private static final Parameter<Long> SIZE =
      Parameter.integer("max_size", "rows and columns of a heatmap", 1, Ceilings.HEATMAP_SIDE)
          .or(512L);
  private static final Parameter<String> LINE_DIM =
      Parameter.text("line_dim", "row, col or an axis: which way the line goes");
  private static final Parameter<Long> LINE_INDEX =
      Parameter.integer("line_index", "index of the line in the other axis; the middle");
  private static final Parameter<Long> LINE = offset("line_offset", "first point");
  private static final Parameter<Long> POINTS = extent("line_limit", "points; all");
  private static final Parameter<DataWindow.Quality> QUALITY =
      Parameter.choice("quality", "whether a line may be thinned out", DataWindow.Quality.class)
          .or(DataWindow.Quality.AUTO);
  private static final Parameter<Long> MAX_POINTS =
      Parameter.integer("max_points", "points of an overview", 1, Ceilings.LINE_POINTS)
          .or((long) Ceilings.LINE_POINTS);
  private static final Parameter<List<String>> COMPARE =
      Parameter.texts("compare_paths", "up to 4 further datasets of the same shape");

  /** What part of a dataset is asked for, and as what. */
  enum Mode {
    MATRIX,
    HEATMAP,
    LINE
  }

  private final Hdf5Access hdf5;
  private final Ceilings ceilings;
  private final ListingRoutes listings;

  public ViewerRoutes(Hdf5Access hdf5, Service service) {
    this.hdf5 = hdf5;
    this.ceilings = Ceilings.of(service.limits());
    this.listings = new ListingRoutes(service.caches());
  }

  private static Parameter<Long> offset(String name, String what) {
    return Parameter.integer(name, what, 0, Long.MAX_VALUE).or(0L);
  }

  private static Parameter<Long> extent(String name, String what) {
    return Parameter.integer(name, what, 0, Long.MAX_VALUE);
  }

  private static Parameter<Long> step(String name) {
    return Parameter.integer(name, "every so many of them", 1, Long.MAX_VALUE / 4).or(1L);
  }

  private static Operation at(String verb, String id, String summary) {
    return Operation.at("/hdf5/files/<key>/" + verb, id, TAG, summary)
        .alsoAt("/files/<key>/" + verb)
        .with(KEY, BUCKET)
        .failsAs(ErrorDialect.VIEWER);
  }

  @Override
  public void register(Router router) {
    listings.register(router);
    router.get(
        at("children", "viewerChildren", "Members of a group; none where there is no such group")
            .with(GROUP, ETAG)
            .answers(200, "groups, datasets, types and links", JSON),
        x -> answer(x, (file, deadline) -> children(x, file)));
    router.get(
        at("meta", "viewerMeta", "An object in detail")
            .with(PATH, ETAG)
            .answers(200, "attributes, and of a dataset type, filters and fill value", JSON),
        x -> answer(x, (file, deadline) -> meta(x, file)));
    router.get(
        at("preview", "viewerPreview", "A first look at a dataset")
            .with(PATH, PREVIEW_MODE, DETAIL, STATS, DISPLAY, FIXED, PREVIEW_SIZE, REDUCE, ETAG)
            .answers(200, "table, plot, profile and statistics", JSON),
        x -> answer(x, (file, deadline) -> preview(x, file, deadline)));
    router.get(
        at("data", "viewerData", "A window of a dataset")
            .with(PATH, MODE, DISPLAY, FIXED, ROW, ROWS, ROW_STEP, COLUMN, COLUMNS, COLUMN_STEP)
            .with(SIZE, STATS, LINE_DIM, LINE_INDEX, LINE, POINTS, QUALITY, MAX_POINTS)
            .with(REDUCE, FORM, ETAG)
            .answers(
                200,
                "the elements; binary ones with X-Shape and X-Dtype",
                JSON,
                Form.BIN.mediaType(),
                Form.NPY.mediaType(),
                Form.ARROW.mediaType()),
        x -> answer(x, (file, deadline) -> data(x, file, deadline)));
    router.get(
        at("export/csv", "viewerExport", "A dataset as comma-separated values")
            .with(PATH, MODE, DISPLAY, FIXED, ROW, ROWS, ROW_STEP, COLUMN, COLUMNS, COLUMN_STEP)
            .with(LINE_DIM, LINE_INDEX, LINE, POINTS, COMPARE)
            .answers(200, "UTF-8 with a byte order mark", "text/csv")
            .costs(Cost.HEAVY),
        this::export);
    router.get(
        Operation.at("/hdf5/", "viewerRoutes", TAG, "What can be asked")
            .answers(200, "a page of links", "text/html"),
        x -> x.bytes("text/html; charset=utf-8", catalogue()));
  }

  private void answer(Exchange x, Hdf5Access.Maker maker) throws Exception {
    hdf5.answer(x, key(x), maker);
  }

  private static String key(Exchange x) {
    String key = x.value(KEY);
    return x.optional(BUCKET)
        .filter(b -> !key.startsWith(b + "/"))
        .map(b -> b + "/" + key)
        .orElse(key);
  }

  private static Hdf5Object object(OpenFile file, String path) {
    return file.find(path)
        .orElseThrow(() -> Problem.notFound(path + " not found in " + file.name()));
  }

  private static Reply children(Exchange x, OpenFile file) throws Exception {
    String path = x.value(GROUP);
    List<Hdf5Object> members =
        file.find(path)
            .filter(Hdf5Group.class::isInstance)
            .map(g -> file.members(g.path()))
            .orElse(List.of());
    return JsonText.reply(
        g -> {
          g.writeStartObject();
          g.writeBooleanField("success", true);
          g.writeStringField("key", x.value(KEY));
          g.writeStringField("path", path);
          g.writeArrayFieldStart("children");
          TreeJson tree = new TreeJson(file, g);
          for (Hdf5Object o : members) {
            tree.child(o);
          }
          g.writeEndArray();
          g.writeEndObject();
        });
  }

  private static Reply meta(Exchange x, OpenFile file) throws Exception {
    Hdf5Object o = object(file, x.value(PATH));
    return JsonText.reply(
        g -> {
          g.writeStartObject();
          g.writeBooleanField("success", true);
          g.writeStringField("key", x.value(KEY));
          g.writeObjectFieldStart("metadata");
          new TreeJson(file, g).meta(o, x.value(PATH));
          g.writeEndObject();
          g.writeEndObject();
        });
  }

  private static Plane plane(Exchange x, OpenFile file, String path, boolean strict) {
    if (!(object(file, path) instanceof Hdf5Dataset d)) {
      throw Problem.unprocessable(path + " is not a dataset");
    }
    Plane.Choice choice =
        new Plane.Choice(x.optional(DISPLAY).orElse(null), x.optional(FIXED).orElse(null));
    return Plane.of(file, d, choice, strict);
  }

  private Reply preview(Exchange x, OpenFile file, Deadline deadline) throws Exception {
    Preview.Detail detail = x.value(DETAIL);
    Preview.Wish wish =
        new Preview.Wish(
            x.value(PREVIEW_MODE),
            detail,
            x.optional(STATS).orElse(detail == Preview.Detail.FULL),
            x.value(PREVIEW_SIZE).intValue(),
            x.value(REDUCE));
    Plane plane = plane(x, file, x.value(PATH), false);
    return new Preview(hdf5.elements(), plane, wish, deadline).make(x.value(KEY), file.version());
  }

  private static Window window(Exchange x, Plane plane, long usual) {
    return Window.within(
        plane,
        x.value(ROW),
        x.value(COLUMN),
        x.optional(ROWS).orElse(usual),
        x.optional(COLUMNS).orElse(usual),
        x.value(ROW_STEP),
        x.value(COLUMN_STEP));
  }

  private Reply data(Exchange x, OpenFile file, Deadline deadline) throws Exception {
    Plane plane = plane(x, file, x.value(PATH), true);
    Form form = x.optional(FORM).orElse(Form.accepted(x.header("Accept")));
    DataWindow data =
        new DataWindow(hdf5.elements(), ceilings, plane, form, x.value(REDUCE), deadline);
    return switch (x.value(MODE)) {
      case MATRIX -> data.matrix(window(x, plane, 100));
      case HEATMAP ->
          data.heatmap(
              window(x, plane, Long.MAX_VALUE).every(1, 1),
              x.value(SIZE).intValue(),
              x.optional(STATS).orElse(false));
      case LINE -> data.line(line(x));
    };
  }

  private static DataWindow.Line line(Exchange x) {
    return new DataWindow.Line(
        x.optional(LINE_DIM).orElse(null),
        x.optional(LINE_INDEX).orElse(null),
        x.value(LINE),
        x.optional(POINTS).orElse(null),
        x.optional(QUALITY).orElse(DataWindow.Quality.AUTO),
        x.optional(MAX_POINTS).orElse((long) Ceilings.LINE_POINTS).intValue());
  }

  private void export(Exchange x) throws Exception {
    Located located = x.locate(key(x));
    Mode mode = x.value(MODE);
    try (OpenFile file = hdf5.files().open(located, located.status(), x.deadline())) {
      List<String> paths = new ArrayList<>(List.of(x.value(PATH)));
      paths.addAll(x.value(COMPARE));
      if (paths.size() > 1 + MOST_COMPARED) {
        throw Problem.invalid("compare_paths", "at most " + MOST_COMPARED);
      }
      List<Plane> planes = new ArrayList<>();
      for (String p : paths) {
        Plane plane = plane(x, file, p, true);
        if (!plane.shape().equals(planes.isEmpty() ? plane.shape() : planes.get(0).shape())) {
          throw Problem.unprocessable(p + " has another shape than " + paths.get(0));
        }
        planes.add(plane);
      }
      CsvExport csv = new CsvExport(hdf5.elements(), x.deadline());
      csv.check(planes.get(0));
      String name =
          CsvText.fileName(located.key() + "_" + paths.get(0))
              + "_"
              + mode.name().toLowerCase(Locale.ROOT)
              + "_full.csv";
      x.header("Cache-Control", "no-store");
      x.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
      CsvBody body =
          mode == Mode.LINE ? lines(x, csv, planes, paths) : whole(x, csv, planes.get(0));
      x.stream("text/csv; charset=utf-8", -1, body::write);
    }
  }

  /** Writes a file, and gives faults of any kind on. */
  private interface CsvBody {
    void writeTo(java.io.OutputStream out) throws Exception;

    default void write(java.io.OutputStream out) throws java.io.IOException {
      try {
        writeTo(out);
      } catch (java.io.IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("the export was interrupted", e);
      }
    }
  }

  private CsvBody whole(Exchange x, CsvExport csv, Plane plane) {
    Window w = window(x, plane, Long.MAX_VALUE);
    ceilings.csvCells().check(w.cells());
    return out -> csv.plane(plane, w, out);
  }

  private CsvBody lines(Exchange x, CsvExport csv, List<Plane> planes, List<String> paths) {
    DataWindow.Line line =
        new DataWindow.Line(
            x.optional(LINE_DIM).orElse(null),
            x.optional(LINE_INDEX).orElse(null),
            x.value(LINE),
            x.optional(POINTS).orElse(null),
            DataWindow.Quality.EXACT,
            Ceilings.LINE_POINTS);
    List<Plane> along = planes.stream().map(p -> DataWindow.along(p, line)).toList();
    long extent = along.get(0).columns();
    long offset = Math.min(line.offset(), extent);
    long limit = line.limit() == null ? extent : line.limit();
    long points = ceilings.csvPoints().check(Math.min(limit, extent - offset));
    return out -> csv.lines(along, paths, offset, points, out);
  }

  private static byte[] catalogue() {
    StringBuilder page =
        new StringBuilder(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>HDF5 files</title>"
                + "<h1>HDF5 files</h1><ul>");
    for (String link :
        List.of("/hdf5/files", "/hdf5/browse", "/h5grove/", "/openapi.json", "/limits")) {
      page.append("<li><a href=\"").append(link).append("\">").append(link).append("</a>");
    }
    for (String verb : List.of("children", "meta", "preview", "data", "export/csv")) {
      page.append("<li><code>/hdf5/files/KEY/").append(verb).append("?path=/</code>");
    }
    return page.append("</ul></html>").toString().getBytes(StandardCharsets.UTF_8);
  }
}
