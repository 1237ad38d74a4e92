package org.cornerturn.jobs.convert;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which objects of a file a conversion takes. A pattern with a slash matches whole paths ({@code
 * /night/*}, {@code /a/**}), one without matches names. What is excluded goes with everything below
 * it; with {@code --dataset} only the datasets named are taken, and the groups above them.
 */
final class Selection {
  private final List<PathPattern> datasets;
  private final List<PathPattern> excludes;
  private final Set<String> excluded = new TreeSet<>();

  Selection(List<String> datasets, List<String> excludes) {
    this.datasets = datasets.stream().map(PathPattern::of).toList();
    this.excludes = excludes.stream().map(PathPattern::of).toList();
  }

  /**
   * Whether an object stays out, by its own path or a group's above it; ask groups before their
   * members.
   */
  boolean excludes(String path) {
    boolean out = excluded.contains(parent(path)) || matches(excludes, path);
    if (out) {
      excluded.add(path);
    }
    return out;
  }

  boolean takesDataset(String path) {
    return datasets.isEmpty() || matches(datasets, path);
  }

  boolean takesEverything() {
    return datasets.isEmpty();
  }

  private static boolean matches(List<PathPattern> patterns, String path) {
    return patterns.stream().anyMatch(p -> p.matches(path));
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
