package org.cornerturn.query.waveform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.pyramid.BinRun;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.pyramid.PyramidLevels;
import org.cornerturn.pyramid.Statistics;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.ChunkKeys;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * A recording of int16 of shape (2, 1, 2, samples), the same for the same number, and the stores
 * and files that can hold it.
 */
final class Recording {
  static final int CHANNELS = 2;
  static final int SEGMENTS = 2;
  static final double INTERVAL = 2e-9;

  private static final ObjectMapper JSON = new ObjectMapper();

  final int samples;
  private final short[][] traces;

  Recording(int samples) {
    this.samples = samples;
    this.traces = new short[CHANNELS * SEGMENTS][samples];
    for (int t = 0; t < traces.length; t++) {
      SplittableRandom random = new SplittableRandom(samples * 31L + t);
      int value = 0;
      for (int i = 0; i < samples; i++) {
        value += random.nextInt(-7, 8);
        // One sample in a thousand is a spike.
        traces[t][i] = (short) (random.nextInt(1000) == 0 ? random.nextInt() : value);
      }
    }
  }

  short[] trace(int channel, int segment) {
    return traces[channel * SEGMENTS + segment];
  }

  Shape shape() {
    return Shape.of(CHANNELS, 1, SEGMENTS, samples);
  }

  private byte[] bytes(int channel, int segment) {
    return Block.toBytes(trace(channel, segment));
  }

  private interface EachTrace {
    void accept(int channel, int segment) throws IOException;
  }

  private static void each(EachTrace use) throws IOException {
    for (int c = 0; c < CHANNELS; c++) {
      for (int s = 0; s < SEGMENTS; s++) {
        use.accept(c, s);
      }
    }
  }

  private static Box box(int channel, int segment, long first, long... extent) {
    long[] start = new long[extent.length + 3];
    start[0] = channel;
    start[2] = segment;
    start[3] = first;
    long[] shape = new long[start.length];
    shape[0] = shape[1] = shape[2] = 1;
    System.arraycopy(extent, 0, shape, 3, extent.length);
    return Box.of(start, shape);
  }

  private static ArrayMetadata.Builder array(ZarrFormat format, Shape shape) {
    return ArrayMetadata.builder(format, shape, Primitive.INT16)
        .keys(format == ZarrFormat.V2 ? ChunkKeys.V2_FLAT : ChunkKeys.DEFAULT);
  }

  private ArrayMetadata raw(ObjectStore store, ZarrFormat format, long chunk) throws IOException {
    ArrayMetadata m = array(format, shape()).chunk(1, 1, 1, chunk).build();
    ArrayWriter writer = new ArrayWriter(store, "raw", m, EmptyChunks.OMIT);
    each((c, s) -> writer.put(box(c, s, 0, samples), bytes(c, s)));
    return m;
  }

