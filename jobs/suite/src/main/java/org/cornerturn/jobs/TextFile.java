package org.cornerturn.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** A text file that a user names, on disk or in a store. */
public final class TextFile {
  private TextFile() {}

  /**
   * The whole text, which is UTF-8.
   *
   * @param hadoop settings of stores
   * @throws UserError where there is no such file
   */
  public static String read(String uri, Map<String, String> hadoop) throws IOException {
    int slash = uri.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : uri.substring(0, slash);
    try (ObjectStore store = Stores.open(folder, hadoop)) {
      return new String(store.get(uri.substring(slash + 1)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UserError(uri, "there is no such file", "Name one that there is", e);
    }
  }
}
