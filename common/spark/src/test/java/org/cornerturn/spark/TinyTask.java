package org.cornerturn.spark;

import org.cornerturn.plan.ChunkTask;

/**
 * Writes one object of {@code size} bytes that follow from the id and the seed.
 *
 * @param mishap what happens instead
 */
record TinyTask(String id, long seed, int size, int wave, Mishap mishap) implements ChunkTask {
  enum Mishap {
    NONE,
    /** The input is at fault. */
    REFUSED,
    /** Each attempt fails while the product lacks an object {@code mended}. */
    FAILS_UNTIL_MENDED,
    /** The first attempt in this JVM fails. */
    FAILS_ONCE,
    /** The disk is full while the product lacks an object {@code mended}. */
    DISK_FULL_UNTIL_MENDED,
    /** A bug of ours. */
    BUG,
    /** Asks for more memory than there is. */
    OUT_OF_MEMORY,
    /** Takes a second. */
    SLOW
  }

  static TinyTask of(int number, long seed, int size) {
    return new TinyTask("c/" + number, seed, size, 0, Mishap.NONE);
  }

  TinyTask with(Mishap m) {
    return new TinyTask(id, seed, size, wave, m);
  }

  TinyTask inWave(int w) {
    return new TinyTask(id, seed, size, w, mishap);
  }

  @Override
  public long inputBytes() {
    return size;
  }

  @Override
  public long peakBytes() {
    return 2L * size;
  }
}
