package org.cornerturn.zarr;

/**
 * One chunk as it is stored.
 *
 * @param bytes of which it is a part; to be used until its reader reads again
 */
public record EncodedChunk(byte[] bytes, int offset, int length) {}
