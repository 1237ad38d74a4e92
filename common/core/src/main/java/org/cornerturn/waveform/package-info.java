/**
 * Oscilloscope recordings: which dataset of a file is one, and what its counts and sample numbers
 * stand for.
 */
package org.cornerturn.waveform;
