/**
 * Arrays as tables: Spark's data sources {@code hdf5}, {@code uvh5} and {@code zarr}. A file is a
 * {@link org.cornerturn.spark.source.Lattice}: axes, arrays over them, and columns that show their
 * elements. Conditions on axes become ranges of positions ({@link
 * org.cornerturn.spark.source.AxisConditions}), these and the chunks become regions ({@link
 * org.cornerturn.spark.source.RegionGrid}), and a region's elements are shown as columns where they
 * lie, without copying ({@link org.cornerturn.spark.source.BlockVector}).
 */
package org.cornerturn.spark.source;
