package org.cornerturn.zarr;

import java.io.Serializable;

/**
 * How grid coordinates become a key: Zarr v3's {@code chunk_key_encoding}, or Zarr v2's {@code
 * dimension_separator}.
 *
 * @param style with or without the leading {@code c}
 * @param separator {@code /} or {@code .}
 */
public record ChunkKeys(Style style, char separator) implements Serializable {
  /** Zarr v3's default: {@code c/0/1}. */
  public static final ChunkKeys DEFAULT = new ChunkKeys(Style.DEFAULT, '/');

  /** Zarr v2 in nested folders: {@code 0/1}. */
  public static final ChunkKeys V2_NESTED = new ChunkKeys(Style.V2, '/');

  /** Zarr v2's default: {@code 0.1}. */
  public static final ChunkKeys V2_FLAT = new ChunkKeys(Style.V2, '.');

  /** Name of the encoding in Zarr v3 metadata. */
  public enum Style {
    DEFAULT,
    V2
  }

  public ChunkKeys {
    if (separator != '/' && separator != '.') {
      throw new IllegalArgumentException("chunk key separator is / or ., not " + separator);
    }
  }

  /** Key of an object relative to its array. */
  public String key(long... coordinates) {
    StringBuilder key = new StringBuilder();
    if (style == Style.DEFAULT) {
      key.append('c');
    } else if (coordinates.length == 0) {
      return "0";
    }
    for (int i = 0; i < coordinates.length; i++) {
      if (i > 0 || style == Style.DEFAULT) {
        key.append(separator);
      }
      key.append(coordinates[i]);
    }
    return key.toString();
  }
}
