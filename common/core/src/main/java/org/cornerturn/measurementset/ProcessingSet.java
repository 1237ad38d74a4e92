package org.cornerturn.measurementset;

import java.io.IOException;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrGroup;

/** A processing set in a store: its measurement sets, for reading. One request opens it. */
public final class ProcessingSet {
  private final ObjectStore store;
  private final ZarrGroup root;

  private ProcessingSet(ObjectStore store, ZarrGroup root) {
    this.store = store;
    this.root = root;
  }

  /**
   * @param store whose root is the processing set's
   * @throws org.cornerturn.zarr.ZarrException when there is no Zarr group
   * @throws UserError when the group is no processing set
   */
  public static ProcessingSet open(ObjectStore store) throws IOException {
    ZarrGroup root = ZarrGroup.open(store, "");
    if (!root.attributes().path("type").asText().equals("processing_set")) {
      throw new UserError(
          store.uri(),
          "it is no processing set of Measurement Sets v4",
          "Name a store that cornerturn convert has made of UVH5 files");
    }
    return new ProcessingSet(store, root);
  }

  public ObjectStore store() {
    return store;
  }

  /** Names of the measurement sets, sorted. */
  public List<String> names() throws IOException {
    return List.copyOf(root.groupNames());
  }

  /** One of {@link #names}. */
  public Msv4Reader measurementSet(String name) throws IOException {
    return new Msv4Reader(store, root.group(name));
  }
}
