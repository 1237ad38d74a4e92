package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.Multiscales;

/** What readers are told of a waveform's overview and pyramid. */
final class WaveformAttributes {
  private final WaveformArrays arrays;
  private final ObjectNode root;

  /**
   * @param root attributes of the store's root, read and added to
   */
  WaveformAttributes(WaveformArrays arrays, ObjectNode root) {
    this.arrays = arrays;
    this.root = root;
  }

  ArrayMetadata overview() {
    long samples = arrays.layout().samples();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("samples_per_bin", Overview.samplesPerBin(samples));
    node.put(
        "samples_left_out", samples - Overview.samplesPerBin(samples) * Overview.bins(samples));
    node.putArray("stat").add("min").add("max");
    return arrays.overview().withAttributes(node);
  }

  ArrayMetadata minMax(WaveformArrays.Level level) {
    ObjectNode node = of(level);
    node.putArray("stat").add("min").add("max");
    return level.minMax().withAttributes(node);
  }

  /**
   * @param stat what the array holds for each bin
   */
  ArrayMetadata perBin(WaveformArrays.Level level, ArrayMetadata metadata, String stat) {
    return metadata.withAttributes(of(level).put("stat", stat));
  }

  private ObjectNode of(WaveformArrays.Level level) {
    long perBin = arrays.layout().levels().samplesPerBin(level.number());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("samples_per_bin", perBin);
    node.put("tail_samples", arrays.layout().levels().tailSamples(level.number()));
    JsonNode offset = root.get("horiz_offset");
    node.put("t0", offset != null && offset.isNumber() ? offset.doubleValue() : 0.0);
    JsonNode interval = root.get("horiz_interval");
    node.put("dt", (interval != null ? interval.doubleValue() : 1e-9) * perBin);
    node.put("source", "../" + WaveformArrays.RAW);
    node.put("nan_policy", "ignore");
    return node;
  }

  /**
   * Tells of the levels in the terms of the zarr-conventions, at the root, which holds them all.
   */
  void addMultiscales() {
    if (arrays.levels().isEmpty()) {
      return;
    }
    List<Multiscales.Level> levels = new ArrayList<>();
    levels.add(new Multiscales.Level(WaveformArrays.RAW, List.of(1L, 1L, 1L, 1L)));
    for (WaveformArrays.Level level : arrays.levels()) {
      long factor = arrays.layout().levels().samplesPerBin(level.number());
      levels.add(new Multiscales.Level(level.minMaxPath(), List.of(1L, 1L, 1L, factor)));
    }
    root.setAll(Multiscales.conventions(levels, "minmax"));
  }
}
