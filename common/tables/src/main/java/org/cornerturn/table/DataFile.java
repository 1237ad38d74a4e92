package org.cornerturn.table;

import java.io.Serializable;

/**
 * A data file that {@link TableWriter} has written; no part of the table before it is committed.
 *
 * @param key relative to the table
 * @param bytes its length
 * @param modifiedMillis when it was written, milliseconds since 1970
 * @param statistics as Delta keeps them, JSON; null for none
 */
public record DataFile(String key, long bytes, long modifiedMillis, String statistics)
    implements Serializable {}
