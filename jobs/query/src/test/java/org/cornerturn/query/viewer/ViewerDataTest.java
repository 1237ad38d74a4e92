package org.cornerturn.query.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.hdf5.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of data as HDF Viewer asks for them: reduced, turned, binary and as CSV. */
class ViewerDataTest {
  private static final String TYPES = "/files/types.h5/data?";
  private static final String PLANES = "/hdf5/files/data/sub/planes.h5/data?";
  private static final String CSV = "/files/sub/planes.h5/export/csv?";
  private static final int SPIKE_ROW = 123;
  private static final int SPIKE_COLUMN = 457;

  @TempDir private static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("sub"));
    OutsideProgram.python("h5py", "make_types.py", data.resolve("types.h5").toString());
    OutsideProgram.python("h5py", "make_planes.py", data.resolve("sub/planes.h5").toString());
    service = RunningService.start(folder.resolve("warehouse"), Map.of("root.data", "" + data));
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void axesAreChosenAndTurned() {
    String array = TYPES + "path=/chunked&mode=matrix";
    JsonNode straight =
        service.json(array + "&display_dims=0,2&fixed_indices=1%3D-1&row_limit=3&col_limit=2");
    JsonNode turned =
        service.json(array + "&display_dims=2,0&fixed_indices=1:32&row_limit=2&col_limit=3");
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
            PLANES + "path=/plane&mode=heatmap&reduce=max&include_stats=true&max_size=" + size);
    int rowStep = map.get("downsample_info").get("row_step").asInt();
    int columnStep = map.get("downsample_info").get("col_step").asInt();
    double spike =
        map.get("data").get(SPIKE_ROW / rowStep).get(SPIKE_COLUMN / columnStep).asDouble();
    assertThat(spike).isEqualTo(1e6);
    assertThat(map.get("stats").get("max").asDouble()).isEqualTo(1e6);
    JsonNode line =
        service.json(
            PLANES + "path=/line&mode=line&quality=overview&reduce=min&max_points=" + size);
    int step = line.get("line_step").asInt();
    assertThat(line.get("data").get(77_777 / step).asDouble()).isEqualTo(-1e6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max", "mean", "stride"})
  void aWindowOfAHeatmapIsWhatAPlainLoopGives(String reduce) {
    String window = PLANES + "path=/plane&row_offset=100&row_limit=77&col_offset=401&col_limit=99";
    JsonNode map = service.json(window + "&mode=heatmap&max_size=9&reduce=" + reduce);
    JsonNode all = service.json(window + "&mode=matrix");
    int rowStep = map.get("downsample_info").get("row_step").asInt();
    int columnStep = map.get("downsample_info").get("col_step").asInt();
    for (int r = 0; r < map.get("shape").get(0).asInt(); r++) {
      for (int c = 0; c < map.get("shape").get(1).asInt(); c++) {
        double expected =
            naive(all.get("data"), reduce, r * rowStep, c * columnStep, rowStep, columnStep);
        assertThat(map.get("data").get(r).get(c).asDouble())
            .isCloseTo(expected, withPercentage(1e-4));
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
    String question = PLANES + "path=/plane&mode=heatmap&max_size=100&reduce=max";
    HttpResponse<byte[]> bin = service.get(question, "Accept", "application/octet-stream");
    assertThat(bin.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(bin.headers().firstValue("X-Shape")).contains("100,100");
    assertThat(bin.headers().firstValue("X-Dtype")).contains("<f4");
    assertThat(bin.headers().firstValue("X-Row-Step")).contains("3");
    ByteBuffer values = ByteBuffer.wrap(bin.body()).order(ByteOrder.LITTLE_ENDIAN);
    int at = SPIKE_ROW / 3 * 100 + SPIKE_COLUMN / 5;
    assertThat(values.getFloat(4 * at)).isEqualTo(1e6f);
    HttpResponse<byte[]> npy = service.get(question + "&format=npy");
    assertThat(new String(npy.body(), 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
    HttpResponse<byte[]> arrow =
        service.get(question, "Accept", "application/vnd.apache.arrow.stream");
    assertThat(arrow.headers().firstValue("Content-Type"))
        .contains("application/vnd.apache.arrow.stream");
    assertThat(service.get(TYPES + "path=/string_vlen&mode=matrix&format=bin").statusCode())
        .isEqualTo(406);
  }

  @Test
  void numbersOfACsvStayNumbers() {
    HttpResponse<byte[]> r =
        service.get(
            CSV + "path=/line&mode=line&line_offset=77776&line_limit=2&compare_paths=/line2");
    assertThat(r.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(r.headers().firstValue("Content-Disposition").orElse(""))
        .contains("sub_planes.h5_line_line_full.csv");
    String[] lines = RunningService.text(r).split("\r\n");
    assertThat(lines[0]).isEqualTo("\ufeffindex,/line,/line2");
    assertThat(lines[2]).isEqualTo("77777,-1000000.0,-5");
    String matrix =
        RunningService.text(
            service.get(
                CSV
                    + "path=/plane&mode=matrix&row_offset=122&row_limit=2&col_offset=457&col_limit=1"));
    assertThat(matrix).startsWith("\ufeffrow\\col,457\r\n122,").endsWith("123,1000000.0\r\n");
    String formulas = RunningService.text(service.get(CSV + "path=/formulas&mode=matrix"));
    assertThat(formulas).contains("0,'=1+1\r\n").contains("1,\"a,b\"\r\n");
  }

  @Test
  void sparsePlanesAreFilledWithTheFillValue() {
    String huge = PLANES + "path=/huge&mode=matrix";
    JsonNode m = service.json(huge + "&row_limit=1&col_limit=2&row_offset=99999999");
    assertThat(m.get("data").get(0).get(1).asInt()).isEqualTo(-3);
    JsonNode thinned = service.json(huge + "&row_limit=100000000&col_limit=1&row_step=1000000");
    assertThat(thinned.get("data")).hasSize(100);
  }
}