  /** Our layout: {@code raw} and {@code pyramid/1}, ... */
  void pyramid(ObjectStore store, ZarrFormat format, int factor) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(format);
    hierarchy.array("raw", raw(store, format, 30_000));
    levels(store, format, factor, "pyramid", hierarchy);
    hierarchy.group("", attributes()).publish(store, "");
  }

  private void levels(
      ObjectStore store, ZarrFormat format, int factor, String folder, ZarrHierarchy hierarchy)
      throws IOException {
    PyramidLevels levels = PyramidLevels.of(samples, factor);
    int count = levels.count();
    ArrayWriter[] writers = new ArrayWriter[count];
    int[] chunkBins = new int[count];
    for (int k = 1; k <= count; k++) {
      ObjectNode attributes =
          JSON.createObjectNode().put("samples_per_bin", levels.samplesPerBin(k));
      attributes.putArray("stat").add("min").add("max");
      chunkBins[k - 1] = (int) levels.wholeTraceChunkBins(k, 4096);
      ArrayMetadata.Builder m =
          array(format, Shape.of(CHANNELS, 1, SEGMENTS, levels.bins(k), 2))
              .chunk(1, 1, 1, chunkBins[k - 1], 2)
              .attributes(attributes);
      if (format == ZarrFormat.V3 && levels.bins(k) > chunkBins[k - 1]) {
        m.shard(1, 1, 1, 4L * chunkBins[k - 1], 2);
      }
      ArrayMetadata built = m.build();
      hierarchy.array(folder + "/" + k, built);
      writers[k - 1] = new ArrayWriter(store, folder + "/" + k, built, EmptyChunks.OMIT);
    }
    each(
        (c, s) -> {
          byte[][] whole = new byte[count][];
          for (int k = 1; k <= count; k++) {
            whole[k - 1] = new byte[4 * (int) levels.bins(k)];
          }
          BinRun.Sink sink =
              run ->
                  System.arraycopy(
                      run.minMax(),
                      0,
                      whole[run.level() - 1],
                      4 * (int) run.firstBin(),
                      4 * run.count());
          WaveformPyramid pyramid =
              WaveformPyramid.fromSamples(
                  levels, Primitive.INT16, chunkBins, Statistics.MIN_MAX, sink);
          pyramid.begin();
          pyramid.samples(bytes(c, s), 0, samples);
          pyramid.finish();
          for (int k = 1; k <= count; k++) {
            writers[k - 1].put(box(c, s, 0, levels.bins(k), 2), whole[k - 1]);
          }
        });
  }

  /** A pyramid built later beside the samples of another's store. */
  void overviewWithLaterPyramid(ObjectStore store) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V2);
    hierarchy.array("raw", raw(store, ZarrFormat.V2, 40_000));
    hierarchy.array("overview/0", overviewArray(store));
    levels(store, ZarrFormat.V2, 4, "raw_pyramid", hierarchy);
    hierarchy.group("", attributes()).publish(store, "");
  }

  /** ZoomingOnline's layout: one overview, no consolidated metadata, gains as it defaults them. */
  void overview(ObjectStore store) throws IOException {
    ZarrHierarchy hierarchy = new ZarrHierarchy(ZarrFormat.V2);
    hierarchy.array("raw", raw(store, ZarrFormat.V2, 100_000));
    hierarchy.array("overview/0", overviewArray(store));
    ObjectNode attributes = JSON.createObjectNode().put("horiz_interval", INTERVAL);
    attributes.putArray("vertical_gains").add(1.0).add(1.0);
    attributes.putArray("vertical_offsets").add(0.0).add(0.0);
    hierarchy.group("", attributes).publish(store, "");
    store.delete(".zmetadata");
  }

  private ArrayMetadata overviewArray(ObjectStore store) throws IOException {
    int bins = Overview.bins(samples);
    ArrayMetadata m =
        array(ZarrFormat.V2, Shape.of(CHANNELS, 1, SEGMENTS, 2, bins))
            .chunk(1, 1, 1, 2, bins)
            .build();
    ArrayWriter writer = new ArrayWriter(store, "overview/0", m, EmptyChunks.OMIT);
    each(
        (c, s) -> {
          Overview o = new Overview(Primitive.INT16, samples);
          o.begin(0, samples);
          o.samples(bytes(c, s), 0, samples);
          o.finish();
          byte[] all = Overview.join(Primitive.INT16, samples, List.of(o.part()));
          writer.put(box(c, s, 0, 2, bins), all);
        });
    return m;
  }

  /** Samples alone. */
  void bare(ObjectStore store) throws IOException {
    new ZarrHierarchy(ZarrFormat.V3)
        .array("raw", raw(store, ZarrFormat.V3, 7_777))
        .group("", attributes())
        .publish(store, "");
  }

  /**
   * @param chunk samples of a chunk, which holds both segments; 0 for one piece
   */
  void hdf5(Path file, long chunk) throws IOException {
    try (Hdf5Writer w = Hdf5Writer.create(file)) {
      w.root().attribute("horiz_interval", INTERVAL);
      w.root()
          .dataset(
              "vertical_gain",
              new Block(
                  Primitive.FLOAT64, Shape.of(2, 1), Block.toBytes(new double[] {1e-3, -2e-3})));
      w.root()
          .dataset(
              "vertical_offset",
              new Block(Primitive.FLOAT64, Shape.of(2, 1), Block.toBytes(new double[] {0, 0.5})));
      if (chunk == 0) {
        var array = w.root().contiguous("samples", Primitive.INT16, shape());
        each((c, s) -> array.write(bytes(c, s), 0, 2 * samples));
      } else {
        var array =
            w.root()
                .chunked(
                    "samples",
                    Primitive.INT16,
                    shape(),
                    Shape.of(1, 1, SEGMENTS, chunk),
                    List.of(WriteFilter.SHUFFLE, WriteFilter.deflate(1)));
        for (int c = 0; c < CHANNELS; c++) {
          for (long first = 0; first < samples; first += chunk) {
            short[] piece = new short[SEGMENTS * (int) chunk];
            for (int s = 0; s < SEGMENTS; s++) {
              int n = (int) Math.min(chunk, samples - first);
              System.arraycopy(trace(c, s), (int) first, piece, s * (int) chunk, n);
            }
            array.chunk(Block.toBytes(piece), c, 0, 0, first / chunk);
          }
        }
      }
      w.finish();
    }
  }

  private static ObjectNode attributes() {
    ObjectNode attributes = JSON.createObjectNode().put("horiz_interval", INTERVAL);
    attributes.putArray("vertical_gains").addArray().add(1e-3);
    attributes.withArray("vertical_gains").addArray().add(-2e-3);
    attributes.putArray("vertical_offsets").addArray().add(0);
    attributes.withArray("vertical_offsets").addArray().add(0.5);
    return attributes;
  }
}
