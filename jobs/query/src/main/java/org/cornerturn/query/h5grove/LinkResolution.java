package org.cornerturn.query.h5grove;

import java.util.Locale;

/** Which links are followed. */
enum LinkResolution {
  NONE,
  ONLY_VALID,
  ALL;

  /**
   * @throws IllegalArgumentException where it is none; {@code true} and {@code false} are words of
   *     older clients
   */
  static LinkResolution parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none", "false" -> NONE;
      case "only_valid" -> ONLY_VALID;
      case "all", "true" -> ALL;
      default ->
          throw new IllegalArgumentException(
              text
                  + " is not a valid value for link resolution. Accepted values are: all, none or"
                  + " only_valid");
    };
  }
}
