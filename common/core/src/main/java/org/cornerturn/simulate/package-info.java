/**
 * Synthetic observations whose truth is known. Every value follows from the seed and its place
 * alone, so any part can be made anywhere, in any order, with the same bits.
 */
package org.cornerturn.simulate;
