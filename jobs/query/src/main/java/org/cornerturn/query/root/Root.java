package org.cornerturn.query.root;

import org.cornerturn.storage.ObjectStore;

/**
 * A configured place.
 *
 * @param uri without a trailing slash
 */
public record Root(String name, String uri, ObjectStore store) {}
