package org.cornerturn.table;

/**
 * Bounds of a column's values in a data file; bounds may be wider than the values. Nulls and NaN
 * lie outside.
 *
 * @param least plain value, or null where unknown
 * @param most plain value, or null where unknown
 * @param nulls number of rows without a value; -1 where unknown
 */
public record ValueRange(Comparable<?> least, Comparable<?> most, long nulls) {}
