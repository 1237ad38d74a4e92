package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.zarr.EmptyChunks;

/**
 * All that decides what a conversion makes of its inputs; {@code resume} plans again from it.
 *
 * @param inputs files, folders, prefixes, globs
 * @param output the store of a single input, or the folder of several
 * @param folder whether {@code output} is a folder of stores
 * @param zarrFormat 2 or 3; 0 for the profile's own (waveform 2, else 3)
 * @param datasets glob patterns of dataset paths to take; empty for all
 * @param excludes glob patterns of object paths to leave out
 * @param chunks inner chunk shape by dataset path pattern
 * @param chunkBytes raw size that chunk shapes are chosen for
 * @param shardBytes raw size that shard shapes are chosen for; 0 for no shards
 * @param codec compressor: {@code blosc-zstd}, {@code blosc-lz4}, {@code zstd}, {@code gzip},
 *     {@code none}
 * @param level the compressor's level; -1 for the profile's own
 * @param pyramidFactor samples of a level in a bin of the next, a power of two; 0 for no pyramid
 * @param mean whether the pyramid has means beside minima and maxima
 * @param writeEmpty whether chunks that hold nothing but the fill value are written
 * @param visibilities what is made of UVH5 files
 */
record ConvertParameters(
    List<String> inputs,
    String output,
    boolean folder,
    Profile profile,
    int zarrFormat,
    List<String> datasets,
    List<String> excludes,
    Map<String, List<Long>> chunks,
    long chunkBytes,
    long shardBytes,
    String codec,
    int level,
    int pyramidFactor,
    boolean mean,
    boolean writeEmpty,
    VisibilityOptions visibilities) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ConvertParameters {
    inputs = List.copyOf(inputs);
    datasets = List.copyOf(datasets);
    excludes = List.copyOf(excludes);
    // In the order given: the first pattern that matches counts, and the fingerprint must not vary.
    chunks = Collections.unmodifiableMap(new LinkedHashMap<>(chunks));
    // Products of before there were any options don't state them.
    visibilities = visibilities == null ? VisibilityOptions.STANDARD : visibilities;
  }

  /** The same question of one of the inputs. */
  ConvertParameters forInput(String input, String store) {
    return with(List.of(input), store, profile, visibilities);
  }

  /**
   * The same question of the files of one observation.
   *
   * @param subbands how many there would be if none were missing
   */
  ConvertParameters forObservation(List<String> files, String store, int subbands) {
    return with(files, store, Profile.UVH5, visibilities.of(subbands));
  }

  private ConvertParameters with(
      List<String> some, String store, Profile as, VisibilityOptions options) {
    return new ConvertParameters(
        some,
        store,
        false,
        as,
        zarrFormat,
        datasets,
        excludes,
        chunks,
        chunkBytes,
        shardBytes,
        codec,
        level,
        pyramidFactor,
        mean,
        writeEmpty,
        options);
  }

  /** What becomes of chunks of nothing but the fill value. */
  EmptyChunks empty() {
    return writeEmpty ? EmptyChunks.WRITE : EmptyChunks.OMIT;
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static ConvertParameters of(ObjectNode json) {
    return JSON.convertValue(json, ConvertParameters.class);
  }
}
