package org.cornerturn.query.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.WarehouseTables;

/** What the page is tried on: two HDF5 files in a folder of a root, and a warehouse of runs. */
final class PageData {
  /** Millivolts that no other sample of the recording comes near. */
  static final short SPIKE = 4321;

  private static final int SAMPLES = 1_000_000;
  private static final int SPIKE_AT = 700_001;

  private PageData() {}

  /** Writes {@code night/scan.h5} and {@code night/spike.h5} into a root's folder. */
  static void files(Path root) throws IOException {
    Path night = Files.createDirectories(root.resolve("night"));
    scan(night.resolve("scan.h5"));
    recording(night.resolve("spike.h5"));
  }

  private static void scan(Path file) throws IOException {
    double[] spectrum = new double[512];
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] = 3 + Math.sin(i / 17.0) + 40 * Math.exp(-Math.pow((i - 200) / 9.0, 2));
    }
    float[] image = new float[96 * 128];
    for (int i = 0; i < image.length; i++) {
      double y = (i / 128 - 48) / 20.0;
      double x = (i % 128 - 64) / 20.0;
      image[i] = (float) Math.exp(-x * x - y * y);
    }
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      w.root().attribute("observer", "a test of the page");
      w.root()
          .dataset(
              "about",
              new Block(new DataType.Text(), Shape.of(), new String[] {"a test of the page"}));
      w.root()
          .dataset("spectrum", new Block(Primitive.FLOAT64, Shape.of(512), Block.toBytes(spectrum)))
          .attribute("units", "K");
      w.root()
          .dataset("image", new Block(Primitive.FLOAT32, Shape.of(96, 128), Block.toBytes(image)));
      w.finish();
    }
  }

  /** Two channels of two segments; a slow wave of 1 V with one sample that stands out. */
  private static void recording(Path file) throws IOException {
    short[] trace = new short[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      trace[i] = (short) Math.round(1000 * Math.sin(i / 9000.0) + i % 7);
    }
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      w.root().attribute("horiz_interval", 1e-9);
      Shape scaling = Shape.of(2, 1);
      double[] gains = {1e-3, 1e-3};
      w.root()
          .dataset("vertical_gain", new Block(Primitive.FLOAT64, scaling, Block.toBytes(gains)));
      w.root()
          .dataset(
              "vertical_offset",
              new Block(Primitive.FLOAT64, scaling, Block.toBytes(new double[2])));
      WriteContiguous samples =
          w.root().contiguous("samples", Primitive.INT16, Shape.of(2, 1, 2, SAMPLES));
      for (int i = 0; i < 4; i++) {
        trace[SPIKE_AT] = i == 0 ? SPIKE : 0;
        samples.write(Block.toBytes(trace), 0, 2 * SAMPLES);
      }
      w.finish();
    }
  }

  /** Writes the tables {@code runs} and {@code products}: two versions each. */
  static void warehouse(Path folder, Path root) throws IOException {
    try (var store = Stores.open(folder.resolve("runs").toString(), Map.of())) {
      DeltaTable runs = new DeltaTable(store, WarehouseTables.RUNS);
      List<Object[]> first = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        first.add(run("run-" + i, i == 5 ? "failed" : "complete", i));
      }
      runs.append(first, "page-test", 0);
      runs.append(List.<Object[]>of(run("run-12", "complete", 12)), "page-test", 1);
    }
    try (var store = Stores.open(folder.resolve("products").toString(), Map.of())) {
      DeltaTable products = new DeltaTable(store, WarehouseTables.PRODUCTS);
      List<Object[]> rows = new ArrayList<>();
      for (String name : List.of("night", "morning")) {
        rows.add(
            new Object[] {
              name + "-1fce8b7b7e42",
              "c0ffee",
              root.resolve(name + ".zarr").toString(),
              "1fce8b7b7e42".repeat(5) + "beef",
              "convert",
              "run-1",
              "published",
              "0.1.0",
              234_567_890L,
              17L,
              micros(1)
            });
      }
      products.append(rows, "page-test", 0);
    }
  }

  private static Object[] run(String id, String state, int minute) {
    boolean isGood = state.equals("complete");
    return new Object[] {
      id,
      minute % 3 == 0 ? "verify" : "convert",
      List.of(minute % 3 == 0 ? "verify" : "convert", "night.h5", "--output", "night.zarr"),
      "ana",
      "node-7",
      "0.1.0",
      state,
      isGood ? 0L : 1L,
      micros(minute),
      micros(minute) + 2_500_000L,
      2.5,
      240_000_000L + minute,
      isGood ? 143_000_000L : 0L,
      96e6,
      isGood ? 57.2e6 : null,
      List.of("night-1fce8b7b7e42"),
      isGood ? null : "the disk is full"
    };
  }

  private static long micros(int minute) {
    return TimeUnit.SECONDS.toMicros(
        Instant.parse("2026-11-21T09:00:00Z").getEpochSecond() + 60L * minute);
  }
}
