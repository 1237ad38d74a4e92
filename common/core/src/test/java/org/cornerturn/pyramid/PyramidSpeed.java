package org.cornerturn.pyramid;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Random;
import org.cornerturn.array.DataType.Primitive;

/** Not a test: prints the pyramid's speed on this machine, GB/s of samples on one core. */
public final class PyramidSpeed {
  private PyramidSpeed() {}

  public static void main(String[] args) {
    PrintStream out = System.out;
    for (Primitive type : Primitive.values()) {
      int n = 16 << 20;
      byte[] samples = new byte[n * type.itemSize()];
      new Random(1).nextBytes(samples);
      if (type.isFloat() || type.isComplex()) {
        for (int i = type.componentSize() - 1; i < samples.length; i += type.componentSize()) {
          samples[i] = (byte) (samples[i] & 0xbf);
        }
      }
      PyramidLevels levels = PyramidLevels.of(n);
      int[] chunks = new int[levels.count()];
      Arrays.fill(chunks, 131_072);
      long[] bytes = {0};
      for (Statistics kept : Statistics.values()) {
        for (boolean withOverview : new boolean[] {false, true}) {
          WaveformPyramid p =
              WaveformPyramid.fromSamples(
                  levels, type, chunks, kept, run -> bytes[0] += run.minMax().length);
          if (withOverview) {
            p.alongside(new Overview(type, n));
          }
          double best = 0;
          for (int round = 0; round < 15; round++) {
            long t = System.nanoTime();
            p.begin();
            for (int at = 0; at < n; at += 262_144) {
              p.samples(samples, at * type.itemSize(), 262_144);
            }
            p.finish();
            best = Math.max(best, samples.length / (double) (System.nanoTime() - t));
          }
          out.printf(
              "%-10s %-12s %-9s %5.2f GB/s%n", type, kept, withOverview ? "+overview" : "", best);
        }
      }
    }
  }
}
