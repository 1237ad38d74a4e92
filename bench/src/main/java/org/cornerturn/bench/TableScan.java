package org.cornerturn.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.spark.Sessions;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.VisibilityReader;

/**
 * Scans one column of a UVH5 file on one core, by the reader alone and by a query of Spark, in
 * turn. Arguments: the file, the number of rounds. The reader's loop adds up what it has read, as
 * the query does.
 */
public final class TableScan {
  private TableScan() {}

  /** Something that is measured; its value keeps it from being optimised away. */
  private interface Scan {
    double run() throws IOException;
  }

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    SparkSession spark =
        Sessions.session(
            "scan",
            "local[1]",
            Map.of("spark.ui.showConsoleProgress", "false", "spark.log.level", "ERROR"));
    Dataset<Row> rows = spark.read().format("uvh5").load(path.toString());
    Dataset<Row> spectra =
        spark.read().format("uvh5").option("rows", "spectrum").load(path.toString());
    rows.createOrReplaceTempView("vis");
    spectra.createOrReplaceTempView("spectra");
    double bytes = bytes(path);
    Map<String, Scan> scans = new LinkedHashMap<>();
    scans.put("reader alone", () -> read(path, false));
    scans.put("reader and loop", () -> read(path, true));
    scans.put("sum(visibility_real)", () -> value(spark, "sum(visibility_real) FROM vis"));
    scans.put("max(visibility_real)", () -> value(spark, "double(max(visibility_real)) FROM vis"));
    scans.put("spectra, first channel", () -> value(spark, "sum(visibility_real[0]) FROM spectra"));
    scans.put(
        "no rows", () -> value(spark, "double(count(visibility_real)) FROM vis WHERE channel < 0"));
    double[] best = new double[scans.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      int i = 0;
      for (Scan scan : scans.values()) {
        long start = System.nanoTime();
        scan.run();
        best[i] = Math.min(best[i], (System.nanoTime() - start) / 1e9);
        i++;
      }
    }
    PrintStream out = System.out;
    int i = 0;
    for (String name : scans.keySet()) {
      out.printf(
          Locale.ROOT,
          "%-24s %7.2f s %7.0f MB/s %6.0f %% of the reader%n",
          name,
          best[i],
          bytes / 1e6 / best[i],
          100 * best[0] / best[i]);
      i++;
    }
    spark.stop();
  }

  private static double value(SparkSession spark, String query) {
    return spark.sql("SELECT " + query).first().getDouble(0);
  }

  private static Uvh5File open(Path path) throws IOException {
    try (LocalStore store = new LocalStore(path.toAbsolutePath().getParent())) {
      return Uvh5File.open(store.open(path.getFileName().toString()));
    }
  }

  private static double bytes(Path path) throws IOException {
    try (Uvh5File file = open(path)) {
      return 8.0
          * file.header().rows()
          * file.header().channels()
          * file.header().polarizationAxis();
    }
  }

  /** Reads all visibilities, whole chunks at a time, as a task does. */
  private static double read(Path path, boolean loop) throws IOException {
    double sum = 0;
    try (Uvh5File file = open(path)) {
      VisibilityReader reader = file.reader();
      long[] chunk = reader.source().visibilities().dataset().chunk().dims();
      long rows = file.header().rows();
      int channels = file.header().channels();
      for (long row = 0; row < rows; row += chunk[0]) {
        for (int channel = 0; channel < channels; channel += (int) chunk[1]) {
          Block block =
              reader.visibilities(
                  row,
                  (int) Math.min(chunk[0], rows - row),
                  channel,
                  (int) Math.min(chunk[1], channels - channel),
                  Primitive.COMPLEX64);
          if (loop) {
            float[] values = block.floats();
            for (int i = 0; i < values.length; i += 2) {
              sum += values[i];
            }
          } else {
            sum += block.bytes()[0];
          }
        }
      }
    }
    return sum;
  }
}
