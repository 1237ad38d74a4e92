package org.cornerturn.query.root;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.query.http.Problem;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** The configured places: all that this service can ever read. */
public final class Roots implements AutoCloseable {
  private static final int MOST_NAME_BYTES = 255;
  private static final int MOST_CHAR_BYTES = 3;
  private static final int MOST_PATH_BYTES = 3_000;
  private static final int MOST_BUCKET_BYTES = 1_024;

  private final Map<String, Root> byName;

  private Roots(Map<String, Root> byName) {
    this.byName = byName;
  }

  /**
   * @param storeSettings Hadoop settings ({@code fs.*}) of stores that are not local
   * @throws UserError when a local folder is not there or two roots have one name
   */
  public static Roots open(List<RootSetting> settings, Map<String, String> storeSettings)
      throws IOException {
    Map<String, Root> roots = new LinkedHashMap<>();
    for (RootSetting s : settings) {
      ObjectStore store = Stores.open(place(s), S3Settings.completed(storeSettings));
      Root before = roots.putIfAbsent(s.name(), new Root(s.name(), store.uri(), store));
      if (before != null) {
        throw new UserError(
            "Two roots are named " + s.name(),
            before.uri() + " and " + s.uri(),
            "Give each a name of its own: --root NAME=" + s.uri());
      }
    }
    return new Roots(roots);
  }

  /** Links in the way to a local root are followed once, here. */
  private static String place(RootSetting s) throws IOException {
    if (!Stores.isLocal(s.uri())) {
      return s.uri();
    }
    Path folder = Stores.localPath(s.uri());
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "The root " + s.name() + " is " + folder,
          "there is no such folder",
          "Create it, or name another with --root " + s.name() + "=FOLDER");
    }
    return folder.toRealPath().toString();
  }

  /** Every root, in the order of the configuration. */
  public List<Root> all() {
    return new ArrayList<>(byName.values());
  }

  public Optional<Root> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The place of a key: {@code ROOT/path/in/root}. Where there is exactly one root its name may be
   * left out.
   *
   * @param key decoded once; a trailing slash is passed over
   * @throws Problem 404 when the key names no root, 403 when it would leave its root
   */
  public Located locate(String key) {
    String k = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    if (k.startsWith("/")) {
      k = k.substring(1);
    }
    int slash = k.indexOf('/');
    Root root = byName.get(slash < 0 ? k : k.substring(0, slash));
    String rest = slash < 0 ? "" : k.substring(slash + 1);
    if (root == null) {
      if (byName.size() != 1) {
        throw Problem.notFound(
            "File not found: "
                + key
                + " (no root of that name; there are "
                + String.join(", ", byName.keySet())
                + ")");
      }
      root = byName.values().iterator().next();
      rest = k;
    }
    return locate(root, rest);
  }

  /**
   * @param key relative to the root; empty for the root itself
   */
  public Located locate(Root root, String key) {
    if (!key.isEmpty() && !isKey(key)) {
      throw Problem.denied("Permission denied: not a key of a root");
    }
    if (isTooLong(root, key)) {
      throw Problem.notFound("File not found: no store has names that long");
    }
    Located located = new Located(root, key);
    if (Stores.isLocal(root.uri()) && !key.isEmpty()) {
      checkLinks(located);
    }
    return located;
  }

  /** Whether every part names something, and nothing outside the root. */
  private static boolean isKey(String key) {
    int from = 0;
    while (from <= key.length()) {
      int slash = key.indexOf('/', from);
      int end = slash < 0 ? key.length() : slash;
      if (end == from
          || end - from == 1 && key.charAt(from) == '.'
          || end - from == 2 && key.startsWith("..", from)) {
        return false;
      }
      from = end + 1;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Disks have names of 255 bytes and paths of 4096, buckets keys of 1024. */
  private static boolean isTooLong(Root root, String key) {
    if (key.length() <= MOST_NAME_BYTES / MOST_CHAR_BYTES) {
      return false;
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (!Stores.isLocal(root.uri())) {
      return bytes > MOST_BUCKET_BYTES;
    }
    return bytes > MOST_PATH_BYTES
        || Arrays.stream(key.split("/"))
            .anyMatch(p -> p.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES);
  }

  /** A symbolic link in a local root is followed only to places in the same root. */
  private static void checkLinks(Located located) {
    Path folder = Path.of(located.root().uri());
    Path p = folder;
    for (String part : located.key().split("/")) {
      p = p.resolve(part);
      BasicFileAttributes attributes;
      try {
        attributes = Files.readAttributes(p, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        return; // Nothing there; the store says so better.
      }
      if (attributes.isSymbolicLink() && leaves(p, folder, located)) {
        throw Problem.denied("Permission denied: a link leaves the root");
      }
    }
  }

  private static boolean leaves(Path link, Path folder, Located located) {
    try {
      return !Files.exists(link) || !link.toRealPath().startsWith(folder);
    } catch (IOException e) {
      throw located.failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Root r : byName.values()) {
      r.store().close();
    }
  }
}
