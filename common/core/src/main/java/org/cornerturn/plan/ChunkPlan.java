package org.cornerturn.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every task of a product, in a fixed order that follows from metadata alone. */
public record ChunkPlan<T extends ChunkTask>(List<T> tasks) {
  public ChunkPlan {
    tasks = List.copyOf(tasks);
    Set<String> seen = new HashSet<>();
    for (T t : tasks) {
      if (!seen.add(t.id())) {
        throw new IllegalArgumentException("two tasks named " + t.id());
      }
    }
  }

  public long inputBytes() {
    return tasks.stream().mapToLong(ChunkTask::inputBytes).sum();
  }

  /** Largest heap that a single task needs. */
  public long peakBytes() {
    return tasks.stream().mapToLong(ChunkTask::peakBytes).max().orElse(0);
  }

  /** The tasks by wave, in the order in which the waves run. */
  public SortedMap<Integer, List<T>> waves() {
    SortedMap<Integer, List<T>> waves = new TreeMap<>();
    tasks.forEach(t -> waves.computeIfAbsent(t.wave(), w -> new ArrayList<>()).add(t));
    return waves;
  }
}
