package org.cornerturn.zarr;

/** Version of the storage format. */
public enum ZarrFormat {
  V2(2),
  V3(3);

  private final int number;

  ZarrFormat(int number) {
    this.number = number;
  }

  /** The {@code zarr_format} in metadata. */
  public int number() {
    return number;
  }
}
