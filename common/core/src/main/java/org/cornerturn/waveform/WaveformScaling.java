package org.cornerturn.waveform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
public final class WaveformScaling {
  private static final double DEFAULT_INTERVAL = 1e-9;

  /** More than any instrument has traces: such a dataset is something else. */
  private static final int MOST_VALUES = 1 << 20;

  private final Hdf5Dataset waveform;
  private final Map<String, Hdf5Dataset> datasets;
  private final ObjectNode root;
  private final ObjectNode own;
  private final ObjectChannel input;

  /**
   * @param datasets every dataset by path
   * @param root attributes of the root group
   * @param own attributes of the waveform
   * @param input the file; the caller closes it
   */
  public WaveformScaling(
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

  /**
   * Adds the attributes to the root's.
   *
   * @throws UserError when the file has a scale that doesn't fit its traces
   */
  public void addTo(ObjectNode attributes) throws IOException {
    attributes.set("vertical_gains", perTrace("vertical_gain", 1.0));
    attributes.set("vertical_offsets", perTrace("vertical_offset", 0.0));
    List<JsonNode> interval = numbers("horiz_interval");
    if (interval.size() > 1) {
      throw misfit("horiz_interval", interval.size());
    }
    attributes.set(
        "horiz_interval",
        interval.isEmpty()
            ? JsonNodeFactory.instance.numberNode(DEFAULT_INTERVAL)
            : interval.get(0));
    JsonNode offset = find("horiz_offset");
    if (offset != null) {
      attributes.set("horiz_offset", offset);
    }
  }

  /** One number for all traces, one for each channel, or one for each channel and trc. */
  private ArrayNode perTrace(String name, double otherwise) throws IOException {
    List<JsonNode> found = numbers(name);
    if (found.isEmpty()) {
      found = numbers(name + "s");
    }
    if (found.isEmpty()) {
      found = List.of(JsonNodeFactory.instance.numberNode(otherwise));
    }
    int channels = Math.toIntExact(waveform.shape().dim(0));
    int trcs = Math.toIntExact(waveform.shape().dim(1));
    int n = found.size();
    if (n != 1 && n != channels && n != channels * trcs) {
      throw misfit(name, n);
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int c = 0; c < channels; c++) {
      ArrayNode row = all.addArray();
      for (int t = 0; t < trcs; t++) {
        row.add(found.get(n == 1 ? 0 : n == channels * trcs ? c * trcs + t : c));
      }
    }
    return all;
  }

  private UserError misfit(String name, int values) {
    return new UserError(
        input.name() + ": " + name,
        values
            + " values are neither one, nor one for each channel, nor one for each channel and trc of "
            + waveform.path()
            + " "
            + waveform.shape(),
        "Mend the file, or convert with --profile generic");
  }

  /** The numbers of a scale in C order, none where the file hasn't got it. */
  private List<JsonNode> numbers(String name) throws IOException {
    JsonNode found = find(name);
    List<JsonNode> all = new ArrayList<>();
    if (found != null) {
      collect(name, found, all);
    }
    return all;
  }

  private void collect(String name, JsonNode node, List<JsonNode> into) {
    if (node.isArray()) {
      node.forEach(n -> collect(name, n, into));
    } else if (node.isNumber()) {
      into.add(node);
    } else {
      throw new UserError(
          input.name() + ": " + name,
          "it is no number but " + node,
          "Mend the file, or convert with --profile generic");
    }
  }

  private JsonNode find(String name) throws IOException {
    for (String folder : new String[] {parent(waveform.path()), "/"}) {
      Hdf5Dataset d = datasets.get(folder.equals("/") ? "/" + name : folder + "/" + name);
      if (d != null && d.unsupported().isEmpty() && isNumber(d)) {
        if (d.shape().size() > MOST_VALUES) {
          throw misfit(name, (int) Math.min(Integer.MAX_VALUE, d.shape().size()));
        }
        return read(d);
      }
    }
    return own.has(name) ? own.get(name) : root.get(name);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static boolean isNumber(Hdf5Dataset d) {
    return d.dataType() instanceof Primitive p && !p.isComplex();
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
