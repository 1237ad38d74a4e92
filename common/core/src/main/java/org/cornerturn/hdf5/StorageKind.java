package org.cornerturn.hdf5;

/** Where a dataset's elements lie. */
public enum StorageKind {
  /** In the object header. */
  COMPACT,
  /** In one run of the file. */
  CONTIGUOUS,
  CHUNKED,
  /** In other files' datasets, which are not followed. */
  VIRTUAL,
  /** In raw files beside this one, which are not followed. */
  EXTERNAL
}
