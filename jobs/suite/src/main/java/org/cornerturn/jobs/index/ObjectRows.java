package org.cornerturn.jobs.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.AttributeJson;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.hdf5.Hdf5Filter;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5NamedType;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.hdf5.Hdf5Unreadable;
import org.cornerturn.table.TableWriter;

/** Writes the rows of one file's objects. */
final class ObjectRows {
  /** Datasets with more chunks keep the size of their index to themselves. */
  private static final double MOST_CHUNKS = 100_000;

  private static final int LONGEST_ATTRIBUTE = 16_384;

  /** Bytes of a row besides its texts, about. */
  private static final long ROW_BYTES = 300;

  private final String file;
  private final TableWriter writer;
  private long rows;
  private long unreadable;

  ObjectRows(String file, TableWriter writer) {
    this.file = file;
    this.writer = writer;
  }

  long rows() {
    return rows;
  }

  long unreadable() {
    return unreadable;
  }

  /**
   * @throws IOException where the file can't be read
   * @throws UncheckedIOException where the table can't be written
   */
  void add(Hdf5Object o) throws IOException {
    if (o instanceof Hdf5Dataset d) {
      dataset(d);
    } else if (o instanceof Hdf5Group) {
      plain(o, "group", null, null);
    } else if (o instanceof Hdf5Link link) {
      String says = link.kind().name().toLowerCase(Locale.ROOT) + " link to " + link.target();
      plain(o, "link", says, null);
    } else if (o instanceof Hdf5NamedType type) {
      plain(o, "type", type.type(), null);
    } else {
      plain(o, "unreadable", null, ((Hdf5Unreadable) o).reason());
    }
  }

  private void plain(Hdf5Object o, String kind, String type, String problem) {
    write(o, kind, type, null, null, null, null, null, null, problem);
  }

  private void dataset(Hdf5Dataset d) throws IOException {
    String problem = d.unsupported().orElse(null);
    Long stored = null;
    Long chunks = null;
    if (problem == null && d.chunkShape().isPresent() && chunksOfGrid(d) <= MOST_CHUNKS) {
      try {
        ChunkManifest manifest = Attempts.of(d::manifest);
        stored = manifest.storedBytes();
        chunks = (long) manifest.size();
      } catch (Hdf5Exception e) {
        problem = e.problem();
      }
    }
    write(
        d,
        "dataset",
        d.storedType(),
        list(d.shape()),
        d.chunkShape().map(ObjectRows::list).orElse(null),
        d.filters().stream().map(Hdf5Filter::name).toList(),
        problem == null && d.dataType().isFixedSize() ? rawBytes(d) : null,
        stored,
        chunks,
        problem);
  }

  private static double chunksOfGrid(Hdf5Dataset d) {
    long[] chunk = d.chunkShape().orElseThrow().dims();
    double chunks = 1;
    for (int i = 0; i < chunk.length; i++) {
      chunks *= Math.ceil((double) d.shape().dim(i) / Math.max(1, chunk[i]));
    }
    return chunks;
  }

  /** Bytes of all elements; sparse arrays may claim more than a long can count. */
  private static Long rawBytes(Hdf5Dataset d) {
    double bytes = d.dataType().itemSize();
    for (long extent : d.shape().dims()) {
      bytes *= extent;
    }
    return (long) bytes;
  }

  private static List<Long> list(Shape shape) {
    return Arrays.stream(shape.dims()).boxed().toList();
  }

  private void write(
      Hdf5Object o,
      String kind,
      String type,
      List<Long> shape,
      List<Long> chunk,
      List<String> filters,
      Long bytes,
      Long stored,
      Long chunks,
      String problem) {
    Map<String, String> attributes = attributes(o.attributes());
    long size = ROW_BYTES + 4L * o.path().length();
    for (Map.Entry<String, String> a : attributes.entrySet()) {
      size += 100 + 2L * a.getKey().length() + (a.getValue() == null ? 0 : a.getValue().length());
    }
    rows++;
    unreadable += problem == null ? 0 : 1;
    Object[] row = {
      file,
      o.path(),
      o.path().substring(o.path().lastIndexOf('/') + 1),
      kind,
      type,
      shape,
      chunk,
      filters,
      bytes,
      stored,
      chunks,
      attributes,
      problem
    };
    try {
      writer.add(row, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> attributes(List<Hdf5Attribute> attributes) {
    Map<String, String> json = new LinkedHashMap<>();
    for (Hdf5Attribute a : attributes) {
      if (a.unreadable().isPresent()) {
        json.put(a.name(), null);
      } else {
        JsonNode value = AttributeJson.value(a.value());
        String text = value.toString();
        json.put(
            a.name(),
            text.length() <= LONGEST_ATTRIBUTE ? text : "{\"characters\":" + text.length() + "}");
      }
    }
    return json;
  }
}
