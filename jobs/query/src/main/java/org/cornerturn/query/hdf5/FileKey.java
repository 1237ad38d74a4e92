package org.cornerturn.query.hdf5;

/**
 * One version of a file.
 *
 * @param root name of its root
 * @param key in the root
 * @param version of the object; see {@code ObjectStatus.version()}
 */
record FileKey(String root, String key, String version) {}
