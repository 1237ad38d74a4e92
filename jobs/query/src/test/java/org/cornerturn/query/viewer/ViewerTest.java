package org.cornerturn.query.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.query.hdf5.RunningService.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
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

/** Listings, members, metadata and previews as HDF Viewer asks for them, and what it is refused. */
class ViewerTest {
  private static final String FILE = "/files/types.h5";
  private static final int ROWS = 300;

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
  void thePageOfLinksIsThere() {
    assertThat(RunningService.text(service.get("/hdf5/"))).contains("/hdf5/files");
  }
}
