package org.cornerturn.query.hdf5;

/** How elements are taken out of a file. */
public enum View {
  /** As {@code Hdf5Dataset.dataType()} has them: numbers little-endian, references as paths. */
  VALUES,
  /** The bytes that stand in the file. */
  STORED
}
