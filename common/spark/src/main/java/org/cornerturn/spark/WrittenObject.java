package org.cornerturn.spark;

import java.io.Serializable;

/**
 * An object that a task has written.
 *
 * @param key relative to the product's root, or to the folder of a product of one file
 * @param size bytes
 * @param crc32c CRC-32C of the whole object, unsigned 32 bits
 */
public record WrittenObject(String key, long size, long crc32c) implements Serializable {}
