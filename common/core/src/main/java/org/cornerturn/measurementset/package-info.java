/**
 * Measurement Sets of version 4 in Zarr v3, as XRADIO's schema 4.0.0 describes them: what arrays
 * and attributes one has, how they are laid out, and how they are read.
 */
package org.cornerturn.measurementset;
