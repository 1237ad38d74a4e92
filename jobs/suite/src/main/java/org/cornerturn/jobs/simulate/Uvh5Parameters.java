package org.cornerturn.jobs.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.WriteFilter;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.simulate.SimulatedObservation.Tracking;

/**
 * All that decides the bytes of a simulated observation's files; {@code resume} plans again from
 * it.
 *
 * @param output path or URI of the one file, or of the folder of several
 * @param stamp UTC of the start as subbands' names have it; names the truth of several files
 * @param subbands number of files that the band is cut into; 0 for one file
 * @param descending whether subband 0 holds the highest frequencies, and they descend in each file
 * @param shuffled whether files are written in an order that the seed chooses
 * @param dropped subbands that are left out
 * @param placeholders subbands that come as zeros, flagged
 * @param filter of visibilities: {@code none}, or names of filters joined by {@code +}
 * @param level of gzip
 */
record Uvh5Parameters(
    String output,
    String stamp,
    SimulatedObservation observation,
    int subbands,
    boolean descending,
    boolean shuffled,
    List<Integer> dropped,
    List<Integer> placeholders,
    String filter,
    int level)
    implements SharedByTasks {
  /** Two digits name a sub-band. */
  static final int MOST_SUBBANDS = 100;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long CHUNK_BYTES = 1 << 20;
  private static final long VISIBILITY_BYTES = 8;

  Uvh5Parameters {
    dropped = List.copyOf(dropped);
    placeholders = List.copyOf(placeholders);
  }

  boolean isOneFile() {
    return subbands == 0;
  }

  /** Subbands whose files are made, in the order of their making. */
  List<Integer> files() {
    List<Integer> all = new ArrayList<>();
    IntStream.range(0, Math.max(1, subbands)).filter(k -> !dropped.contains(k)).forEach(all::add);
    if (shuffled) {
      Collections.shuffle(all, new Random(observation.seed()));
    }
    return all;
  }

  int channelsPerFile() {
    return observation.band().channels() / Math.max(1, subbands);
  }

  /** Channels of a file, counted upwards from the band's lowest, in the file's order. */
  int[] channels(int subband) {
    int count = channelsPerFile();
    int total = observation.band().channels();
    return descending
        ? IntStream.range(0, count).map(c -> total - 1 - subband * count - c).toArray()
        : IntStream.range(0, count).map(c -> subband * count + c).toArray();
  }

  /** URI of the folder that holds the files. */
  String folder() {
    if (!isOneFile()) {
      return output;
    }
    int slash = output.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : output.substring(0, slash);
  }

  /** Key of a file in its folder. */
  String key(int subband) {
    return isOneFile() ? output.substring(output.lastIndexOf('/') + 1) : subbandKey(subband);
  }

  private String subbandKey(int subband) {
    return String.format(Locale.ROOT, "%s_sb%02d.hdf5", stamp, subband);
  }

  /** Keys of all sub-bands that an observation of this start may have, however it is cut. */
  List<String> relatives() {
    return isOneFile()
        ? List.of()
        : IntStream.range(0, MOST_SUBBANDS).mapToObj(this::subbandKey).toList();
  }

  /** Key of the truth as JSON. */
  String truthKey() {
    return truthName() + ".truth.json";
  }

  /** Key of the truth's arrays: HDF5, so named that nobody takes it for data of the folder. */
  String truthArraysKey() {
    return truthName() + ".truth.arrays";
  }

  private String truthName() {
    return isOneFile() ? key(0) : stamp;
  }

  /** Key that stands for the whole: of the one file, or of several files' truth. */
  String rootKey() {
    return isOneFile() ? key(0) : truthKey();
  }

  /** URI that stands for the whole. */
  String root() {
    return isOneFile() ? output : output + "/" + rootKey();
  }

  /** Whether files are as the DSA-110's correlator writes them. */
  boolean isDrift() {
    return observation.tracking() == Tracking.DRIFT;
  }

  long rows() {
    return (long) observation.baselines() * observation.integrations();
  }

  /**
   * Chunks of visibilities, flags and samples alike: (row, frequency, polarization), in drift scans
   * with an axis of one spectral window after the rows.
   */
  ChunkGrid grid() {
    long channels = channelsPerFile();
    long hands = observation.polarizations().size();
    long rows = Math.max(1, CHUNK_BYTES / (channels * hands * VISIBILITY_BYTES));
    rows = Math.min(rows, Math.max(1, rows()));
    return isDrift()
        ? new ChunkGrid(Shape.of(rows(), 1, channels, hands), Shape.of(rows, 1, channels, hands))
        : new ChunkGrid(Shape.of(rows(), channels, hands), Shape.of(rows, channels, hands));
  }

  /** Bytes of a file's visibilities. */
  long rawBytes() {
    return Math.multiplyExact(grid().array().size(), VISIBILITY_BYTES);
  }

  int chunkBytes() {
    return Math.toIntExact(grid().chunk().size() * VISIBILITY_BYTES);
  }

  /** What a simulator holds, bytes. */
  long simulatorBytes() {
    long antennas = observation.antennas().size();
    long channels = channelsPerFile();
    long sources = observation.sources().size();
    return 8 * (sources * (antennas + 2 * channels) + 10 * antennas * channels + 8 * channels)
        + 16L * observation.baselines();
  }

  List<WriteFilter> filters() {
    return WaveformParameters.filters(filter, level);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static Uvh5Parameters of(ObjectNode json) {
    return JSON.convertValue(json, Uvh5Parameters.class);
  }
}
