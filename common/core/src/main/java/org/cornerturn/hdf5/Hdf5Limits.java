package org.cornerturn.hdf5;

import java.io.Serializable;

/**
 * Ceilings that keep a hostile or broken file from taking the process with it. Real files stay far
 * below the {@linkplain #DEFAULT defaults}.
 *
 * @param objects objects and links in a file
 * @param linkDepth groups within groups, and soft links behind soft links
 * @param typeDepth types within types
 * @param headerBytes bytes of one object header with its continuations
 * @param treeDepth levels of a B-tree or of indirect blocks
 * @param attributeBytes bytes of one attribute's value, variable-length parts included
 * @param chunkBytes decoded bytes of one chunk
 * @param expansion decoded bytes per stored byte of chunks that decode to more than {@code
 *     freeExpansionBytes}
 * @param freeExpansionBytes decoded size up to which any expansion is accepted
 */
public record Hdf5Limits(
    int objects,
    int linkDepth,
    int typeDepth,
    long headerBytes,
    int treeDepth,
    long attributeBytes,
    long chunkBytes,
    int expansion,
    long freeExpansionBytes)
    implements Serializable {

  public static final Hdf5Limits DEFAULT =
      new Hdf5Limits(2_000_000, 256, 32, 64L << 20, 32, 64L << 20, 1L << 30, 2000, 64L << 20);
}
