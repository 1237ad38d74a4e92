package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * Makes a branch that was published by itself known to the store around it: its nodes in the
 * consolidated metadata of the groups above it that have such, attributes in its parent group.
 * Everything else in these documents stays as it is. A branch is one node with what is below it, or
 * several nodes of one group, which then come and go together. The root is written last when a
 * branch comes, first when it goes, and each document in one step: a reader that opens the store at
 * its root sees all of the branch and the parent's attributes as they belong to it, or none.
 * Several writers may graft onto one store at the same time.
 */
public final class Graft {
  private static final int ATTEMPTS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 200;

  private final ObjectStore store;
  private final ZarrFormat format;
  private final String parent;

  /** Names of the branch's topmost nodes in the parent. */
  private final List<String> members;

  /** What keys of the branch's own documents lack, relative to the parent. */
  private final String prefix;

  /**
   * @param store whose root is that of the Zarr store
   * @param path of the branch, not empty
   */
  public Graft(ObjectStore store, String path, ZarrFormat format) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a branch lies below the root");
    }
    this.store = store;
    this.format = format;
    this.parent = above(path);
    this.prefix = relative(parent, path);
    this.members = List.of(prefix);
  }

  private Graft(ObjectStore store, String parent, List<String> members, ZarrFormat format) {
    this.store = store;
    this.format = format;
    this.parent = parent;
    this.prefix = "";
    this.members = List.copyOf(members);
  }

  /**
   * A branch of several nodes in one group. The hierarchy that is attached has the group as its
   * root, of which nothing but these nodes is taken.
   *
   * @param parent path of the group, empty for the root
   * @param members names of the nodes
   */
  public static Graft members(
      ObjectStore store, String parent, List<String> members, ZarrFormat format) {
    return new Graft(store, parent, members, format);
  }

  /**
   * Makes the branch known. May be done again.
   *
   * @param branch as it was published at the path, or in the group
   * @param attributes gives the parent group's new attributes from its present ones; may be called
   *     several times
   */
  public void attach(ZarrHierarchy branch, UnaryOperator<ObjectNode> attributes)
      throws IOException {
    SortedMap<String, ObjectNode> nodes = nodes(branch);
    for (String group : ancestors()) {
      rewrite(group, nodes, attributes);
    }
  }

  /** Takes back what {@link #attach} has done; the branch itself stays. */
  public void detach(UnaryOperator<ObjectNode> attributes) throws IOException {
    List<String> fromRoot = ancestors();
    Collections.reverse(fromRoot);
    for (String group : fromRoot) {
      rewrite(group, new TreeMap<>(), attributes);
    }
  }

  /** Groups above the branch, its parent first. */
  private List<String> ancestors() {
    List<String> groups = new ArrayList<>();
    for (String group = parent; !group.isEmpty(); group = above(group)) {
      groups.add(group);
    }
    groups.add("");
    return groups;
  }

  private static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String relative(String group, String below) {
    return group.isEmpty() || below.equals(group)
        ? below.substring(group.length())
        : below.substring(group.length() + 1);
  }

  /** Documents of the branch as consolidated metadata hold them, by key relative to the parent. */
  private SortedMap<String, ObjectNode> nodes(ZarrHierarchy branch) throws ZarrException {
    SortedMap<String, ObjectNode> nodes = new TreeMap<>();
    for (Map.Entry<String, byte[]> e : branch.objects().entrySet()) {
      if (e.getKey().equals(Names.V2_CONSOLIDATED)) {
        continue;
      }
      ObjectNode document = Json.parseExactly(e.getKey(), e.getValue());
      document.remove("consolidated_metadata");
      String key = Names.join(prefix, format == ZarrFormat.V3 ? above(e.getKey()) : e.getKey());
      if (isOurs(key)) {
        nodes.put(key, document);
      }
    }
    return nodes;
  }

  /** Whether a key relative to the parent is that of a node of the branch. */
  private boolean isOurs(String key) {
    int slash = key.indexOf('/');
    return members.contains(slash < 0 ? key : key.substring(0, slash));
  }

  private void rewrite(
      String group, SortedMap<String, ObjectNode> nodes, UnaryOperator<ObjectNode> attributes)
      throws IOException {
    boolean isParent = group.equals(parent);
    if (format == ZarrFormat.V3) {
      change(
          Names.join(group, Names.V3),
          document -> {
            if (isParent) {
              editMember(document, "attributes", attributes);
            }
            if (document.path("consolidated_metadata").path("metadata") instanceof ObjectNode all) {
              replace(all, relative(group, parent), nodes);
              if (!isParent && all.get(relative(group, parent)) instanceof ObjectNode known) {
                editMember(known, "attributes", attributes);
              }
            }
          });
      return;
    }
    if (isParent) {
      changeAttributes(Names.join(group, Names.V2_ATTRIBUTES), attributes);
    }
    change(
        Names.join(group, Names.V2_CONSOLIDATED),
        document -> {
          if (document.get("metadata") instanceof ObjectNode all) {
            replace(all, relative(group, parent), nodes);
            String zattrs = Names.join(relative(group, parent), Names.V2_ATTRIBUTES);
            editMember(all, zattrs, attributes);
          }
        });
  }

  /**
   * Puts the branch's documents in place of those there are, each before the next greater key.
   *
   * @param at path of the parent, relative to the group whose metadata these are
   */
  private void replace(ObjectNode all, String at, SortedMap<String, ObjectNode> documents) {
    TreeMap<String, ObjectNode> fresh = new TreeMap<>();
    documents.forEach((key, o) -> fresh.put(Names.join(at, key), o));
    String within = at.isEmpty() ? "" : at + "/";
    ObjectNode merged = Json.object();
    for (Map.Entry<String, JsonNode> e : all.properties()) {
      String key = e.getKey();
      if (!key.startsWith(within) || !isOurs(key.substring(within.length()))) {
        while (!fresh.isEmpty() && fresh.firstKey().compareTo(key) < 0) {
          Map.Entry<String, ObjectNode> next = fresh.pollFirstEntry();
          merged.set(next.getKey(), next.getValue());
        }
        merged.set(key, e.getValue());
      }
    }
    fresh.forEach(merged::set);
    all.removeAll();
    all.setAll(merged);
  }

  private static void editMember(
      ObjectNode document, String member, UnaryOperator<ObjectNode> edit) {
    ObjectNode before = document.get(member) instanceof ObjectNode o ? o : Json.object();
    ObjectNode after = edit.apply(before.deepCopy());
    if (!after.equals(before)) {
      document.set(member, after);
    }
  }

  /** Changes a group's {@code .zattrs}, which it may lack. */
  private void changeAttributes(String key, UnaryOperator<ObjectNode> edit) throws IOException {
    ObjectNode alone = edit.apply(Json.object());
    if (!alone.isEmpty()
        && store.status(key).isEmpty()
        && store.putIfAbsent(key, Json.exactBytes(alone))) {
      return;
    }
    change(
        key,
        document -> {
          ObjectNode after = edit.apply(document.deepCopy());
          document.removeAll();
          document.setAll(after);
        });
  }

  /** Changes a document, if there is one, from whatever it is at that moment. */
  private void change(String key, Consumer<ObjectNode> edit) throws IOException {
    String name = MetadataStore.name(store, key);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<ObjectStatus> status = store.status(key);
      if (status.isEmpty()) {
        return;
      }
      byte[] bytes;
      try {
        bytes = store.get(key);
      } catch (NoSuchFileException e) {
        return; // Gone since: another writer takes the store down.
      }
      ObjectNode before = Json.parseExactly(name, bytes);
      ObjectNode after = before.deepCopy();
      edit.accept(after);
      // Compared as text: trees are equal, too, where only the order of members differs.
      if (after.toString().equals(before.toString())
          || store.putIfMatch(key, Json.exactBytes(after), status.get().version())) {
        return;
      }
      pause(Math.min(LONGEST_PAUSE_MILLIS, 5L * attempt));
    }
    throw new IOException(name + " is changed by others all the time; try again later");
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
