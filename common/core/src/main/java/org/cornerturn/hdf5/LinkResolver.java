package org.cornerturn.hdf5;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the objects that links lead to, through further links on the way. */
final class LinkResolver {
  private final int maxDepth;
  private final Set<String> objects = new HashSet<>();
  private final Map<String, Target> links = new HashMap<>();

  private record Target(Hdf5Link.Kind kind, String path) {}

  LinkResolver(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  void object(String path) {
    objects.add(path);
  }

  void link(String path, Hdf5Link.Kind kind, String target) {
    links.put(path, new Target(kind, target));
  }

  /** Path of the object that a path names; empty where it leads nowhere or in a circle. */
  Optional<String> resolve(String path) {
    int[] steps = {maxDepth};
    return Optional.ofNullable(resolve(path, "/", steps));
  }

  private String resolve(String path, String from, int[] steps) {
    String at = path.startsWith("/") ? "/" : from;
    for (String part : path.split("/")) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      String next = at.equals("/") ? "/" + part : at + "/" + part;
      Target link = links.get(next);
      if (link != null) {
        next = follow(link, at, steps);
      }
      if (next == null || !objects.contains(next)) {
        return null;
      }
      at = next;
    }
    return at;
  }

  private String follow(Target link, String group, int[] steps) {
    return switch (link.kind) {
      case HARD -> link.path;
      case SOFT -> --steps[0] < 0 ? null : resolve(link.path, group, steps);
      default -> null;
    };
  }
}
