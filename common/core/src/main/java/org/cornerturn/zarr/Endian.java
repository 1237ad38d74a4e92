package org.cornerturn.zarr;

import java.nio.ByteOrder;

/** Byte order of stored numbers. */
public enum Endian {
  LITTLE("little", ByteOrder.LITTLE_ENDIAN),
  BIG("big", ByteOrder.BIG_ENDIAN);

  private final String zarrName;
  private final ByteOrder byteOrder;

  Endian(String zarrName, ByteOrder byteOrder) {
    this.zarrName = zarrName;
    this.byteOrder = byteOrder;
  }

  /** Name in Zarr v3 metadata. */
  public String zarrName() {
    return zarrName;
  }

  ByteOrder byteOrder() {
    return byteOrder;
  }
}
