package org.cornerturn.query.http;

/**
 * A ceiling of this service, told at {@code /limits}.
 *
 * @param unit what is counted: elements, bytes, rows, seconds
 */
public record Limit(String name, long most, String unit, String description) {
  /**
   * @return {@code asked}
   * @throws Problem 413 when it is more than the limit
   */
  public long check(long asked) {
    if (asked > most) {
      throw Problem.tooLarge(name, most, asked);
    }
    return asked;
  }

  /** The limit as an int; only for limits that are declared to fit. */
  public int intValue() {
    return Math.toIntExact(most);
  }
}
