package org.cornerturn.jobs.flag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.Graft;

/**
 * The flag arrays that flagging has made of a measurement set, numbered from 1. One is the current
 * one: that of the data group. Those above it are being made.
 *
 * @param group name of the data group
 */
record FlagVersions(OpenSet set, String group, Map<String, String> hadoop) {
  private static final String FLAG = "FLAG_";

  /** The data group that flagging another makes. */
  static String groupOf(String dataGroup) {
    return dataGroup.equals(DataGroup.BASE)
        ? DataGroup.FLAGGED
        : dataGroup + "_" + DataGroup.FLAGGED;
  }

  /** Name of the branch as a product. */
  String branch(int version) {
    return version == 1 ? group : group + "_" + version;
  }

  /** Name of the array. */
  String array(int version) {
    return FLAG + branch(version).toUpperCase(Locale.ROOT);
  }

  /** The number of the current version, or 0. */
  int current() {
    if (!set.reader().groupNames().contains(group)) {
      return 0;
    }
    String array = set.reader().group(group).dataGroup().flag();
    String number = array.startsWith(array(1) + "_") ? array.substring(array(1).length() + 1) : "1";
    return array.equals(array(1)) || number.matches("\\d{1,9}") && !number.equals("1")
        ? Integer.parseInt(number)
        : 0;
  }

  Optional<StandingProduct> standing(int version) throws IOException {
    return StandingProduct.branch(set.folder(), branch(version), hadoop);
  }

  private boolean isTaken(int version) throws IOException {
    ObjectStore store = set.reader().store();
    return standing(version).isPresent()
        || store.status(set.reader().name() + "/" + array(version) + "/zarr.json").isPresent();
  }

  /**
   * The version that answers a question: the current one if it does, one that was begun, or a new
   * one.
   */
  int of(String fingerprint) throws IOException {
    int version = current();
    if (version == 0) {
      version = 1;
    }
    while (isTaken(version)) {
      Optional<StandingProduct> there = standing(version);
      if (there.isPresent() && there.get().fingerprint().equals(fingerprint)) {
        return version;
      }
      version++;
    }
    return version;
  }

  /**
   * Removes the versions that are whole and belong to no data group any more.
   *
   * @return names of the arrays
   */
  List<String> prune() throws IOException {
    Msv4Reader reader = set.reader();
    TreeSet<String> used = new TreeSet<>();
    for (String name : reader.groupNames()) {
      used.addAll(reader.group(name).dataGroup().arrays());
    }
    List<String> removed = new ArrayList<>();
    for (int version = 1; version < current(); version++) {
      Optional<StandingProduct> there = standing(version);
      if (there.isPresent() && there.get().isComplete() && !used.contains(array(version))) {
        remove(version, UnaryOperator.identity());
        removed.add(array(version));
      }
    }
    return removed;
  }

  /**
   * Removes a version.
   *
   * @param attributes gives the measurement set's attributes without it
   */
  void remove(int version, UnaryOperator<ObjectNode> attributes) throws IOException {
    ObjectStore store = set.reader().store();
    String ms = set.reader().name();
    // First unknown to readers, and the state last: what is cut short is found again.
    Graft.members(store, ms, List.of(array(version)), set.reader().visibilityMetadata().format())
        .detach(attributes);
    store.deleteFolder(ms + "/" + array(version));
    store.deleteFolder(ms + "/" + ProductPlan.STATE + "/" + branch(version));
  }
}
