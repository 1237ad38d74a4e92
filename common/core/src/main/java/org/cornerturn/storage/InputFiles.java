package org.cornerturn.storage;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.UserError;

/**
 * Turns a command's arguments (files, folders, prefixes, globs; local or remote) into the list of
 * files that they name.
 */
public final class InputFiles {
  private final Set<String> extensions;
  private final Map<String, String> hadoop;

  /**
   * @param extensions lower-case endings that a folder is searched for, without the dot
   * @param hadoop settings for remote stores
   */
  public InputFiles(Set<String> extensions, Map<String, String> hadoop) {
    this.extensions = Set.copyOf(extensions);
    this.hadoop = Map.copyOf(hadoop);
  }

  /**
   * Files in the order of the arguments, each folder's or pattern's sorted by name; a file named
   * twice is taken once.
   *
   * @throws UserError where an argument names nothing
   */
  public List<InputFile> expand(List<String> arguments) throws IOException {
    Map<String, InputFile> found = new LinkedHashMap<>();
    for (String argument : arguments) {
      List<InputFile> files = expand(argument);
      if (files.isEmpty()) {
        throw new UserError(
            argument,
            "no such file, and no folder or pattern with files in it",
            "Check the path; a folder is searched for names that end in "
                + String.join(", ", extensions.stream().sorted().map(e -> "." + e).toList()));
      }
      files.forEach(f -> found.putIfAbsent(f.uri(), f));
    }
    return List.copyOf(found.values());
  }

  /**
   * Whether an argument names a file, or would if there were one: for files that are known from
   * earlier but gone.
   */
  public boolean covers(String argument, String uri) {
    String path = normal(argument);
    if (uri.equals(path)) {
      return true;
    }
    int wildcard = firstWildcard(path);
    if (wildcard < 0) {
      return uri.startsWith(path + "/") && isWanted(uri.substring(path.length() + 1));
    }
    int slash = path.lastIndexOf('/', wildcard);
    String folder = path.substring(0, slash + 1);
    return uri.startsWith(folder)
        && isVisible(uri.substring(folder.length()))
        && glob(path, wildcard).matches(Path.of(uri.substring(folder.length())));
  }

  private static String normal(String argument) {
    String path = argument.replaceAll("/+$", "");
    return Stores.isLocal(path)
        ? Stores.localPath(path).toAbsolutePath().normalize().toString()
        : path;
  }

  private List<InputFile> expand(String argument) throws IOException {
    String path = normal(argument);
    Optional<InputFile> single = single(path);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    int wildcard = firstWildcard(path);
    if (wildcard >= 0) {
      return matching(path, wildcard);
    }
    if (Stores.isLocal(path) && !Files.isDirectory(Path.of(path))) {
      return List.of();
    }
    return below(path, s -> isWanted(s.key()));
  }

  private Optional<InputFile> single(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    // A bucket's root ("s3a://bucket") is a folder, never a file.
    if (slash < 0
        || slash == path.length() - 1
        || path.charAt(Math.max(slash - 1, 0)) == '/' && slash > 0) {
      return Optional.empty();
    }
    String folder = slash == 0 ? "/" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    try (ObjectStore store = Stores.open(folder, hadoop)) {
      return store
          .status(name)
          .map(s -> new InputFile(folder, name, s.size(), s.version(), s.modifiedMillis(), name));
    }
  }

  private List<InputFile> matching(String pattern, int wildcard) throws IOException {
    int slash = pattern.lastIndexOf('/', wildcard);
    String folder = slash == 0 ? "/" : pattern.substring(0, slash);
    PathMatcher glob = glob(pattern, wildcard);
    return below(folder, s -> glob.matches(Path.of(s.key())));
  }

  private static PathMatcher glob(String pattern, int wildcard) {
    String relative = pattern.substring(pattern.lastIndexOf('/', wildcard) + 1);
    return FileSystems.getDefault().getPathMatcher("glob:" + relative);
  }

  private List<InputFile> below(String folder, java.util.function.Predicate<ObjectStatus> wanted)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    try (ObjectStore store = Stores.open(folder, hadoop)) {
      for (ObjectStatus s : store.list("")) {
        if (wanted.test(s) && isVisible(s.key())) {
          files.add(
              new InputFile(folder, s.key(), s.size(), s.version(), s.modifiedMillis(), s.key()));
        }
      }
    }
    return files;
  }

  private boolean isWanted(String key) {
    return isVisible(key) && hasExtension(key);
  }

  /** Whether it is a file of the user's, not one of a store or of ours. */
  private static boolean isVisible(String key) {
    return !key.contains(".zarr/") && !key.contains("_cornerturn/");
  }

  private boolean hasExtension(String key) {
    int dot = key.lastIndexOf('.');
    return dot >= 0 && extensions.contains(key.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static int firstWildcard(String path) {
    for (int i = 0; i < path.length(); i++) {
      if ("*?[{".indexOf(path.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
