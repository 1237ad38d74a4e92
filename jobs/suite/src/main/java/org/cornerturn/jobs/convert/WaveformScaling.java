package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.storage.ObjectChannel;

/**
 * The attributes with which a viewer turns counts into volts and seconds: {@code vertical_gains}
 * and {@code vertical_offsets} as [channel][trc], {@code horiz_interval} in seconds, and {@code
 * horiz_offset} where the file has one. They come from datasets beside the waveform ({@code
 * vertical_gain}), from its attributes, or from the root's.
 */
final class WaveformScaling {
  private static final double DEFAULT_INTERVAL = 1e-9;

  private final Hdf5Dataset waveform;
  private final Map<String, Hdf5Dataset> datasets;
  private final ObjectNode root;
  private final ObjectNode own;
  private final ObjectChannel input;

  /**
   * @param datasets every dataset by path
   * @param root attributes of the root group
   * @param own attributes of the waveform
   */
  WaveformScaling(
      Hdf5Dataset waveform,
      Map<String, Hdf5Dataset> datasets,
      ObjectNode root,
      ObjectNode own,
      ObjectChannel input) {
    this.waveform = waveform;
    this.datasets = datasets;
    this.root = root;
    this.own = own;
    this.input = input;
  }

  /** Adds the attributes to the root's. */
  void addTo(ObjectNode attributes) throws IOException {
    attributes.set("vertical_gains", perTrace("vertical_gain", 1.0));
    attributes.set("vertical_offsets", perTrace("vertical_offset", 0.0));
    JsonNode interval = find("horiz_interval");
    attributes.set(
        "horiz_interval",
        interval != null && interval.isNumber()
            ? interval
            : JsonNodeFactory.instance.numberNode(DEFAULT_INTERVAL));
    JsonNode offset = find("horiz_offset");
    if (offset != null) {
      attributes.set("horiz_offset", offset);
    }
  }

  private ArrayNode perTrace(String name, double otherwise) throws IOException {
    JsonNode found = find(name);
    if (found == null) {
      found = find(name + "s");
    }
    int channels = Math.toIntExact(waveform.shape().dim(0));
    int trcs = Math.toIntExact(waveform.shape().dim(1));
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int c = 0; c < channels; c++) {
      ArrayNode row = all.addArray();
      for (int t = 0; t < trcs; t++) {
        row.add(
            found == null
                ? JsonNodeFactory.instance.numberNode(otherwise)
                : pick(name, found, c, t));
      }
    }
    return all;
  }

  /**
   * A scalar holds for every trace, one value per channel for the channel, else there is one for
   * each trace.
   */
  private JsonNode pick(String name, JsonNode value, int channel, int trc) {
    JsonNode v = value;
    if (v.isArray() && v.size() == 1 && waveform.shape().dim(0) != 1) {
      v = v.get(0);
    }
    if (v.isArray()) {
      v = v.get(channel);
    }
    if (v != null && v.isArray()) {
      v = v.size() == 1 ? v.get(0) : v.get(trc);
    }
    if (v == null || !v.isNumber()) {
      throw new UserError(
          input.name() + ": " + name,
          "it is neither one number nor one for each channel and trc of " + waveform.path(),
          "Mend it, or convert with --profile generic");
    }
    return v;
  }

  private JsonNode find(String name) throws IOException {
    for (String folder : new String[] {Selection.parent(waveform.path()), "/"}) {
      Hdf5Dataset d = datasets.get(folder.equals("/") ? "/" + name : folder + "/" + name);
      if (d != null && d.unsupported().isEmpty() && isSmallNumber(d)) {
        return read(d);
      }
    }
    return own.has(name) ? own.get(name) : root.get(name);
  }

  private boolean isSmallNumber(Hdf5Dataset d) {
    long most = waveform.shape().dim(0) * waveform.shape().dim(1);
    return d.dataType() instanceof Primitive p && !p.isComplex() && d.shape().size() <= most;
  }

  private JsonNode read(Hdf5Dataset d) throws IOException {
    Block block = new DatasetReader(d.source(), d.manifest(), input).read(Box.all(d.shape()));
    double[] values = block.toDoubles();
    return nest(values, d.shape(), 0, new int[1]);
  }

  private static JsonNode nest(double[] values, Shape shape, int axis, int[] next) {
    if (axis == shape.rank()) {
      return JsonNodeFactory.instance.numberNode(values[next[0]++]);
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (long i = 0; i < shape.dim(axis); i++) {
      array.add(nest(values, shape, axis + 1, next));
    }
    return array;
  }
}
