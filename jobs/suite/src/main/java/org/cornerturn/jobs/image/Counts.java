package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.cornerturn.storage.ObjectStore;

/**
 * What a task has counted while it gridded a block.
 *
 * @param samples (row, channel) that had weight
 * @param weight sum of imaging weights by polarization
 * @param noise sums of {@link org.cornerturn.imaging.ThermalNoise} by polarization
 */
record Counts(long samples, double[] weight, double[][] noise) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  static Counts get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), Counts.class);
  }
}
