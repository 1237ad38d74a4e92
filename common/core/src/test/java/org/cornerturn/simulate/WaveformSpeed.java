package org.cornerturn.simulate;

import java.io.PrintStream;
import org.cornerturn.simulate.Waveform.Signal;

/** Not a test: prints the simulation's speed on this machine, MB/s of int16 on one core. */
public final class WaveformSpeed {
  private WaveformSpeed() {}

  public static void main(String[] args) {
    PrintStream out = System.out;
    short[] samples = new short[1 << 20];
    for (Signal signal : Signal.values()) {
      WaveformTrace trace = Waveform.standard(1).withSignal(signal).trace(0, 0, 0);
      double best = 0;
      for (int round = 0; round < 20; round++) {
        long t = System.nanoTime();
        trace.fill(round * (1L << 20), samples, 0, samples.length);
        best = Math.max(best, 2e3 * samples.length / (System.nanoTime() - t));
      }
      out.printf("%-9s %4.0f MB/s%n", signal, best);
    }
  }
}
