package org.cornerturn.hdf5;

/**
 * A message of an object header.
 *
 * @param body fields of the message, or of the pointer to it where it is shared
 */
record HeaderMessage(int type, int flags, ByteCursor body) {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int OLD_FILL = 0x04;
  static final int FILL = 0x05;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int PIPELINE = 0x0b;
  static final int ATTRIBUTE = 0x0c;
  static final int SHARED_TABLE = 0x0f;
  static final int CONTINUATION = 0x10;
  static final int SYMBOL_TABLE = 0x11;
  static final int TREE_SIZES = 0x13;
  static final int DRIVER = 0x14;
  static final int ATTRIBUTE_INFO = 0x15;
  private static final int LAST_KNOWN = 0x17;
  private static final int SHARED = 0x02;
  private static final int SHAREABLE = 0x40;
  private static final int MUST_BE_KNOWN = 0x80;

  boolean isShared() {
    return (flags & SHARED) != 0;
  }

  boolean isShareable() {
    return type == DATASPACE
        || type == DATATYPE
        || type == OLD_FILL
        || type == FILL
        || type == PIPELINE
        || type == ATTRIBUTE;
  }

  void check() {
    if ((flags & (SHARED | SHAREABLE)) != 0 && !isShareable()) {
      throw FormatFault.broken("a message of type " + type + " is marked as shared");
    }
    if (type > LAST_KNOWN && (flags & MUST_BE_KNOWN) != 0) {
      throw FormatFault.unsupported("a message of type " + type + " that readers must know");
    }
  }
}
