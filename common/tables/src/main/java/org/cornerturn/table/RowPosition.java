package org.cornerturn.table;

/**
 * Where a row stands in a {@link RowSource}.
 *
 * @param key its value of the column that rows are ordered by; null without an order, and where it
 *     has none
 * @param part its part
 * @param row its number in the part
 */
public record RowPosition(Object key, int part, long row) {}
