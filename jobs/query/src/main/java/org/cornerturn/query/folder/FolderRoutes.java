package org.cornerturn.query.folder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.root.Root;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** Folders of the roots, one at a time, as one walks through them: folders and HDF5 files. */
public final class FolderRoutes implements Routes {
  private static final Set<String> HDF5_ENDINGS =
      Set.of("h5", "hdf5", "hdf", "he5", "uvh5", "nxs", "nc", "nc4", "skyh5", "calh5");

  private static final Parameter<String> PREFIX =
      Parameter.text("prefix", "ROOT/folder/in/root; without it, the roots").or("");

  private final Limit mostEntries;

  public FolderRoutes(Limits limits) {
    mostEntries =
        limits.declare("folder_entries", 10_000, "entries", "what a folder lists at most");
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/folders", "folder", "service", "Folders and HDF5 files of a folder")
            .described("Folders of Zarr stores are listed as any others. Names are sorted.")
            .with(PREFIX)
            .answers(200, "What lies directly in it", "application/json")
            .answers(404, "There is no such root"),
        this::folder);
  }

  private void folder(Exchange exchange) throws IOException {
    String prefix = exchange.value(PREFIX);
    ObjectNode body = Json.object().put("prefix", prefix);
    ArrayNode folders = body.putArray("folders");
    ArrayNode files = body.putArray("files");
    boolean isTruncated = false;
    if (prefix.isEmpty()) {
      for (Root root : exchange.roots()) {
        folders.addObject().put("name", root.name()).put("prefix", root.name() + "/");
      }
    } else {
      isTruncated = list(exchange.locate(prefix), folders, files);
    }
    exchange.json(body.put("truncated", isTruncated));
  }

  /**
   * @return whether there is more than the limit
   */
  private boolean list(Located place, ArrayNode folders, ArrayNode files) {
    ObjectStore.Folder found;
    try {
      found = place.store().folder(place.key());
    } catch (IOException e) {
      throw place.failed(e);
    }
    long left = mostEntries.most();
    for (String folder : found.folders()) {
      if (left-- > 0) {
        String key = new Located(place.root(), folder).fullKey();
        folders.addObject().put("name", name(folder)).put("prefix", key + "/");
      }
    }
    for (ObjectStatus s : found.objects()) {
      if (isHdf5(s.key()) && left-- > 0) {
        files
            .addObject()
            .put("name", name(s.key()))
            .put("key", new Located(place.root(), s.key()).fullKey())
            .put("size", s.size())
            .put("last_modified", Instant.ofEpochMilli(s.modifiedMillis()).toString());
      }
    }
    return left < 0;
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private static boolean isHdf5(String key) {
    String name = name(key);
    return HDF5_ENDINGS.contains(
        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
