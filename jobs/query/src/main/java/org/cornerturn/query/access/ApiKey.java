package org.cornerturn.query.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An API key as it is kept: without the secret, of which only the hash is known. The secret has 256
 * random bits, so a plain hash can't be guessed back.
 *
 * @param id public part of the key
 * @param name whom or what it is for
 * @param hash SHA-256 of the whole key, hexadecimal
 * @param scope read, write or admin
 * @param roots names of the roots that it may read; none for all
 * @param created time, ISO 8601
 * @param expires time, ISO 8601, or null for never
 */
@JsonIgnoreProperties(ignoreUnknown = false)
record ApiKey(
    String id,
    String name,
    String hash,
    String scope,
    List<String> roots,
    String created,
    String expires) {
  private static final String PREFIX = "ct_";
  private static final SecureRandom RANDOM = new SecureRandom();

  ApiKey {
    roots = roots == null ? List.of() : List.copyOf(roots);
  }

  /** A new key and what is kept of it. */
  record Made(String secret, ApiKey kept) {}

  static Made make(String name, Scope scope, List<String> roots, Instant now, Instant expires) {
    String id = HexFormat.of().formatHex(random(6));
    String secret =
        PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    ApiKey kept =
        new ApiKey(
            id,
            name,
            hash(secret),
            scope.name().toLowerCase(Locale.ROOT),
            roots,
            now.toString(),
            expires == null ? null : expires.toString());
    return new Made(secret, kept);
  }

  /** The public part of a key, if the text has the form of one. */
  static Optional<String> id(String secret) {
    return secret.matches("ct_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
        ? Optional.of(secret.substring(PREFIX.length(), PREFIX.length() + 12))
        : Optional.empty();
  }

  boolean isOf(String secret, Instant now) {
    // In constant time: how long it takes tells nothing of the hash.
    boolean same =
        MessageDigest.isEqual(
            hash(secret).getBytes(StandardCharsets.US_ASCII),
            hash.getBytes(StandardCharsets.US_ASCII));
    return same && (expires == null || now.isBefore(Instant.parse(expires)));
  }

  Principal principal() {
    return new Principal(
        "key:" + id,
        Scope.valueOf(scope.toUpperCase(Locale.ROOT)),
        roots.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(roots)));
  }

  private static byte[] random(int bytes) {
    byte[] b = new byte[bytes];
    RANDOM.nextBytes(b);
    return b;
  }

  private static String hash(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
