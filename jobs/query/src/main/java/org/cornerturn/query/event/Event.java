package org.cornerturn.query.event;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that has happened.
 *
 * @param id greater than the ids of all earlier events, also of earlier runs of the service
 * @param name {@code job_update}, {@code product_update}, {@code files_update}, {@code reset}
 */
public record Event(long id, String name, JsonNode data) {}
