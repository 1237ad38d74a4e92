package org.cornerturn.jobs.mosaic;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.cornerturn.storage.ObjectStore;

/**
 * What was measured of a tile.
 *
 * @param sigma noise, Jy/beam
 * @param measured pixels that it was measured of
 */
record TileFacts(double sigma, long measured) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  static TileFacts get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), TileFacts.class);
  }
}
