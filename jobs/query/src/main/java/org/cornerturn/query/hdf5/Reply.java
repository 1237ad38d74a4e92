package org.cornerturn.query.hdf5;

import java.util.Map;

/**
 * A finished answer.
 *
 * @param headers besides the media type's
 */
public record Reply(String mediaType, Map<String, String> headers, byte[] body) {
  private static final long OBJECT_BYTES = 300;

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply of(String mediaType, byte[] body) {
    return new Reply(mediaType, Map.of(), body);
  }

  long bytes() {
    return body.length + OBJECT_BYTES;
  }
}
