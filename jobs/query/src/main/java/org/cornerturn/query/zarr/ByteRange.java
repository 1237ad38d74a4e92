package org.cornerturn.query.zarr;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.query.http.Problem;

/**
 * One range of an object's bytes (RFC 9110, 14).
 *
 * @param first byte
 * @param last byte, in the object
 */
record ByteRange(long first, long last) {
  private static final String UNIT = "bytes=";
  private static final Pattern SPEC = Pattern.compile("\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");

  /** Any number of more digits is beyond every object. */
  private static final int LONGEST_NUMBER = 18;

  /**
   * What a Range header asks for.
   *
   * @param header null where there is none
   * @param size bytes of the object
   * @return empty where the whole object is to be sent: without a header, for units other than
   *     bytes, and for several ranges at once, which needn't be served
   * @throws Problem 416 when the range is malformed or none of its bytes is in the object
   */
  static Optional<ByteRange> of(String header, long size) {
    if (header == null || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    String ranges = header.substring(UNIT.length());
    if (ranges.indexOf(',') >= 0) {
      return Optional.empty();
    }
    Matcher m = SPEC.matcher(ranges);
    if (!m.matches() || m.group(1).isEmpty() && m.group(2).isEmpty()) {
      throw Problem.rangeNotSatisfiable(size);
    }
    ByteRange range;
    if (m.group(1).isEmpty()) {
      range = new ByteRange(size - Math.min(size, number(m.group(2))), size - 1);
    } else {
      long first = number(m.group(1));
      long last = m.group(2).isEmpty() ? size - 1 : number(m.group(2));
      if (last < first && !m.group(2).isEmpty()) {
        throw Problem.rangeNotSatisfiable(size);
      }
      range = new ByteRange(first, Math.min(last, size - 1));
    }
    if (range.first > range.last) {
      throw Problem.rangeNotSatisfiable(size);
    }
    return Optional.of(range);
  }

  private static long number(String digits) {
    return digits.length() > LONGEST_NUMBER ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  long length() {
    return last - first + 1;
  }

  /** The Content-Range header. */
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
