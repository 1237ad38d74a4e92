package org.cornerturn.jobs.simulate;

import java.util.Locale;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.hdf5.WriteGroup;
import org.cornerturn.simulate.Waveform;

/**
 * What a simulated recording's file holds: {@code samples} int16 (channel, trc, segment, sample),
 * {@code vertical_gain} and {@code vertical_offset} float32 (channel, trc), where volts are {@code
 * sample * gain - offset}, and at the root {@code horiz_interval}, seconds per sample, beside the
 * simulation's own parameters.
 */
final class WaveformFile {
  private static final String SAMPLES = "samples";

  private WaveformFile() {}

  /** Defines everything but the samples. */
  static void describe(Hdf5Writer file, Waveform waveform) {
    WriteGroup root = file.root();
    root.attribute("horiz_interval", waveform.intervalSeconds());
    root.attribute("signal", waveform.signal().name().toLowerCase(Locale.ROOT));
    root.attribute("signal_frequency_hz", waveform.frequencyHz());
    root.attribute("seed", waveform.seed());
    root.dataset("vertical_gain", table(waveform.gains()));
    root.dataset("vertical_offset", table(waveform.offsets()));
  }

  static WriteContiguous contiguous(Hdf5Writer file, WaveformParameters p) {
    return file.root().contiguous(SAMPLES, Primitive.INT16, p.grid().array());
  }

  static WriteChunked chunked(Hdf5Writer file, WaveformParameters p) {
    return file.root()
        .chunked(SAMPLES, Primitive.INT16, p.grid().array(), p.grid().chunk(), p.filters());
  }

  private static Block table(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return new Block(Primitive.FLOAT32, Shape.of(rows.length, rows[0].length), Block.toBytes(flat));
  }
}
