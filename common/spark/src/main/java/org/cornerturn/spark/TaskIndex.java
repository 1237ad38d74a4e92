package org.cornerturn.spark;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.cornerturn.plan.ChunkTask;

/**
 * Which tasks of a plan are done: an open hash table of positions in the plan (4 bytes a slot) and
 * a bit each, so that a million tasks take some 9 MB.
 */
final class TaskIndex<T extends ChunkTask> {
  private final List<T> tasks;
  private final int[] slots;
  private final BitSet done = new BitSet();

  TaskIndex(List<T> tasks) {
    this.tasks = tasks;
    this.slots = new int[Integer.highestOneBit(Math.max(1, tasks.size())) * 4];
    Arrays.fill(slots, -1);
    for (int i = 0; i < tasks.size(); i++) {
      int at = slot(tasks.get(i).id());
      slots[at] = i;
    }
  }

  private int slot(String id) {
    int h = id.hashCode() * 0x9E3779B9;
    int at = (h ^ h >>> 16) & slots.length - 1;
    while (slots[at] >= 0 && !tasks.get(slots[at]).id().equals(id)) {
      at = at + 1 & slots.length - 1;
    }
    return at;
  }

  /** Marks a task as done; names outside the plan are passed over. */
  void markDone(String id) {
    int position = slots[slot(id)];
    if (position >= 0) {
      done.set(position);
    }
  }

  boolean isDone(T task) {
    int position = slots[slot(task.id())];
    return position >= 0 && done.get(position);
  }

  int doneCount() {
    return done.cardinality();
  }

  boolean allDone() {
    return doneCount() == tasks.size();
  }
}
