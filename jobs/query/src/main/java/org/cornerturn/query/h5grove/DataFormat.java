package org.cornerturn.query.h5grove;

/** How elements are written. */
enum DataFormat {
  JSON,
  BIN,
  NPY,
  CSV,
  TIFF
}
