package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.cornerturn.storage.ObjectStore;

/** What lies at a path of a store: an array or a group, of which format. */
public record ZarrNode(ZarrFormat format, boolean isArray) {
  /**
   * Looks at a path; at most three requests.
   *
   * @param path without slashes at its ends; empty for the root
   * @throws ZarrException when there is a {@code zarr.json} that can't be read
   */
  public static Optional<ZarrNode> at(ObjectStore store, String path) throws IOException {
    ObjectNode v3 = MetadataStore.read(store, Names.join(path, Names.V3));
    if (v3 != null) {
      return Optional.of(
          new ZarrNode(ZarrFormat.V3, v3.path("node_type").asText().equals("array")));
    }
    if (store.status(Names.join(path, Names.V2_ARRAY)).isPresent()) {
      return Optional.of(new ZarrNode(ZarrFormat.V2, true));
    }
    if (store.status(Names.join(path, Names.V2_GROUP)).isPresent()) {
      return Optional.of(new ZarrNode(ZarrFormat.V2, false));
    }
    return Optional.empty();
  }
}
