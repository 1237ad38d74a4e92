package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.cornerturn.deconvolution.Deconvolution;
import org.cornerturn.storage.ObjectStore;

/**
 * Where the cleaning of a group stands after a cycle.
 *
 * @param stage what is to be done next
 * @param cycles what the cycles so far did
 * @param known what cleaning goes on from; null before it began
 */
record CleanState(Stage stage, List<Deconvolution.Outcome> cycles, Deconvolution.State known) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is to be done next. */
  enum Stage {
    /** Components will be looked for in the next residual. */
    GOES_ON,
    /** The residual of the final model is to be made. */
    NEEDS_RESIDUAL,
    /** Nothing. */
    FINISHED
  }

  CleanState {
    cycles = List.copyOf(cycles);
  }

  void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  static CleanState get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), CleanState.class);
  }
}
