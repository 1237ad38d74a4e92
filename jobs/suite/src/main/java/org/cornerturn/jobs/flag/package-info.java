/**
 * {@code cornerturn flag}: searches windows of visibilities for interference, decides what is
 * flagged altogether from the counts of all windows, and writes the flags, beside those that there
 * are, as a new version of the data group {@code flagged}.
 */
package org.cornerturn.jobs.flag;
