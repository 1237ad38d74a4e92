package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** Reads metadata objects. */
final class MetadataStore {
  /** Consolidated metadata of 100,000 arrays have about 100 MB. */
  private static final int MAX_BYTES = 256 << 20;

  private MetadataStore() {}

  /** Name of a place in a store, for errors. */
  static String name(ObjectStore store, String path) {
    return path.isEmpty() ? store.uri() : store.uri() + "/" + path;
  }

  /** The JSON object under this key, or null where there is none. */
  static ObjectNode read(ObjectStore store, String key) throws IOException {
    try (ObjectChannel channel = store.open(key)) {
      return read(name(store, key), channel);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The JSON object that is known to be there, or null where it is gone. */
  static ObjectNode read(ObjectStore store, ObjectStatus known) throws IOException {
    try (ObjectChannel channel = store.open(known)) {
      return read(name(store, known.key()), channel);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static ObjectNode read(String name, ObjectChannel channel) throws IOException {
    long size = channel.size();
    if (size > MAX_BYTES) {
      throw new ZarrException(name, "metadata of " + size + " bytes, at most " + MAX_BYTES);
    }
    byte[] bytes = new byte[(int) size];
    channel.readFully(0, bytes, 0, bytes.length);
    return Json.parse(name, bytes);
  }
}
