package org.cornerturn.zarr;

/**
 * A stored object's bytes: the first {@code length} of {@code bytes}, which the receiver may keep
 * but not change.
 */
public record EncodedObject(byte[] bytes, int length) {}
