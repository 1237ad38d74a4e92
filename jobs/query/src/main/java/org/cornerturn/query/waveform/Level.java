package org.cornerturn.query.waveform;

import java.io.IOException;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.pyramid.Envelope;
import org.cornerturn.pyramid.EnvelopePlan;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.zarr.ZarrArray;

/** A level of a recording: how its bins are read, a block of consecutive ones at a time. */
sealed interface Level {
  /** Told apart from the other levels of its recording. */
  String name();

  long samplesPerBin();

  /** Bins of a trace; they may end before the trace does. */
  long bins();

  /** Bins of a block, the last one of a trace excepted. */
  long blockBins();

  /** Bytes that reading a block takes, at most. */
  long blockBytes();

  /**
   * Reads a block.
   *
   * @param number from 0 on
   */
  byte[] read(Trace trace, long number) throws IOException;

  /** Adds bins of a block to an envelope: {@code from} and {@code count} are within the block. */
  void add(Envelope envelope, long number, byte[] block, int from, int count);

  default EnvelopePlan.Level plan() {
    return new EnvelopePlan.Level(samplesPerBin(), bins());
  }

  /** Bins that a block has. */
  default int binsIn(long number) {
    return (int) Math.min(blockBins(), bins() - number * blockBins());
  }

  /** Where samples come from. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param box within (channel, trc, segment, sample)
     * @return little-endian
     */
    byte[] read(Box box) throws IOException;
  }

  /**
   * The samples themselves.
   *
   * @param bins samples of a trace
   * @param storedBytes bytes of the stored chunk that holds a sample, decoded
   */
  record Samples(Primitive type, long bins, long blockBins, long storedBytes, Reader reader)
      implements Level {
    @Override
    public String name() {
      return "samples";
    }

    @Override
    public long samplesPerBin() {
      return 1;
    }

    @Override
    public long blockBytes() {
      return blockBins * type.itemSize() + storedBytes;
    }

    @Override
    public byte[] read(Trace trace, long number) throws IOException {
      return read(trace, number * blockBins, binsIn(number));
    }

    byte[] read(Trace trace, long first, long count) throws IOException {
      long[] start = {trace.channel(), trace.trc(), trace.segment(), first};
      return reader.read(Box.of(start, new long[] {1, 1, 1, count}));
    }

    @Override
    public void add(Envelope envelope, long number, byte[] block, int from, int count) {
      envelope.samples(number * blockBins + from, block, from * type.itemSize(), count);
    }
  }

  /**
   * Bins made from the samples whenever they are wanted.
   *
   * @param samplesPerBin of a whole bin
   */
  record Derived(Samples samples, long samplesPerBin, long blockBins) implements Level {
    @Override
    public String name() {
      return "derived";
    }

    @Override
    public long bins() {
      return (samples.bins() + samplesPerBin - 1) / samplesPerBin;
    }

    @Override
    public long blockBytes() {
      return blockBins * samplesPerBin * samples.type().itemSize() + samples.storedBytes();
    }

    @Override
    public byte[] read(Trace trace, long number) throws IOException {
      long first = number * blockBins * samplesPerBin;
      long stop = Math.min(samples.bins(), first + blockBins * samplesPerBin);
      byte[] read = samples.read(trace, first, stop - first);
      Envelope bins = new Envelope(samples.type(), first, stop, samplesPerBin);
      bins.samples(first, read, 0, (int) (stop - first));
      return bins.minMax();
    }

    @Override
    public void add(Envelope envelope, long number, byte[] block, int from, int count) {
      addPairs(this, samples.type(), envelope, number, block, from, count);
    }
  }

  /**
   * A stored array of shape (channel, trc, segment, bin, stat), minimum before maximum.
   *
   * @param type of the samples
   */
  record Stored(Primitive type, long samplesPerBin, ZarrArray array) implements Level {
    @Override
    public String name() {
      return array.path();
    }

    @Override
    public long bins() {
      return array.metadata().shape().dim(3);
    }

    @Override
    public long blockBins() {
      return array.metadata().chunk().dim(3);
    }

    @Override
    public long blockBytes() {
      return array.metadata().chunk().size() * type.itemSize();
    }

    @Override
    public byte[] read(Trace trace, long number) throws IOException {
      long[] start = {trace.channel(), trace.trc(), trace.segment(), number * blockBins(), 0};
      return array.read(Box.of(start, new long[] {1, 1, 1, binsIn(number), 2})).bytes();
    }

    @Override
    public void add(Envelope envelope, long number, byte[] block, int from, int count) {
      addPairs(this, type, envelope, number, block, from, count);
    }
  }

  /**
   * The single overview of ZoomingOnline's layout, of shape (channel, trc, segment, stat, bin): all
   * minima, then all maxima; a trace is one block.
   *
   * @param type of the samples
   */
  record Overview(Primitive type, long samplesPerBin, ZarrArray array) implements Level {
    @Override
    public String name() {
      return array.path();
    }

    @Override
    public long bins() {
      return array.metadata().shape().dim(4);
    }

    @Override
    public long blockBins() {
      return Math.max(1, bins());
    }

    @Override
    public long blockBytes() {
      return array.metadata().chunk().size() * type.itemSize();
    }

    @Override
    public byte[] read(Trace trace, long number) throws IOException {
      long[] start = {trace.channel(), trace.trc(), trace.segment(), 0, 0};
      return array.read(Box.of(start, new long[] {1, 1, 1, 2, bins()})).bytes();
    }

    @Override
    public void add(Envelope envelope, long number, byte[] block, int from, int count) {
      int width = WaveformPyramid.valueType(type).itemSize();
      int at = from * width;
      int maxima = (int) bins() * width;
      envelope.bins(samplesPerBin, from, block, at, block, maxima + at, 1, count);
    }
  }

  private static void addPairs(
      Level level,
      Primitive type,
      Envelope envelope,
      long number,
      byte[] block,
      int from,
      int count) {
    int width = WaveformPyramid.valueType(type).itemSize();
    int at = 2 * from * width;
    envelope.bins(
        level.samplesPerBin(),
        number * level.blockBins() + from,
        block,
        at,
        block,
        at + width,
        2,
        count);
  }
}
