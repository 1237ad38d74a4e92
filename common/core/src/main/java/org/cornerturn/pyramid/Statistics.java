package org.cornerturn.pyramid;

/** What a pyramid keeps of a bin. */
public enum Statistics {
  MIN_MAX,
  MIN_MAX_MEAN
}
