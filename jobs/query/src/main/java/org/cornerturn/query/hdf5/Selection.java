package org.cornerturn.query.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Shape;

/**
 * A selection as NumPy writes it: members with commas between, each an index or {@code
 * start:stop[:step]} whose parts may be left out; negative numbers count from the end. Axes beyond
 * the last member are taken whole. An index drops its axis.
 */
public record Selection(String text, List<Member> members) {
  private static final int MOST_MEMBERS = 32;

  /** Everything. */
  public static final Selection ALL = new Selection("", List.of());

  /** What a selection says of one axis. */
  public sealed interface Member {}

  /** One index. */
  public record Index(long at) implements Member {}

  /** A range; null where a part is left out. */
  public record Slice(Long start, Long stop, long step) implements Member {}

  /**
   * @throws IllegalArgumentException where it isn't one
   */
  public static Selection parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length > MOST_MEMBERS) {
      throw new IllegalArgumentException("a selection of " + parts.length + " members");
    }
    List<Member> members = new ArrayList<>();
    for (String part : parts) {
      members.add(member(part.strip()));
    }
    return new Selection(text, List.copyOf(members));
  }

  private static Member member(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 1) {
      return new Index(number(text));
    }
    if (parts.length > 3) {
      throw new IllegalArgumentException("'" + text + "' is not a valid slice");
    }
    Long step = parts.length == 3 ? part(parts[2]) : null;
    if (step != null && step < 1) {
      throw new IllegalArgumentException("the step of '" + text + "' must be 1 or more");
    }
    return new Slice(part(parts[0]), part(parts[1]), step == null ? 1 : step);
  }

  private static Long part(String text) {
    return text.isBlank() ? null : (Long) number(text.strip());
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is neither an index nor a slice", e);
    }
  }

  /**
   * The elements of an array that are meant.
   *
   * @throws IllegalArgumentException for an index outside the array or too many members
   */
  public Hyperslab in(Shape shape) {
    int rank = shape.rank();
    if (members.size() > rank) {
      throw new IllegalArgumentException(
          text + " has too many members to slice a " + rank + "D dataset");
    }
    long[] start = new long[rank];
    long[] step = new long[rank];
    long[] count = new long[rank];
    for (int i = 0; i < rank; i++) {
      long n = shape.dim(i);
      Member m = i < members.size() ? members.get(i) : new Slice(null, null, 1);
      if (m instanceof Index x) {
        if (x.at() >= n || x.at() < -n) {
          throw new IllegalArgumentException(
              "index " + x.at() + " is out of range for axis " + i + " of extent " + n);
        }
        start[i] = x.at() < 0 ? x.at() + n : x.at();
        step[i] = 1;
        count[i] = 1;
      } else if (m instanceof Slice s) {
        long first = clamped(s.start(), 0, n);
        long stop = clamped(s.stop(), n, n);
        step[i] = s.step();
        count[i] = stop <= first ? 0 : (stop - first - 1) / s.step() + 1;
        start[i] = count[i] == 0 ? 0 : first;
      }
    }
    return new Hyperslab(start, step, count);
  }

  private static long clamped(Long part, long fallback, long n) {
    if (part == null) {
      return fallback;
    }
    long from = part < 0 ? part + n : part;
    return Math.max(0, Math.min(n, from));
  }

  /** Shape of the result: axes with an index are dropped, others have their number of elements. */
  public Shape shapeOf(Hyperslab slab) {
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < slab.rank(); i++) {
      if (i >= members.size() || !(members.get(i) instanceof Index)) {
        dims.add(slab.count()[i]);
      }
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }
}
