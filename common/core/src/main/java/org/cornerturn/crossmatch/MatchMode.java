package org.cornerturn.crossmatch;

/** Which of the pairs within the radius are wanted. */
public enum MatchMode {
  /** Of each left row the nearest right one. */
  BEST,
  /** One to one: pairs of which each is the other's nearest. */
  MUTUAL,
  /** Every pair. */
  ALL,
  /** Of each left row some nearest right ones, the nearest first. */
  K,
  /** Left rows that have no partner. */
  ANTI,
  /** Of each left row the right one whose separation is least in units of both rows' errors. */
  DERUITER
}
