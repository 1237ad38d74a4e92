package org.cornerturn.hdf5;

/**
 * A name in a group.
 *
 * @param address object header of a hard link, else undefined
 * @param target text of a soft or external link, else empty
 */
record LinkEntry(String name, Hdf5Link.Kind kind, long address, String target) {
  static LinkEntry hard(String name, long address) {
    return new LinkEntry(name, Hdf5Link.Kind.HARD, address, "");
  }

  static LinkEntry soft(String name, String target) {
    return new LinkEntry(name, Hdf5Link.Kind.SOFT, ByteCursor.UNDEFINED, target);
  }
}
