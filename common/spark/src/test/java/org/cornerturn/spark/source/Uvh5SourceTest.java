package org.cornerturn.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.spark.source.SourceSession.Answer;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Header;
import org.cornerturn.uvh5.VisibilityReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Uvh5SourceTest {
  @TempDir private static Path folder;
  private static SparkSession spark;

  /** Two subbands of 8 channels: 4 times, 3 baselines, 2 correlations, chunks of (3, 4, 2). */
  @BeforeAll
  static void files() throws IOException, InterruptedException {
    spark = SourceSession.spark();
    OutsideProgram.python("h5py", "make_uvh5.py", folder.toString());
  }

  private static Dataset<Row> subband() {
    return spark.read().format("uvh5").load(folder.resolve("sb01.uvh5").toString());
  }

  /** Visibilities are (1000 row + 10 channel + correlation) + i (row), a subband adds 100. */
  @Test
  void everyVisibilityIsARow() {
    Dataset<Row> t = subband();
    assertThat(t.schema().simpleString())
        .isEqualTo(
            "struct<time:timestamp,mjd:double,integration_time_s:double,antenna1:int,antenna2:int,"
                + "antenna1_name:string,antenna2_name:string,channel:bigint,frequency_hz:double,"
                + "channel_width_hz:double,spectral_window:int,polarization:string,"
                + "visibility_real:float,visibility_imag:float,flag:boolean,nsamples:float,"
                + "u:double,v:double,w:double>");
    List<Row> rows = t.selectExpr("row", "*").collectAsList();
    assertThat(rows).hasSize(12 * 8 * 2);
    for (Row r : rows) {
      long row = r.getAs("row");
      long channel = r.getAs("channel");
      String pol = r.getAs("polarization");
      assertThat(r.<Float>getAs("visibility_real"))
          .isEqualTo(100 + 1000 * row + 10 * channel + (pol.equals("XX") ? 0 : 1));
      assertThat(r.<Float>getAs("visibility_imag")).isEqualTo(row);
      assertThat(r.<Boolean>getAs("flag")).isEqualTo(row == 5 && channel == 2);
      assertThat(r.<Double>getAs("frequency_hz")).isEqualTo(1.4e9 + 1e6 * (8 + channel));
      assertThat(r.<Integer>getAs("antenna1")).isEqualTo(row % 3 == 2 ? 20 : 10);
      assertThat(r.<String>getAs("antenna2_name")).isEqualTo(row % 3 == 0 ? "b" : "c");
      assertThat(r.<Double>getAs("v")).isEqualTo(row + .5);
      Instant time = r.<Timestamp>getAs("time").toInstant();
      Instant stated = Instant.parse("2023-03-15T12:00:00Z").plusSeconds(10 * (row / 3));
      assertThat(Duration.between(stated, time).abs()).isLessThan(Duration.ofNanos(50_000));
    }
  }

  @Test
  void conditionsSpareChunksOfRowsChannelsAndFiles() {
    Dataset<Row> all = spark.read().format("uvh5").load(folder + "/sb*.uvh5");
    assertThat(all.count()).isEqualTo(2 * 12 * 8 * 2);
    Answer a =
        SourceSession.run(
            all.select("visibility_real")
                .where(
                    "frequency_hz between 1.409e9 and 1.411e9"
                        + " and time between timestamp'2023-03-15T12:00:09Z' and"
                        + " timestamp'2023-03-15T12:00:11Z' and polarization = 'YY'"
                        + " and antenna1 = 20"));
    assertThat(a.rows().stream().map(r -> r.getFloat(0))).containsExactly(5111f, 5121f, 5131f);
    assertThat(a.metric("chunksRead")).isEqualTo(1);
    assertThat(a.metric("chunksPruned")).isEqualTo(2 * 8 - 1);
    Answer flags = SourceSession.run(all.select("flag").where("mjd > 60018.5002"));
    assertThat(flags.rows()).hasSize(2 * 6 * 8 * 2);
    assertThat(flags.metric("chunksRead")).isEqualTo(2 * 4);
  }

  @Test
  void aSpectrumIsARowOnDemand() {
    Dataset<Row> spectra =
        spark
            .read()
            .format("uvh5")
            .option("rows", "spectrum")
            .load(folder.resolve("sb01.uvh5").toString());
    List<Row> rows =
        spectra
            .where("antenna2_name = 'b' and polarization = 'YY'")
            .select("row", "frequency_hz", "visibility_real", "flag", "u")
            .collectAsList();
    assertThat(rows).hasSize(4);
    for (Row r : rows) {
      long row = r.getLong(0);
      assertThat(r.<Double>getList(1)).hasSize(8).startsWith(1.408e9).endsWith(1.415e9);
      List<Float> expected = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        expected.add(101f + 1000 * row + 10 * c);
      }
      assertThat(r.<Float>getList(2)).isEqualTo(expected);
      assertThat(r.<Boolean>getList(3)).hasSize(8);
      assertThat(r.getDouble(4)).isEqualTo(10.0 * row);
    }
  }

  static Stream<Path> corpus() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    List<Path> files = new ArrayList<>();
    for (String place : List.of("uvh5", "derived", "dsa")) {
      if (corpus != null && Files.isDirectory(Path.of(corpus, place))) {
        try (Stream<Path> all = Files.list(Path.of(corpus, place))) {
          all.filter(f -> f.toString().endsWith(".uvh5")).sorted().forEach(files::add);
        }
      }
    }
    return files.isEmpty() ? Stream.of(Path.of("none")) : files.stream();
  }

  /** Every row of a real file is what the plain reader gives. */
  @ParameterizedTest
  @MethodSource("corpus")
  void realFilesReadAsThePlainReaderReadsThem(Path path) throws IOException {
    assumeTrue(Files.exists(path), "CORNERTURN_CORPUS names no folder with uvh5 files");
    try (Uvh5File file = Uvh5File.open(Hdf5Access.channel(path.toString(), Map.of()))) {
      Uvh5Header h = file.header();
      VisibilityReader reader = file.reader();
      int rows = (int) h.rows();
      int channels = reader.source().rank() == 3 ? h.channels() : h.totalChannels();
      assumeTrue(channels == h.channels(), "several windows of rank 4");
      int pols = reader.source().polarizations();
      Block visibilities = reader.visibilities(0, rows, 0, channels, Primitive.COMPLEX64);
      float[] expected = visibilities.floats();
      byte[] flags = reader.flags(0, rows, 0, channels).bytes();
      double[] samples = reader.samples(0, rows, 0, channels).toDoubles();
      double[] uvw = file.rows().uvwMetres(0, rows);
      double[] times = file.rows().julianDates(0, rows);
      int[] antenna2 = file.rows().antenna2(0, rows);
      Map<Integer, Double> frequencies = new TreeMap<>();
      h.groups()
          .forEach(
              g -> {
                for (int c = 0; c < g.channels(); c++) {
                  frequencies.put(g.fileChannel(c), g.window().frequencyHz(c));
                }
              });
      Dataset<Row> table =
          spark
              .read()
              .format("uvh5")
              .load(path.toString())
              .select(
                  "row",
                  "channel",
                  "polarization",
                  "visibility_real",
                  "visibility_imag",
                  "flag",
                  "nsamples",
                  "w",
                  "mjd",
                  "antenna2",
                  "frequency_hz");
      long count = 0;
      int at = 0;
      for (Row r : table.collectAsList()) {
        int row = (int) r.getLong(0);
        int channel = (int) r.getLong(1);
        at = h.polarizations().isEmpty() ? 0 : polarization(h, r.getString(2));
        int i = (row * channels + channel) * pols + at;
        assertThat(r.getFloat(3)).isEqualTo(Float.valueOf(expected[2 * i]));
        assertThat(r.getFloat(4)).isEqualTo(Float.valueOf(expected[2 * i + 1]));
        assertThat(r.getBoolean(5)).isEqualTo(flags[i] != 0);
        assertThat(r.getFloat(6)).isEqualTo((float) samples[i]);
        assertThat(r.getDouble(7)).isEqualTo(uvw[3 * row + 2]);
        assertThat(r.getDouble(8)).isEqualTo(JulianDate.of(times[row]).modified());
        assertThat(r.getInt(9)).isEqualTo(antenna2[row]);
        assertThat(r.getDouble(10)).isEqualTo(frequencies.get(channel));
        count++;
      }
      assertThat(count).isEqualTo((long) rows * channels * pols);
    }
  }

  private static int polarization(Uvh5Header h, String name) {
    for (int i = 0; i < h.polarizations().size(); i++) {
      if (h.polarizations().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no correlation " + name);
  }
}
