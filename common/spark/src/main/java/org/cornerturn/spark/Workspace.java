package org.cornerturn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/**
 * A request that {@code resume} finds at a URI.
 *
 * @param verb the command that made or makes it
 * @param parameters all that this command needs to plan it again
 * @param folder what {@link RunRequest#folder()} must be, so that ledger and lease are the same
 */
public record Workspace(String verb, ObjectNode parameters, String folder) {
  /**
   * Finds the requests behind a product or an output folder: of a folder the unfinished ones, or
   * the latest if all are finished. Of a store these are the one that made it, unless it is whole
   * and something else in it is not, and the unfinished ones of its branches and pyramids.
   *
   * @throws UserError when there is neither
   */
  public static List<Workspace> find(String uri, Map<String, String> hadoop) throws IOException {
    Map<String, String> settings = S3Settings.completed(hadoop);
    List<ObjectStore> states = stateFolders(uri, settings);
    Branches branches = new Branches(trimmed(uri), settings);
    List<Workspace> inside = branches.unfinished();
    List<Workspace> all = new ArrayList<>();
    for (ObjectStore state : states) {
      Optional<ProductRecord> product = ProductRecord.read(state);
      if (product.isPresent()) {
        boolean whole = product.get().state() == ProductRecord.State.COMPLETE;
        if (inside.isEmpty() || !whole) {
          all.add(of(product.get(), state));
        }
        break;
      }
      List<Workspace> requests = ofFolder(state);
      if (!requests.isEmpty()) {
        all.addAll(requests);
        break;
      }
    }
    all.addAll(inside);
    if (all.isEmpty()) {
      all.addAll(branches.finished());
    }
    if (all.isEmpty()) {
      throw nothing(uri);
    }
    return all;
  }

  /** The request behind a product. */
  static Workspace of(ProductRecord p, ObjectStore state) {
    String workspace = Locations.resolve(state.uri(), p.workspace());
    String folder =
        workspace.equals(state.uri())
            ? Locations.resolve(state.uri(), p.root())
            : workspace.substring(0, workspace.lastIndexOf('/'));
    return new Workspace(p.verb(), p.parameters(), folder);
  }

  private static List<Workspace> ofFolder(ObjectStore state) throws IOException {
    List<FolderRecord.Found> requests = FolderRecord.all(state);
    if (requests.isEmpty()) {
      return List.of();
    }
    String folder = state.uri().substring(0, state.uri().lastIndexOf('/'));
    List<FolderRecord.Found> open = requests.stream().filter(FolderRecord.Found::open).toList();
    List<FolderRecord.Found> chosen =
        open.isEmpty()
            ? List.of(
                requests.stream()
                    .max(Comparator.comparing(FolderRecord.Found::updated))
                    .orElseThrow())
            : open;
    return chosen.stream().map(f -> new Workspace(f.verb(), f.parameters(), folder)).toList();
  }

  /**
   * The unfinished requests of a folder of products; empty where there are none, or no such folder.
   */
  static List<Workspace> unfinished(String folder, Map<String, String> hadoop) throws IOException {
    ObjectStore state = Stores.open(folder + "/" + ProductPlan.STATE, S3Settings.completed(hadoop));
    return FolderRecord.all(state).stream()
        .filter(FolderRecord.Found::open)
        .map(f -> new Workspace(f.verb(), f.parameters(), folder))
        .toList();
  }

  static UserError nothing(String uri) {
    return new UserError(
        "nothing to be found at " + uri,
        "there is neither a product nor a folder of products of Cornerturn",
        "Name the output of an earlier run");
  }

  private static String trimmed(String uri) {
    return uri.length() > 1 ? uri.replaceAll("/+$", "") : uri;
  }

  /** Where the state of a product or folder can lie: inside it, or beside a product of one file. */
  private static List<ObjectStore> stateFolders(String uri, Map<String, String> hadoop)
      throws IOException {
    String at = trimmed(uri);
    try {
      return List.of(
          Stores.open(at + "/" + ProductPlan.STATE, hadoop),
          Stores.open(at + "." + ProductPlan.STATE, hadoop));
    } catch (IOException e) {
      throw StoreFaults.explain(e, uri)
          .<IOException>map(
              u -> {
                throw u;
              })
          .orElse(e);
    }
  }

  /**
   * The state folders of the product, or of every product of the folder, at a URI, and of the
   * branches in it.
   */
  static List<ObjectStore> productStates(String uri, Map<String, String> hadoop)
      throws IOException {
    List<ObjectStore> states = new ArrayList<>();
    for (ObjectStore state : stateFolders(uri, hadoop)) {
      if (state.status(ProductRecord.KEY).isPresent()) {
        states.add(state);
        break;
      }
      List<FolderRecord.Found> requests = FolderRecord.all(state);
      if (!requests.isEmpty()) {
        for (String s :
            requests.stream().flatMap(f -> f.products().stream()).distinct().sorted().toList()) {
          states.add(Stores.open(s, hadoop));
        }
        break;
      }
    }
    states.addAll(new Branches(trimmed(uri), hadoop).states());
    if (states.isEmpty()) {
      throw nothing(uri);
    }
    return states;
  }
}
