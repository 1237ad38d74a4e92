/**
 * Sets of gains in Zarr: a group for each measurement set, in it one for each term of the chain,
 * whose arrays are (time_gain, antenna_name, frequency_gain, receptor_label).
 */
package org.cornerturn.solution;
