package org.cornerturn.query.viewer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.cornerturn.query.Caches;
import org.cornerturn.query.http.ErrorDialect;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.root.Root;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** Files and folders of the roots. */
final class ListingRoutes implements Routes {
  private static final List<String> HDF5_ENDINGS =
      List.of(".h5", ".hdf5", ".hdf", ".uvh5", ".nxs", ".nc", ".h5ad", ".nwb");
  private static final String JSON = "application/json";
  private static final Parameter<String> PREFIX =
      Parameter.text("prefix", "what keys begin with").or("");
  private static final Parameter<Boolean> FOLDERS =
      Parameter.flag("include_folders", "whether folders are listed too").or(true);
  private static final Parameter<Long> MOST =
      Parameter.integer("max_items", "files to list at most", 1, 50_000).or(20_000L);
  private static final Parameter<String> BUCKET =
      Parameter.text("bucket", "name of one root; all where none is given");

  private final Listings listings;

  ListingRoutes(Caches caches) {
    listings = new Listings(caches);
  }

  private static Operation at(String path, String id, String summary) {
    return Operation.at("/hdf5" + path, id, ViewerRoutes.TAG, summary).failsAs(ErrorDialect.VIEWER);
  }

  @Override
  public void register(Router router) {
    router.get(
        at("/files", "viewerFiles", "Files of the roots, folder after folder")
            .alsoAt("/files")
            .with(PREFIX, FOLDERS, MOST, BUCKET)
            .answers(200, "files and folders by key", JSON),
        this::files);
    router.post(
        at("/files/refresh", "viewerRefresh", "Forgets what was listed")
            .alsoAt("/files/refresh")
            .answers(200, "done", JSON),
        x -> {
          listings.forget();
          x.json(Json.object().put("success", true).put("message", "Listings will be made anew"));
        });
    router.get(
        at("/browse", "viewerBrowse", "One folder: its folders and HDF5 files")
            .alsoAt("/api/browse")
            .with(PREFIX, BUCKET)
            .answers(200, "folders, files and the way back", JSON),
        this::browse);
  }

  private static List<Root> roots(Exchange x) {
    String bucket = x.optional(BUCKET).orElse(null);
    List<Root> roots = x.roots();
    if (bucket == null) {
      return roots;
    }
    List<Root> named = roots.stream().filter(r -> r.name().equals(bucket)).toList();
    if (named.isEmpty()) {
      throw Problem.notFound("There is no root " + bucket);
    }
    return named;
  }

  /** What stands before the keys of a root: nothing where there is but one. */
  private static String before(List<Root> roots, Root root) {
    return roots.size() == 1 ? "" : root.name() + "/";
  }

  private void files(Exchange x) throws Exception {
    String prefix = x.value(PREFIX);
    int most = x.value(MOST).intValue();
    boolean withFolders = x.value(FOLDERS);
    List<Root> roots = roots(x);
    ArrayNode items = Json.mapper().createArrayNode();
    int files = 0;
    int folders = 0;
    boolean cached = true;
    boolean truncated = false;
    for (Root root : roots) {
      String before = before(roots, root);
      String inRoot = prefix.startsWith(before) ? prefix.substring(before.length()) : "";
      if (!prefix.startsWith(before) && !before.startsWith(prefix)) {
        continue;
      }
      x.locate(root.name() + "/" + inRoot.substring(0, inRoot.lastIndexOf('/') + 1));
      cached &= listings.isKept(root, inRoot, most);
      Listings.Listing listing = listings.list(root, inRoot, most, x.deadline());
      truncated |= listing.truncated();
      for (Listings.Item item : listing.items()) {
        if (item.isFolder() && !withFolders) {
          continue;
        }
        if (!item.isFolder() && files >= most) {
          truncated = true;
          break;
        }
        files += item.isFolder() ? 0 : 1;
        folders += item.isFolder() ? 1 : 0;
        items.add(node(before, item));
      }
    }
    ObjectNode answer = Json.object().put("success", true).put("count", items.size());
    answer.set("files", items);
    answer.put("files_count", files).put("folders_count", folders);
    answer.put("truncated", truncated).put("prefix", prefix);
    answer.put("include_folders", withFolders).put("max_items", most).put("cached", cached);
    x.json(answer);
  }

  private static ObjectNode node(String before, Listings.Item item) {
    ObjectNode node = Json.object().put("key", before + item.key()).put("size", item.size());
    node.put("last_modified", item.modified() == null ? null : item.modified().toString());
    node.put("etag", item.etag());
    return node.put("type", item.isFolder() ? "folder" : "file").put("is_folder", item.isFolder());
  }

  private void browse(Exchange x) throws Exception {
    String prefix = x.value(PREFIX).replaceAll("^/+|/+$", "");
    List<Root> roots = roots(x);
    ObjectNode answer = Json.object().put("success", true).put("prefix", prefix);
    ArrayNode folders = answer.putArray("folders");
    ArrayNode files = answer.putArray("files");
    ArrayNode crumbs = answer.putArray("breadcrumbs");
    crumbs.addObject().put("name", "roots").put("prefix", "");
    StringBuilder way = new StringBuilder();
    for (String part : prefix.isEmpty() ? new String[0] : prefix.split("/")) {
      way.append(part).append('/');
      crumbs.addObject().put("name", part).put("prefix", way.toString());
    }
    long bytes = 0;
    if (prefix.isEmpty() && roots.size() > 1) {
      roots.forEach(r -> folders.addObject().put("name", r.name()).put("prefix", r.name() + "/"));
    } else {
      String full = roots.size() == 1 ? roots.get(0).name() + "/" + prefix : prefix;
      boolean named = prefix.equals(roots.get(0).name()) || x.optional(BUCKET).isEmpty();
      org.cornerturn.query.root.Located place =
          x.locate(named && !prefix.isEmpty() ? prefix : full);
      String before = before(roots, place.root());
      ObjectStore.Folder folder = Listings.folder(place.root(), place.key());
      for (String f : folder.folders()) {
        folders
            .addObject()
            .put("name", f.substring(f.lastIndexOf('/') + 1))
            .put("prefix", before + f + "/");
      }
      for (ObjectStatus s : folder.objects()) {
        String name = s.key().toLowerCase(Locale.ROOT);
        if (HDF5_ENDINGS.stream().anyMatch(name::endsWith)) {
          bytes += s.size();
          ObjectNode node = node(before, Listings.item(s));
          files.add(node.put("name", s.key().substring(s.key().lastIndexOf('/') + 1)));
        }
      }
    }
    answer.put("total_folders", folders.size()).put("total_files", files.size());
    answer.put("total_size", bytes);
    answer.put("bucket", x.optional(BUCKET).orElse(roots.isEmpty() ? "" : roots.get(0).name()));
    x.json(answer);
  }
}
