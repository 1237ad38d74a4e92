package org.cornerturn.array;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one of equal values, so that the many parts of a plan that say the same share memory. What
 * is handed in must not change any more. Not for several threads.
 */
public final class SharedValues {
  private final Map<Object, Object> known = new HashMap<>();

  /** An array by its elements. */
  private record Elements(Object array) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Elements e && Arrays.deepEquals(boxed(array), boxed(e.array));
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(boxed(array));
    }

    /** So that arrays of any type are compared and hashed. */
    private static Object[] boxed(Object array) {
      return new Object[] {array};
    }
  }

  /** The first of the values equal to this one. */
  @SuppressWarnings("unchecked") // Equal values of one family have one type.
  public <T> T of(T value) {
    return (T) known.computeIfAbsent(value, v -> v);
  }

  /** The first array of the same elements. */
  public int[] of(int[] array) {
    return (int[]) known.computeIfAbsent(new Elements(array), k -> array);
  }

  /** The first array of the same elements. */
  public long[] of(long[] array) {
    return (long[]) known.computeIfAbsent(new Elements(array), k -> array);
  }
}
