/**
 * Waveforms: which there are, and the exact envelope of any window of a trace, from whatever levels
 * its store has.
 */
package org.cornerturn.query.waveform;
