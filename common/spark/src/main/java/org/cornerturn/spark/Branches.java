package org.cornerturn.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * What was begun inside a store beside what made the store itself: branches of its groups ({@link
 * ProductPlan#branch}), and runs over several products that keep their ledger in the store's state.
 */
final class Branches {
  private static final String INSIDE = ProductPlan.STATE + "/";

  private final ObjectStore store;
  private final Map<String, String> hadoop;

  /**
   * @param uri of the store, or of a group in it
   */
  Branches(String uri, Map<String, String> hadoop) throws IOException {
    this.store = Stores.open(uri, hadoop);
    this.hadoop = hadoop;
  }

  /** State folders of the branches of the folder itself and of the groups directly in it. */
  List<ObjectStore> states() throws IOException {
    List<ObjectStore> states = new ArrayList<>(of(""));
    for (String group : groups()) {
      states.addAll(of(group + "/"));
    }
    return states;
  }

  private List<String> groups() throws IOException {
    if (store.status("zarr.json").isEmpty()) {
      return List.of();
    }
    try {
      return List.copyOf(ZarrGroup.open(store, "").groupNames());
    } catch (ZarrException e) {
      return List.of(); // An array, or no Zarr at all: there are no groups to have branches.
    }
  }

  private List<ObjectStore> of(String folder) throws IOException {
    List<ObjectStore> states = new ArrayList<>();
    for (String state : inside(folder)) {
      if (store.status(state + "/" + ProductRecord.KEY).isPresent()) {
        states.add(Stores.open(store.uri() + "/" + state, hadoop));
      }
    }
    return states;
  }

  /** Folders in the state folder of a folder. */
  private List<String> inside(String folder) throws IOException {
    return store.folder(folder + ProductPlan.STATE).folders();
  }

  /**
   * What is to be gone on with: unfinished runs over several products, and unfinished branches of
   * which each had a run of its own.
   */
  List<Workspace> unfinished() throws IOException {
    List<Workspace> open = new ArrayList<>();
    for (String folder : inside("")) {
      if (!folder.equals(INSIDE + Ledger.FOLDER)) {
        open.addAll(Workspace.unfinished(store.uri() + "/" + folder, hadoop));
      }
    }
    List<String> folders = open.stream().map(Workspace::folder).toList();
    for (ObjectStore state : states()) {
      Optional<ProductRecord> record = ProductRecord.read(state);
      if (record.isPresent() && record.get().state() != ProductRecord.State.COMPLETE) {
        Workspace w = Workspace.of(record.get(), state);
        if (!folders.contains(w.folder())) {
          open.add(w);
        }
      }
    }
    return open;
  }

  /** The finished branches of the folder itself, as they would be asked for again. */
  List<Workspace> finished() throws IOException {
    List<Workspace> all = new ArrayList<>();
    for (ObjectStore state : of("")) {
      Optional<ProductRecord> record = ProductRecord.read(state);
      record.ifPresent(r -> all.add(Workspace.of(r, state)));
    }
    return all;
  }
}
