package org.cornerturn.jobs.night;

import org.cornerturn.jobs.watch.Observation;

/** An observation on its way through the night. */
final class Tile {
  private final Observation observation;
  private final String name;
  private String set;
  private String question = "";
  private boolean isCorrected;
  private Stage heldAt;

  /**
   * @param set where its processing set is, or will be
   */
  Tile(Observation observation, String set) {
    this.observation = observation;
    this.name = observation.group().storeName();
    this.set = set;
  }

  Observation observation() {
    return observation;
  }

  /** As in the names of its products. */
  String name() {
    return name;
  }

  /** URI of its processing set. */
  String set() {
    return set;
  }

  void isIn(String root) {
    set = root;
  }

  /** Digest of all that was done to it so far. */
  String question() {
    return question;
  }

  void answered(String digest) {
    question = digest;
  }

  /** Whether it has the data group {@code corrected}. */
  boolean isCorrected() {
    return isCorrected;
  }

  void corrected() {
    isCorrected = true;
  }

  /** The stage that ended its way; null while it goes on. */
  Stage heldAt() {
    return heldAt;
  }

  void hold(Stage at) {
    heldAt = at;
  }
}
