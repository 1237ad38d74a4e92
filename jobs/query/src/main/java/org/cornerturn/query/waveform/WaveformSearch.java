package org.cornerturn.query.waveform;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.root.Root;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Looks for waveforms folder by folder, in the order of keys. Folders of Zarr stores and of the
 * engine's state are not gone into.
 */
final class WaveformSearch {
  private static final String STATE = "_cornerturn";

  /** After this time a page ends with what it has. */
  private static final long PAGE_NANOS = Duration.ofSeconds(3).toNanos();

  /** Behind everything in a folder. */
  private static final String BEHIND = "/\ufffd";

  /**
   * Some waveforms.
   *
   * @param unreadable what could not be looked into, by key, with the reason
   * @param next where the next page begins, or null at the end
   */
  record Page(List<Waveform> found, Map<String, String> unreadable, String next) {}

  private final Waveforms waveforms;
  private final Limit mostLooks;

  WaveformSearch(Waveforms waveforms, Limits limits) {
    this.waveforms = waveforms;
    this.mostLooks =
        limits.declare(
            "waveform_looks", 2000, "places", "folders and files that one page looks into");
  }

  /**
   * @param prefix a root or a folder in one; empty for all roots
   * @param after {@link Page#next} of the page before
   */
  Page page(Exchange exchange, String prefix, Optional<String> after, int limit) throws Exception {
    Walk walk = new Walk(exchange, after.orElse(""), limit);
    if (prefix.isEmpty()) {
      Map<String, Root> roots = new TreeMap<>();
      exchange.roots().forEach(r -> roots.put(r.name() + "/", r));
      for (Root r : roots.values()) {
        walk.folder(new Located(r, ""));
      }
    } else {
      walk.folder(exchange.locate(prefix));
    }
    return new Page(walk.found, walk.unreadable, walk.next);
  }

  private final class Walk {
    private final Exchange exchange;
    private final String after;
    private final int limit;
    private final List<Waveform> found = new ArrayList<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final long began = System.nanoTime();
    private long looks;
    private String last = "";
    private String next;

    Walk(Exchange exchange, String after, int limit) {
      this.exchange = exchange;
      this.after = after;
      this.limit = limit;
    }

    /** Whether the page is full; then the next one begins after what came last. */
    private boolean isFull() {
      boolean isLong = looks >= mostLooks.most() || System.nanoTime() - began > PAGE_NANOS;
      if (next == null && (found.size() == limit || isLong && !last.isEmpty())) {
        next = last;
      }
      return next != null;
    }

    void folder(Located place) throws Exception {
      exchange.deadline().check();
      if (isFull()) {
        return;
      }
      looks++;
      ObjectStore.Folder folder;
      try {
        folder = place.store().folder(place.key());
      } catch (IOException e) {
        throw place.failed(e);
      }
      // Folders in the order that the keys in them have.
      TreeMap<String, Located> members = new TreeMap<>();
      for (ObjectStatus s : folder.objects()) {
        if (Waveforms.isHdf5(s.key())) {
          members.put(s.key(), new Located(place.root(), s.key()));
        }
      }
      for (String f : folder.folders()) {
        if (!f.endsWith(STATE)) {
          members.put(f + "/", new Located(place.root(), f));
        }
      }
      for (Map.Entry<String, Located> m : members.entrySet()) {
        member(m.getValue(), m.getKey().endsWith("/"));
        if (next != null) {
          return;
        }
      }
    }

    private void member(Located member, boolean isFolder) throws Exception {
      String full = member.fullKey();
      boolean passed = full.compareTo(after) <= 0;
      if (!isFolder) {
        if (!passed && !isFull()) {
          look(member);
        }
        return;
      }
      if ((full + BEHIND).compareTo(after) <= 0 || isFull() || leavesRoot(member)) {
        return;
      }
      if (!isStore(member)) {
        folder(member);
        last = next == null ? full + BEHIND : last;
      } else if (!passed) {
        look(member);
      }
    }

    /** Whether a symbolic link leads elsewhere: what lies there is nobody's to see. */
    private boolean leavesRoot(Located folder) {
      try {
        exchange.locate(folder.fullKey());
        return false;
      } catch (Problem e) {
        if (e.status() == 403) {
          return true;
        }
        throw e;
      }
    }

    private boolean isStore(Located folder) throws Exception {
      if (folder.key().endsWith(".zarr")) {
        return true;
      }
      looks++;
      return waveforms.isStore(folder, exchange.deadline());
    }

    private void look(Located place) throws Exception {
      exchange.deadline().check();
      looks++;
      try {
        Located checked = exchange.locate(place.fullKey());
        Optional<Waveform> w =
            Waveforms.isHdf5(checked.key())
                ? waveforms.inFile(checked, "", exchange.deadline())
                : waveforms.inStore(checked, exchange.deadline());
        w.ifPresent(found::add);
      } catch (Problem e) {
        if (e.status() >= 500) {
          throw e;
        }
        unreadable.put(place.fullKey(), e.getMessage());
      }
      last = place.fullKey();
    }
  }
}
