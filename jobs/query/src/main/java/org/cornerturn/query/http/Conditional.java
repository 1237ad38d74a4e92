package org.cornerturn.query.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Strong ETags, and what {@code If-None-Match} says of them (RFC 9110, 8.8.3 and 13.1.2). */
public final class Conditional {
  /** Part of every tag: answers of another version of the program are other answers. */
  private static final String CODE_VERSION = ProgramVersion.TEXT;

  private Conditional() {}

  /**
   * A strong ETag, quotes included.
   *
   * @param version the input object's version (see {@code ObjectStatus.version()})
   * @param parameters whatever else the answer depends on: operation, path, parameters, media type
   */
  public static String etag(String version, Object... parameters) {
    MessageDigest sha = sha256();
    add(sha, CODE_VERSION);
    add(sha, version);
    for (Object p : parameters) {
      add(sha, String.valueOf(p));
    }
    return '"' + HexFormat.of().formatHex(sha.digest(), 0, 16) + '"';
  }

  private static void add(MessageDigest sha, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether a header names this tag, compared weakly as RFC 9110 wants for {@code If-None-Match}.
   *
   * @param header its value, or null where there is none
   */
  static boolean matches(String header, String etag) {
    if (header == null) {
      return false;
    }
    for (String candidate : header.split(",")) {
      String c = candidate.strip();
      if (c.equals("*") || c.equals(etag) || c.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}
