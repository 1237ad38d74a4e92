package org.cornerturn.zarr;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names of arrays and groups. Zarr recommends the letters a-z and A-Z, digits, {@code - _ .}; other
 * bytes of a name's UTF-8 form are written as {@code ~} and two hexadecimal digits, as are the
 * first characters of names that Zarr keeps for itself. The tilde needs no escaping in a URL, where
 * {@code %} would be decoded on the way to the object. Every name has one escaped form and comes
 * back from it.
 */
public final class NodeName {
  /** Attribute that holds the original of an escaped name. */
  public static final String ORIGINAL = "hdf5_name";

  private NodeName() {}

  /**
   * The name as stored.
   *
   * @throws IllegalArgumentException for an empty name
   */
  public static String escape(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an empty name can't be stored");
    }
    StringBuilder out = new StringBuilder();
    boolean reserved = isReserved(name);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean first = out.length() == 0;
      if (isPlain(b) && !(first && reserved)) {
        out.append((char) b);
      } else {
        out.append('~').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** The original of an escaped name; a stray {@code ~} stands for itself. */
  public static String unescape(String stored) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] s = stored.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < s.length; i++) {
      int value = -1;
      if (s[i] == '~' && i + 2 < s.length) {
        int high = Character.digit(s[i + 1], 16);
        int low = Character.digit(s[i + 2], 16);
        value = high < 0 || low < 0 ? -1 : high << 4 | low;
      }
      if (value < 0) {
        out.write(s[i]);
      } else {
        out.write(value);
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Escapes each part of a path; slashes at its ends and doubled ones are dropped. */
  public static String escapePath(String path) {
    StringBuilder out = new StringBuilder();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        out.append(out.length() == 0 ? "" : "/").append(escape(part));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '-'
        || b == '_'
        || b == '.';
  }

  /** Only dots, two leading underscores, or a metadata object's name in either format. */
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.chars().allMatch(c -> c == '.')
        || name.startsWith("__")
        || lower.equals("zarr.json")
        || lower.startsWith(".z");
  }
}
