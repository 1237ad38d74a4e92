package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.uvh5.HeaderRecord;
import org.cornerturn.uvh5.HeaderSource;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrFormat;

/**
 * Where a processing set keeps the headers of the UVH5 files that it was made of, so that they can
 * be built again: {@code uvh5_header/00/record.json}, and beside it a Zarr array for each long
 * item, under the item's path. The consolidated metadata don't list these arrays: the schema
 * doesn't know them, and readers of measurement sets need not.
 */
public final class SourceHeader {
  /** Folder of the headers in a processing set. */
  public static final String FOLDER = "uvh5_header";

  private static final String RECORD = "record.json";
  private static final long CHUNK_BYTES = 1L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SourceHeader() {}

  /**
   * Folder of one file's header.
   *
   * @param file number of the file, as the attribute {@link Msv4Layout#UVH5} has it
   */
  public static String folder(int file) {
    return FOLDER + String.format(Locale.ROOT, "/%02d", file);
  }

  /** Key of the first object that {@link #write} puts. */
  public static String key(int file) {
    return folder(file) + "/" + RECORD;
  }

  private static String path(int file, HeaderRecord.Item item) {
    return folder(file) + item.path();
  }

  private static ArrayMetadata metadata(HeaderRecord.Item item) {
    Shape shape = item.arrayShape();
    long[] chunk = shape.dims();
    long rowBytes = Math.max(1, item.arrayType().itemSize());
    for (int i = 1; i < chunk.length; i++) {
      chunk[i] = Math.max(1, chunk[i]);
      rowBytes *= chunk[i];
    }
    chunk[0] = Math.max(1, Math.min(chunk[0], CHUNK_BYTES / rowBytes));
    return ArrayMetadata.builder(ZarrFormat.V3, shape, item.arrayType()).chunk(chunk).build();
  }

  /**
   * Keeps a file's header. A long item is read a megabyte at a time.
   *
   * @param store the processing set's
   */
  public static void write(
      ObjectStore store, int file, HeaderRecord record, HeaderRecord.LongItems items)
      throws IOException {
    store.put(key(file), JSON.writeValueAsBytes(record.toJson()));
    for (HeaderRecord.Item item : record.longItems()) {
      ArrayMetadata m = metadata(item);
      String path = path(file, item);
      for (Map.Entry<String, ObjectNode> d : m.documents().entrySet()) {
        store.put(path + "/" + d.getKey(), JSON.writeValueAsBytes(d.getValue()));
      }
      put(store, path, m, item, items);
    }
  }

  private static void put(
      ObjectStore store,
      String path,
      ArrayMetadata m,
      HeaderRecord.Item item,
      HeaderRecord.LongItems items)
      throws IOException {
    ObjectEncoder encoder = new ObjectEncoder(m, EmptyChunks.OMIT);
    long step = m.chunk().dim(0);
    for (long first = 0; first < m.shape().dim(0); first += step) {
      long n = Math.min(step, m.shape().dim(0) - first);
      long[] at = new long[m.shape().rank()];
      at[0] = first / step;
      Optional<EncodedObject> object = encoder.encode(at, items.read(item, first, n));
      if (object.isPresent()) {
        byte[] bytes = object.get().bytes();
        store.put(path + "/" + m.objectKey(at), bytes, 0, object.get().length());
      }
    }
  }

  private static Box rows(Shape shape, long first, long count) {
    long[] start = new long[shape.rank()];
    long[] extent = shape.dims();
    start[0] = first;
    extent[0] = count;
    return Box.of(start, extent);
  }

  /** The header of a file as {@link #write} kept it. */
  public static HeaderRecord record(ObjectStore store, int file) throws IOException {
    return HeaderRecord.ofJson(JSON.readTree(store.get(key(file))));
  }

  /** The long items of a file as {@link #write} kept them. */
  public static HeaderRecord.LongItems longItems(ObjectStore store, int file) {
    return (item, first, count) -> {
      ArrayMetadata m = metadata(item);
      return ZarrArray.of(store, path(file, item), m).read(rows(m.shape(), first, count));
    };
  }

  /** The header of a file, to be read as that file's own. */
  public static HeaderSource source(ObjectStore store, SourceFile file) throws IOException {
    return record(store, file.number()).source(file.name(), longItems(store, file.number()));
  }

  /** The files that a measurement set was made of, from its attribute {@link Msv4Layout#UVH5}. */
  public static List<SourceFile> files(ObjectNode attributes) {
    List<SourceFile> files = new ArrayList<>();
    attributes
        .path(Msv4Layout.UVH5)
        .path("files")
        .forEach(f -> files.add(JSON.convertValue(f, SourceFile.class)));
    return files;
  }
}
