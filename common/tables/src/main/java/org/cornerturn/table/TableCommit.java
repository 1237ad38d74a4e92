package org.cornerturn.table;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A commit as it describes itself; commits need not.
 *
 * @param committedMillis milliseconds since 1970
 * @param operation null where it is not told
 * @param parameters of the operation; missing where they are not told
 * @param metrics of the operation; missing where they are not told
 * @param engine what wrote it; null where it is not told
 */
public record TableCommit(
    long version,
    long committedMillis,
    String operation,
    JsonNode parameters,
    JsonNode metrics,
    String engine) {}
