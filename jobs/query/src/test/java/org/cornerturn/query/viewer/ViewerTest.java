package org.cornerturn.query.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.query.hdf5.RunningService.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.hdf5.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerTest {
  private static final String FILE = "/files/types.h5";
  private static final int ROWS = 300;
  private static final int COLUMNS = 500;
  private static final int SPIKE_ROW = 123;
  private static final int SPIKE_COLUMN = 457;

  @TempDir private static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    Path data = java.nio.file.Files.createDirectories(folder.resolve("data/sub"));
    OutsideProgram.python("h5py", "make_types.py", folder.resolve("data/types.h5").toString());
    OutsideProgram.python("h5py", "make_planes.py", data.resolve("planes.h5").toString());
    service =
        RunningService.start(
            folder.resolve("warehouse"), Map.of("root.data", folder.resolve("data").toString()));
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private static String plane(String... parameters) {
    return query("/hdf5/files/data/sub/planes.h5/data", parameters);
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(n -> n.path(field).asText())
        .toList();
  }

  @Test
  void listsFilesAndFolders() throws Exception {
    JsonNode all = service.json("/files");
    assertThat(texts(all.get("files"), "key")).containsExactly("sub/", "sub/planes.h5", "types.h5");
    assertThat(all.get("files_count").asInt()).isEqualTo(2);
    assertThat(all.get("folders_count").asInt()).isEqualTo(1);
    assertThat(all.get("truncated").asBoolean()).isFalse();
    assertThat(service.json("/files").get("cached").asBoolean()).isTrue();
    assertThat(service.post("/files/refresh").statusCode()).isEqualTo(200);
    assertThat(service.json("/files").get("cached").asBoolean()).isFalse();
    JsonNode some = service.json("/hdf5/files?prefix=sub/&include_folders=no&bucket=data");
    assertThat(texts(some.get("files"), "key")).containsExactly("sub/planes.h5");
    JsonNode one = service.json("/files?max_items=1");
    assertThat(one.get("files_count").asInt()).isEqualTo(1);
    assertThat(one.get("truncated").asBoolean()).isTrue();
    JsonNode folderOnly = service.json("/api/browse?prefix=sub");
    assertThat(texts(folderOnly.get("files"), "name")).containsExactly("planes.h5");
    assertThat(texts(folderOnly.get("breadcrumbs"), "name")).containsExactly("roots", "sub");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/types.h5/children",
        "/files/data/types.h5/children?path=/",
        "/files/data%2Ftypes.h5/children",
        "/hdf5/files/types.h5/children",
        "/files/types.h5/children?bucket=data"
      })
  void childrenAtEveryPlace(String address) {
    JsonNode children = service.json(address).get("children");
    Map<String, JsonNode> byName = new HashMap<>();
    children.forEach(c -> byName.put(c.get("name").asText(), c));
    assertThat(byName.get("chunked").get("compression").asText()).isEqualTo("gzip");
    assertThat(byName.get("chunked").get("dtype").asText()).isEqualTo("float64");
    assertThat(byName.get("group").get("num_children").asInt()).isEqualTo(1);
    assertThat(byName.get("soft").get("type").asText()).isEqualTo("group");
    assertThat(byName.get("soft").get("link").get("kind").asText()).isEqualTo("soft");
    assertThat(byName.get("dangling").get("type").asText()).isEqualTo("link");
    assertThat(byName.get("external").get("link").get("target").asText()).contains("other.h5");
    assertThat(byName.get("type").get("type").asText()).isEqualTo("datatype");
  }

  @Test
  void membersOfNothingAreNone() {
    assertThat(service.json(FILE + "/children?path=/nowhere").get("children")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/int_be_i2, Integer, >i2", "/float_le_f4, Float, float32", "/bool, Boolean, bool",
    "/enum, Enum, int16", "/string_vlen, String, object", "/compound, Compound,",
    "/vlen, Vlen, object", "/opaque_list, Opaque, |V3", "/ref, Reference, object",
    "/array, Array, |V24", "/string_scalar, String, object", "/bool_scalar, Boolean, bool"
  })
  void metaTellsEveryType(String path, String className, String dtype) {
    JsonNode m = service.json(query(FILE + "/meta", "path", path)).get("metadata");
    assertThat(m.get("type").get("class").asText()).isEqualTo(className);
    if (dtype != null) {
      assertThat(m.get("dtype").asText()).isEqualTo(dtype);
    }
  }

  @Test
  void metaTellsFiltersFillValueAndAttributes() {
    JsonNode m = service.json(FILE + "/meta?path=/chunked").get("metadata");
    assertThat(texts(m.get("filters"), "name")).containsExactly("shuffle", "gzip", "fletcher32");
    assertThat(m.get("compression_opts").asInt()).isEqualTo(4);
    JsonNode filled = service.json(FILE + "/meta?path=/filled").get("metadata");
    assertThat(filled.get("fill_value").asInt()).isEqualTo(-7);
    JsonNode root = service.json(FILE + "/meta?path=/").get("metadata");
    assertThat(root.get("kind").asText()).isEqualTo("group");
    assertThat(root.get("num_attributes").asInt()).isEqualTo(14);
    assertThat(texts(root.get("attributes"), "name")).contains("matrix", "ref");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/int_be_i2",
        "/float_le_f2",
        "/complex_c8",
        "/bool",
        "/bool_scalar",
        "/enum",
        "/string_vlen",
        "/string_scalar",
        "/string_fixed",
        "/opaque",
        "/compound",
        "/compound_scalar",
        "/compound_vlen",
        "/vlen",
        "/array",
        "/ref",
        "/region",
        "/chunked",
        "/filled",
        "/zero_size",
        "/group/sub/deep",
        "/soft_data"
      })
  void everyTypeHasAPreviewAMatrixAndAnExport(String path) {
    JsonNode preview = service.json(query(FILE + "/preview", "path", path));
    assertThat(preview.get("success").asBoolean()).isTrue();
    assertThat(preview.get("table").isNull() && preview.get("plot").isNull()).isFalse();
    assertThat(service.json(query(FILE + "/data", "path", path, "mode", "matrix")).has("data"))
        .isTrue();
    HttpResponse<byte[]> csv =
        service.get(query(FILE + "/export/csv", "path", path, "mode", "matrix"));
    assertThat(csv.statusCode()).as(RunningService.text(csv)).isEqualTo(200);
  }

  @Test
  void aPreviewHasTablePlotProfileAndStatistics() {
    JsonNode p = service.json(query("/files/sub/planes.h5/preview", "path", "/plane"));
    assertThat(p.get("preview_type").asText()).isEqualTo("2d");
    assertThat(p.get("table").get("data")).hasSize(200);
    assertThat(p.get("plot").get("shape").get(0).asInt()).isEqualTo(ROWS);
    assertThat(p.get("profile").get("row").asInt()).isEqualTo(150);
    assertThat(p.get("stats").get("sample_size").asInt()).isPositive();
    JsonNode line = service.json(query("/files/sub/planes.h5/preview", "path", "/line"));
    assertThat(line.get("plot").get("x_step").asInt()).isEqualTo(34);
    assertThat(line.get("plot").get("y")).hasSize(2942);
    assertThat(line.get("table").get("values")).hasSize(1000);
  }

  @Test
  void axesAreChosenAndTurned() {
    String[] window = {"mode", "matrix", "row_limit", "2", "col_limit", "3"};
    JsonNode straight =
        service.json(
            query(
                FILE + "/data",
                "path",
                "/chunked",
                "mode",
                "matrix",
                "display_dims",
                "0,2",
                "fixed_indices",
                "1=-1",
                "row_limit",
                "3",
                "col_limit",
                "2"));
    JsonNode turned =
        service.json(
            query(
                FILE + "/data",
                "path",
                "/chunked",
                "display_dims",
                "2,0",
                "fixed_indices",
                "1:32",
                window[0],
                window[1],
                window[2],
                window[3],
                window[4],
                window[5]));
    for (int r = 0; r < 2; r++) {
      for (int c = 0; c < 3; c++) {
        assertThat(turned.get("data").get(r).get(c)).isEqualTo(straight.get("data").get(c).get(r));
      }
    }
    assertThat(turned.get("fixed_indices").get("1").asInt()).isEqualTo(32);
  }

  /** A single high element is in every heatmap and line that keeps the extremes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 300, 1024})
  void noReductionLosesASpike(int size) {
    JsonNode map =
        service.json(
            plane(
                "path",
                "/plane",
                "mode",
                "heatmap",
                "max_size",
                Integer.toString(size),
                "reduce",
                "max",
                "include_stats",
                "true"));
    int rowStep = map.get("downsample_info").get("row_step").asInt();
    int columnStep = map.get("downsample_info").get("col_step").asInt();
    double spike =
        map.get("data").get(SPIKE_ROW / rowStep).get(SPIKE_COLUMN / columnStep).asDouble();
    assertThat(spike).isEqualTo(1e6);
    assertThat(map.get("stats").get("max").asDouble()).isEqualTo(1e6);
    JsonNode line =
        service.json(
            plane(
                "path",
                "/line",
                "mode",
                "line",
                "quality",
                "overview",
                "max_points",
                Integer.toString(size),
                "reduce",
                "min"));
    int step = line.get("line_step").asInt();
    assertThat(line.get("data").get(77_777 / step).asDouble()).isEqualTo(-1e6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max", "mean", "stride"})
  void aWindowOfAHeatmapIsWhatAPlainLoopGives(String reduce) {
    JsonNode map =
        service.json(
            plane(
                "path",
                "/plane",
                "mode",
                "heatmap",
                "max_size",
                "9",
                "reduce",
                reduce,
                "row_offset",
                "100",
                "row_limit",
                "77",
                "col_offset",
                "401",
                "col_limit",
                "99"));
    JsonNode all =
        service.json(
            plane(
                "path",
                "/plane",
                "mode",
                "matrix",
                "row_offset",
                "100",
                "row_limit",
                "77",
                "col_offset",
                "401",
                "col_limit",
                "99"));
    int rowStep = map.get("downsample_info").get("row_step").asInt();
    int columnStep = map.get("downsample_info").get("col_step").asInt();
    for (int r = 0; r < map.get("shape").get(0).asInt(); r++) {
      for (int c = 0; c < map.get("shape").get(1).asInt(); c++) {
        double expected =
            naive(all.get("data"), reduce, r * rowStep, c * columnStep, rowStep, columnStep);
        assertThat(map.get("data").get(r).get(c).asDouble())
            .isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(1e-4));
      }
    }
  }

  private static double naive(JsonNode data, String how, int row, int column, int dr, int dc) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int n = 0;
    for (int r = row; r < Math.min(row + dr, data.size()); r++) {
      for (int c = column; c < Math.min(column + dc, data.get(r).size()); c++) {
        double v = data.get(r).get(c).asDouble();
        least = Math.min(least, v);
        greatest = Math.max(greatest, v);
        sum += v;
        n++;
      }
    }
    return switch (how) {
      case "min" -> least;
      case "max" -> greatest;
      case "mean" -> sum / n;
      default -> data.get(row).get(column).asDouble();
    };
  }

  @Test
  void binaryAnswersTellShapeAndType() {
    String question =
        plane("path", "/plane", "mode", "heatmap", "max_size", "100", "reduce", "max");
    HttpResponse<byte[]> bin = service.get(question, "Accept", "application/octet-stream");
    assertThat(bin.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(bin.headers().firstValue("X-Shape")).contains("100,100");
    assertThat(bin.headers().firstValue("X-Dtype")).contains("<f4");
    assertThat(bin.headers().firstValue("X-Row-Step")).contains("3");
    ByteBuffer values = ByteBuffer.wrap(bin.body()).order(ByteOrder.LITTLE_ENDIAN);
    int at = SPIKE_ROW / 3 * 100 + SPIKE_COLUMN / 5;
    assertThat(values.getFloat(4 * at)).isEqualTo(1e6f);
    HttpResponse<byte[]> npy = service.get(question + "&format=npy");
    assertThat(new String(npy.body(), 1, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("NUMPY");
    HttpResponse<byte[]> arrow =
        service.get(question, "Accept", "application/vnd.apache.arrow.stream");
    assertThat(arrow.headers().firstValue("Content-Type"))
        .contains("application/vnd.apache.arrow.stream");
    assertThat(
            service
                .get(
                    query(
                        FILE + "/data", "path", "/string_vlen", "mode", "matrix", "format", "bin"))
                .statusCode())
        .isEqualTo(406);
  }

  @Test
  void numbersOfACsvStayNumbers() {
    HttpResponse<byte[]> r =
        service.get(
            query(
                "/files/sub/planes.h5/export/csv",
                "path",
                "/line",
                "mode",
                "line",
                "line_offset",
                "77776",
                "line_limit",
                "2",
                "compare_paths",
                "/line2"));
    assertThat(r.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(r.headers().firstValue("Content-Disposition").orElse(""))
        .contains("sub_planes.h5_line_line_full.csv");
    String[] lines = RunningService.text(r).split("\r\n");
    assertThat(lines[0]).isEqualTo("\ufeffindex,/line,/line2");
    assertThat(lines[2]).isEqualTo("77777,-1000000.0,-5");
    String matrix =
        RunningService.text(
            service.get(
                query(
                    "/files/sub/planes.h5/export/csv",
                    "path",
                    "/plane",
                    "mode",
                    "matrix",
                    "row_offset",
                    "122",
                    "row_limit",
                    "2",
                    "col_offset",
                    "457",
                    "col_limit",
                    "1")));
    assertThat(matrix).startsWith("\ufeffrow\\col,457\r\n122,").endsWith("123,1000000.0\r\n");
    String formulas =
        RunningService.text(
            service.get(
                query("/files/sub/planes.h5/export/csv", "path", "/formulas", "mode", "matrix")));
    assertThat(formulas).contains("0,'=1+1\r\n").contains("1,\"a,b\"\r\n");
  }

  @Test
  void anAnswerThatTheAskerHasIsNotSentAgain() throws Exception {
    String question = FILE + "/data?path=/chunked&mode=matrix";
    HttpResponse<byte[]> first = service.get(question);
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> second = service.get(question, "If-None-Match", etag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(
            service
                .get(question, "Accept", "application/octet-stream")
                .headers()
                .firstValue("ETag")
                .orElseThrow())
        .isNotEqualTo(etag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path=/plane&mode=matrix&row_limit=9000&col_limit=9000&row_step=1 | 200",
        "path=/huge&mode=matrix&row_limit=2001 | 413",
        "path=/huge&mode=heatmap&reduce=max | 413",
        "path=/huge&mode=line&quality=exact | 413",
        "path=/plane&mode=heatmap&max_size=1025 | 400",
        "path=/plane&mode=matrix&display_dims=0,0 | 400",
        "path=/plane&mode=matrix&display_dims=0,7 | 400",
        "path=/plane&mode=line&line_index=300 | 400",
        "path=/plane&mode=line&line_dim=9 | 400",
        "path=/plane&mode=nothing | 400",
        "path=/plane | 400",
        "mode=matrix | 400",
        "path=/nothing&mode=matrix | 404",
        "path=/&mode=matrix | 422",
        "path=/formulas&mode=heatmap | 422",
        "path=/formulas&mode=matrix&reduce=mean&row_step=2 | 422",
        "path=/plane&mode=matrix&row_offset=9223372036854775807 | 200"
      })
  void whatIsTooMuchOrWrongIsTold(String parameters, int status) {
    HttpResponse<byte[]> r = service.get("/files/sub/planes.h5/data?" + parameters);
    assertThat(r.statusCode()).as(RunningService.text(r)).isEqualTo(status);
    if (status != 200) {
      JsonNode problem = RunningService.json(r);
      assertThat(problem.get("success").asBoolean()).isFalse();
      assertThat(problem.get("error").asText()).isNotBlank();
      assertThat(problem.has("limit")).isEqualTo(status == 413);
    }
  }

  @Test
  void sparsePlanesAreFilledWithTheFillValue() {
    JsonNode m =
        service.json(
            plane(
                "path",
                "/huge",
                "mode",
                "matrix",
                "row_limit",
                "1",
                "col_limit",
                "2",
                "row_offset",
                "99999999"));
    assertThat(m.get("data").get(0).get(1).asInt()).isEqualTo(-3);
    JsonNode thinned =
        service.json(
            plane(
                "path",
                "/huge",
                "mode",
                "matrix",
                "row_limit",
                "100000000",
                "col_limit",
                "1",
                "row_step",
                "1000000"));
    assertThat(thinned.get("data")).hasSize(100);
  }

  @Test
  void thePageOfLinksIsThere() {
    assertThat(RunningService.text(service.get("/hdf5/"))).contains("/hdf5/files");
  }
}
