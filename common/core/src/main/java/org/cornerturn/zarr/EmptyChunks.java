package org.cornerturn.zarr;

/** What to do with chunks in which every element is the fill value. */
public enum EmptyChunks {
  /** Leave them out; readers see the fill value. */
  OMIT,
  /** Store them like any other. */
  WRITE
}
