package org.cornerturn.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.cornerturn.array.Box;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SampleReader;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * The least that applying gains can cost: reads, decodes and multiplies each chunk of visibilities
 * by one number, reads its flags, and writes as many bytes of visibilities and weights to a file.
 * In one thread, without plan, gains, checksums, encoding, ledger and tables. What is printed is
 * the rate of visibilities by the processor time of the thread, of each of some passes: the first
 * includes what the loops take until they are compiled.
 */
public final class ApplyFloor {
  private ApplyFloor() {}

  /**
   * @param args path of a processing set with one integration to an object, a file to write, how
   *     many objects, how many passes
   */
  public static void main(String[] args) throws IOException {
    ProcessingSet set = ProcessingSet.open(new LocalStore(Path.of(args[0])));
    Msv4Reader reader = set.measurementSet(set.names().get(0));
    ArrayMetadata array = reader.visibilityMetadata();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int pass = 0; pass < Integer.parseInt(args[3]); pass++) {
      Path file = Path.of(args[1]);
      Files.deleteIfExists(file);
      long began = threads.getCurrentThreadCpuTime();
      long bytes = 0;
      SampleReader samples = new SampleReader(reader);
      try (FileChannel out =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
          Box object = array.objectGrid().box(array.objectGrid().coordinates(i));
          long step = array.chunk().dim(2);
          for (long c = object.start(2); c < object.end(2); c += step) {
            long[] start = object.start();
            long[] extent = object.shape().dims();
            start[2] = c;
            extent[2] = Math.min(step, object.end(2) - c);
            Box piece = Box.of(start, extent);
            byte[] v = samples.visibilityBytes(piece);
            samples.flagBits(piece);
            multiply(ByteBuffer.wrap(v).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
            bytes += v.length;
            write(out, v, v.length);
            write(out, v, v.length / 2);
          }
        }
      }
      double seconds = (threads.getCurrentThreadCpuTime() - began) / 1e9;
      System.out.printf(Locale.ROOT, "%.0f MB: %.0f MB/s%n", bytes / 1e6, bytes / 1e6 / seconds);
      Files.delete(file);
    }
  }

  private static void multiply(FloatBuffer all) {
    float[] block = new float[4096];
    for (int at = 0; at < all.limit(); at += block.length) {
      int n = Math.min(block.length, all.limit() - at);
      all.get(at, block, 0, n);
      for (int i = 0; i + 1 < n; i += 2) {
        float re = block[i];
        float im = block[i + 1];
        block[i] = re * 0.6f - im * 0.8f;
        block[i + 1] = re * 0.8f + im * 0.6f;
      }
      all.put(at, block, 0, n);
    }
  }

  private static void write(FileChannel out, byte[] bytes, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int n = Math.min(256 << 10, length - done);
      done += out.write(ByteBuffer.wrap(bytes, done, n));
    }
  }
}
