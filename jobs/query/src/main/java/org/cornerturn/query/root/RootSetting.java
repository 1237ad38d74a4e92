package org.cornerturn.query.root;

import org.cornerturn.UserError;

/**
 * A root as it is configured.
 *
 * @param name first part of the keys in it
 * @param uri a local folder or any URI that Hadoop has a file system for
 */
public record RootSetting(String name, String uri) {
  public RootSetting {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new UserError(
          "The root " + name + "=" + uri,
          "its name is none",
          "Name it with letters, digits, dots, dashes and underscores, at most 64");
    }
  }

  /** {@code NAME=URI}, or a URI alone, which is named after its last part. */
  public static RootSetting parse(String text) {
    int equals = text.indexOf('=');
    if (equals > 0 && text.substring(0, equals).matches("[A-Za-z0-9._-]+")) {
      return new RootSetting(text.substring(0, equals), text.substring(equals + 1));
    }
    String trimmed = text.replaceAll("/+$", "");
    String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return new RootSetting(last.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") ? last : "root", text);
  }
}
