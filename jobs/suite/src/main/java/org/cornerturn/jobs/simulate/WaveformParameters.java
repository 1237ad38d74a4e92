package org.cornerturn.jobs.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.simulate.Waveform;

/**
 * All that decides the bytes of a simulated recording; {@code resume} plans again from it.
 *
 * @param output path or URI of the file
 * @param samples of each (channel, trc, segment)
 * @param filter {@code none}, or names of filters joined by {@code +}, in their order
 * @param level of gzip
 * @param chunkSamples samples of a chunk, {@code samples} at most; of a contiguous file, of a piece
 */
record WaveformParameters(
    String output,
    long seed,
    int channels,
    int trcs,
    int segments,
    long samples,
    Waveform.Signal signal,
    Layout layout,
    String filter,
    int level,
    long chunkSamples)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How HDF5 keeps the samples. */
  enum Layout {
    /** In one piece. */
    CONTIGUOUS,
    /** In chunks, filtered or not. */
    CHUNKED;

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Waveform waveform() {
    return Waveform.standard(seed).withShape(channels, trcs, segments, samples).withSignal(signal);
  }

  List<WriteFilter> filters() {
    return filters(filter, level);
  }

  /**
   * @throws IllegalArgumentException where a name is none of a filter
   */
  static List<WriteFilter> filters(String names, int level) {
    List<WriteFilter> filters = new ArrayList<>();
    if (names.equalsIgnoreCase("none")) {
      return filters;
    }
    for (String name : names.split("\\+", -1)) {
      filters.add(
          switch (name.toLowerCase(Locale.ROOT)) {
            case "gzip" -> WriteFilter.deflate(level);
            case "lzf" -> WriteFilter.LZF;
            case "lz4" -> WriteFilter.LZ4;
            case "bitshuffle" -> WriteFilter.BITSHUFFLE;
            case "shuffle" -> WriteFilter.SHUFFLE;
            case "fletcher32" -> WriteFilter.FLETCHER32;
            default -> throw new IllegalArgumentException("no filter is named '" + name + "'");
          });
    }
    return filters;
  }

  /** Chunks of one trace each; a contiguous file's pieces, cut at the trace's end. */
  ChunkGrid grid() {
    return new ChunkGrid(waveform().shape(), Shape.of(1, 1, 1, chunkSamples));
  }

  /** Bytes of all samples. */
  long rawBytes() {
    return Math.multiplyExact(waveform().shape().size(), (long) Short.BYTES);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static WaveformParameters of(ObjectNode json) {
    return JSON.convertValue(json, WaveformParameters.class);
  }
}
