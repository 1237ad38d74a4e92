package org.cornerturn.spark;

import java.io.Serializable;

/**
 * An input as it was when the product was planned.
 *
 * @param uri where it lies
 * @param version its {@link org.cornerturn.storage.ObjectStatus#version()}
 * @param size bytes
 */
public record InputVersion(String uri, String version, long size) implements Serializable {}
