package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Value;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WriteContiguous;
import org.cornerturn.hdf5.WriteDataset;
import org.cornerturn.hdf5.WriteGroup;
import org.cornerturn.hdf5.WriteObject;

/**
 * Writes a UVH5 file of a {@link HeaderRecord}: one that {@link #newHeader} began, or another
 * file's own, which then comes out equal in every dataset and attribute. The order of calls:
 *
 * <pre>
 * Uvh5Writer uvh5 = Uvh5Writer.define(file, record, longItems, storage);
 * uvh5.visibilities().expect(...);   // a sequential file, arrays with filters
 * uvh5.writeRows();
 * uvh5.visibilities().chunk(...);    // or part(...), in any order
 * file.finish();
 * </pre>
 */
public final class Uvh5Writer {
  private static final long PIECE_BYTES = 4 << 20;

  private final HeaderRecord.LongItems longItems;
  private final Map<HeaderRecord.Item, WriteContiguous> rows = new HashMap<>();
  private final List<HeaderRecord.Item> order = new ArrayList<>();
  private final Map<String, WriteChunked> data = new HashMap<>();

  private Uvh5Writer(HeaderRecord.LongItems longItems) {
    this.longItems = longItems;
  }

  /**
   * Begins a header of version 1.2: everything that {@code header} says, and float64 or int64 items
   * of each row ({@code time_array}, {@code lst_array}, {@code integration_time}, {@code
   * ant_1_array}, {@code ant_2_array}, {@code uvw_array}, {@code phase_center_id_array}, {@code
   * phase_center_app_ra}, {@code phase_center_app_dec}, {@code phase_center_frame_pa}), whose
   * values come through {@link HeaderRecord.LongItems}. Take away what isn't wanted, and say how
   * the data are stored, before {@link HeaderBuilder#build}.
   */
  public static HeaderBuilder newHeader(Uvh5Header header) {
    return NewHeader.build(header);
  }

  /**
   * Defines everything that the record has.
   *
   * @param longItems values of the record's {@linkplain HeaderRecord.Item#isLong long} items
   * @param storage of the three datasets; their types and shapes are the record's
   */
  public static Uvh5Writer define(
      Hdf5Writer file, HeaderRecord record, HeaderRecord.LongItems longItems, Uvh5Storage storage)
      throws IOException {
    Uvh5Writer writer = new Uvh5Writer(longItems);
    Map<String, WriteGroup> groups = new HashMap<>();
    groups.put("/", file.root());
    for (HeaderRecord.Item item : record.items()) {
      int slash = item.path().lastIndexOf('/');
      String name = item.path().substring(slash + 1);
      WriteGroup parent = groups.get(slash == 0 ? "/" : item.path().substring(0, slash));
      WriteObject written;
      if (!item.isGroup()) {
        written = writer.dataset(parent, name, item, storage);
      } else if (item.path().equals("/")) {
        written = parent;
      } else {
        WriteGroup group = parent.group(name);
        groups.put(item.path(), group);
        written = group;
      }
      item.attributes().forEach(a -> written.attribute(a.name(), a.value()));
    }
    return writer;
  }

  private WriteDataset dataset(
      WriteGroup parent, String name, HeaderRecord.Item item, Uvh5Storage storage)
      throws IOException {
    if (item.isData()) {
      Uvh5Storage.Stored s =
          switch (item.path()) {
            case Uvh5File.VISDATA -> storage.visibilities();
            case Uvh5File.FLAGS -> storage.flags();
            default -> storage.samples();
          };
      Shape shape = item.shape().orElseThrow();
      WriteChunked chunked = parent.chunked(name, item.type(), shape, s.chunk(), s.filters());
      data.put(item.path(), chunked);
      return chunked;
    }
    if (item.value().isPresent()) {
      return parent.dataset(name, item.value().get());
    }
    Shape shape = item.shape().orElseThrow();
    if (item.type().isText()) {
      // Text is written with the headers, so it is held until then.
      Block all = longItems.read(item, 0, shape.dim(0));
      return parent.dataset(name, new Hdf5Value(item.type(), item.shape(), all.data()));
    }
    WriteContiguous contiguous = parent.contiguous(name, item.type(), shape);
    rows.put(item, contiguous);
    order.add(item);
    return contiguous;
  }

  /** Visibilities, in chunks of the storage's shape. */
  public WriteChunked visibilities() {
    return data.get(Uvh5File.VISDATA);
  }

  /** Flags, in chunks of the storage's shape. */
  public WriteChunked flags() {
    return data.get(Uvh5File.FLAGS);
  }

  /** Sample counts, in chunks of the storage's shape. */
  public WriteChunked samples() {
    return data.get(Uvh5File.NSAMPLES);
  }

  /** Writes the values of the long items, a few MiB at a time. */
  public void writeRows() throws IOException {
    for (HeaderRecord.Item item : order) {
      Shape shape = item.shape().orElseThrow();
      long count = shape.dim(0);
      long rowBytes = Math.max(1, shape.size() / Math.max(1, count) * item.type().size());
      long piece = Math.max(1, PIECE_BYTES / rowBytes);
      for (long first = 0; first < count; first += piece) {
        byte[] bytes = longItems.read(item, first, Math.min(piece, count - first)).bytes();
        rows.get(item).write(bytes, 0, bytes.length);
      }
    }
  }
}
