package org.cornerturn.spark;

/**
 * Something of the input that can't be converted.
 *
 * @param object the input's URI, or the path of an object inside it
 * @param reason one line for the user
 */
public record Refusal(String object, String reason) {}
