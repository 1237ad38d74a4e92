package org.cornerturn.query.viewer;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Caches;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.root.Root;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** What lies in the roots; kept for half a minute. */
final class Listings {
  private static final double SHARE = 0.02;
  private static final long ITEM_BYTES = 300;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * A file or a folder.
   *
   * @param key in the root; a folder's ends with a slash
   */
  record Item(String key, long size, Instant modified, String etag, boolean isFolder) {}

  /** Items by key. */
  record Listing(List<Item> items, boolean truncated, long made) {}

  private record Key(String root, String prefix, int most) {}

  private final ByteCache<Key, Listing> cache;

  Listings(Caches caches) {
    cache = caches.cache("hdf5_listings", SHARE, l -> l.items().size() * ITEM_BYTES);
  }

  void forget() {
    cache.removeIf(k -> true);
  }

  /** Whether a listing is kept and fresh. */
  boolean isKept(Root root, String prefix, int most) {
    Listing l = cache.peek(new Key(root.name(), prefix, most));
    return l != null && isFresh(l);
  }

  private static boolean isFresh(Listing l) {
    return System.nanoTime() - l.made() < KEPT_NANOS;
  }

  /**
   * Files whose key begins with a prefix, folder after folder, and the folders on the way.
   *
   * @param most files at most
   */
  Listing list(Root root, String prefix, int most, Deadline deadline) throws Exception {
    Key key = new Key(root.name(), prefix, most);
    Listing kept = cache.peek(key);
    if (kept != null && !isFresh(kept)) {
      cache.removeIf(key::equals);
    }
    return cache.get(key, deadline, () -> walk(root, prefix, most, deadline));
  }

  private static Listing walk(Root root, String prefix, int most, Deadline deadline) {
    List<Item> files = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    int slash = prefix.lastIndexOf('/');
    open.push(slash < 0 ? "" : prefix.substring(0, slash));
    boolean truncated = false;
    while (!open.isEmpty() && !truncated) {
      deadline.check();
      ObjectStore.Folder folder = folder(root, open.pop());
      List<String> within = new ArrayList<>(folder.folders());
      Collections.reverse(within);
      for (String f : within) {
        if (f.startsWith(prefix) || prefix.startsWith(f + "/")) {
          open.push(f);
        }
        if (f.startsWith(prefix)) {
          folders.add(f + "/");
        }
      }
      for (ObjectStatus s : folder.objects()) {
        if (s.key().startsWith(prefix)) {
          truncated |= files.size() >= most;
          if (!truncated) {
            files.add(item(s));
          }
        }
      }
      truncated |= folders.size() > most;
    }
    for (String f : folders) {
      files.add(new Item(f, 0, null, null, true));
    }
    files.sort(java.util.Comparator.comparing(Item::key));
    return new Listing(List.copyOf(files), truncated, System.nanoTime());
  }

  /** What lies directly in a folder. */
  static ObjectStore.Folder folder(Root root, String path) {
    try {
      return root.store().folder(path);
    } catch (IOException e) {
      throw new Located(root, path).failed(e);
    }
  }

  static Item item(ObjectStatus s) {
    Instant modified = Instant.ofEpochMilli(s.modifiedMillis());
    return new Item(s.key(), s.size(), modified, s.version(), false);
  }
}
