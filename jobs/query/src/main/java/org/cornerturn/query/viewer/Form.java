package org.cornerturn.query.viewer;

import java.util.Optional;

/** How a window is written. */
enum Form {
  JSON("application/json"),
  /** Little-endian elements in C order. */
  BIN("application/octet-stream"),
  NPY("application/x-npy"),
  /** A stream of Arrow's inter-process format: a column of the table for each of the plane. */
  ARROW("application/vnd.apache.arrow.stream");

  private final String mediaType;

  Form(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** The first that the asker accepts; JSON where he names none. */
  static Form accepted(Optional<String> accept) {
    for (String part : accept.orElse("").split(",")) {
      String type = part.split(";")[0].strip();
      for (Form f : values()) {
        if (f.mediaType.equals(type)) {
          return f;
        }
      }
    }
    return JSON;
  }
}
