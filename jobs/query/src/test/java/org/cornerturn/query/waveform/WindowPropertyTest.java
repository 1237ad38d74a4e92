package org.cornerturn.query.waveform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.cornerturn.query.RunningServer;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ZarrFormat;

/** Windows of every layout against a reading of the samples one by one. */
class WindowPropertyTest {
  private static final Map<String, Recording> RECORDINGS = new TreeMap<>();
  private static Path folder;
  private static RunningServer server;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("windows");
    Recording longer = new Recording(300_007);
    Recording shorter = new Recording(9_001);
    longer.pyramid(store("eight.zarr"), ZarrFormat.V2, 8);
    longer.pyramid(store("v3.zarr"), ZarrFormat.V3, 4);
    longer.overview(store("old.zarr"));
    longer.overviewWithLaterPyramid(store("later.zarr"));
    longer.bare(store("bare.zarr"));
    longer.hdf5(folder.resolve("piece.h5"), 0);
    longer.hdf5(folder.resolve("chunks.h5"), 10_000);
    shorter.overview(store("short.zarr"));
    shorter.hdf5(folder.resolve("short.h5"), 4096);
    for (String name :
        new String[] {
          "eight.zarr", "v3.zarr", "old.zarr", "later.zarr", "bare.zarr", "piece.h5", "chunks.h5"
        }) {
      RECORDINGS.put(name, longer);
    }
    RECORDINGS.put("short.zarr", shorter);
    RECORDINGS.put("short.h5", shorter);
    server = RunningServer.start(Map.of("root.data", folder.toString(), "rate.read", "0"));
  }

  private static LocalStore store(String name) {
    return new LocalStore(folder.resolve(name));
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Provide
  Arbitrary<String> products() {
    return Arbitraries.of(RECORDINGS.keySet());
  }

  @Property(tries = 600)
  void everyWindowHasTheExtremesOfItsSamples(
      @ForAll("products") String product,
      @ForAll @IntRange(max = 1) int channel,
      @ForAll @IntRange(max = 1) int segment,
      @ForAll @DoubleRange(min = 0, max = 1) double begin,
      @ForAll @DoubleRange(min = 0, max = 1) double extent,
      @ForAll @IntRange(min = 2, max = 3000) int width)
      throws Exception {
    Recording recording = RECORDINGS.get(product);
    int n = recording.samples;
    int start = (int) Math.min(n - 1, begin * n);
    int stop = (int) Math.max(start + 1, Math.min(n, start + Math.pow(n, extent)));
    HttpResponse<byte[]> answer =
        server.get(
            "/api/v1/waveforms/data/%s/window?format=bin&units=counts&channel=%d&segment=%d&start=%d&stop=%d&width=%d"
                .formatted(product, channel, segment, start, stop, width));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Dtype")).hasValue("<i2");
    assertThat(number(answer, "X-Start")).isEqualTo(start);
    assertThat(number(answer, "X-Stop")).isEqualTo(stop);
    long bucket = number(answer, "X-Bucket-Samples");
    ShortBuffer values =
        ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int buckets = values.remaining() / 2;
    assertThat(buckets).isBetween(1, width);
    assertThat(buckets).isEqualTo((int) ((stop + bucket - 1) / bucket - start / bucket));
    short[] trace = recording.trace(channel, segment);
    for (int b = 0; b < buckets; b++) {
      int from = (int) Math.max(start, (start / bucket + b) * bucket);
      int to = (int) Math.min(stop, (start / bucket + b + 1) * bucket);
      short min = Short.MAX_VALUE;
      short max = Short.MIN_VALUE;
      for (int i = from; i < to; i++) {
        min = (short) Math.min(min, trace[i]);
        max = (short) Math.max(max, trace[i]);
      }
      if (values.get(b) != min || values.get(buckets + b) != max) {
        assertThat(new short[] {values.get(b), values.get(buckets + b)})
            .as("bucket %d of samples %d to %d", b, from, to)
            .containsExactly(min, max);
      }
    }
  }

  private static long number(HttpResponse<byte[]> answer, String header) {
    return Long.parseLong(answer.headers().firstValue(header).orElseThrow());
  }
}
