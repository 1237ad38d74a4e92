package org.cornerturn.query.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request says of its sender.
 *
 * @param token an API key or a JSON Web Token; empty where there is none
 * @param address where it comes from
 */
public record Credentials(Optional<String> token, String address) {
  /**
   * @param authorization header of that name, or null: {@code Bearer TOKEN}, or {@code Basic} with
   *     the token as password, which browsers can be asked for
   * @param apiKey header {@code X-API-Key}, or null
   */
  public static Credentials of(String authorization, String apiKey, String address) {
    if (apiKey != null && !apiKey.isBlank()) {
      return new Credentials(Optional.of(apiKey.strip()), address);
    }
    if (authorization == null) {
      return new Credentials(Optional.empty(), address);
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
    String rest = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> new Credentials(Optional.of(rest), address);
      case "basic" -> new Credentials(password(rest), address);
      default -> new Credentials(Optional.of(""), address); // Something that is no key of ours.
    };
  }

  private static Optional<String> password(String base64) {
    try {
      String both = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      return Optional.of(both.substring(both.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.of(""); // Not Base64: no key of ours.
    }
  }
}
