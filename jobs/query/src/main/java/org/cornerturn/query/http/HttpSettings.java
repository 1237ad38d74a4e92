package org.cornerturn.query.http;

import java.util.List;
import java.util.Map;

/**
 * How the HTTP frame is set up.
 *
 * @param host address to listen at
 * @param port 0 for a free one
 * @param threads most requests that are answered at the same time
 * @param origins whose pages may read answers
 * @param isLoopbackOnly whether any name but localhost is refused
 * @param rates requests a minute by cost; 0 or none for no limit
 */
public record HttpSettings(
    String host,
    int port,
    int threads,
    List<String> origins,
    boolean isLoopbackOnly,
    Map<Cost, Integer> rates) {}
