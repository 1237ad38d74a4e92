/** {@code cornerturn calibrate}: gains of antennas from visibilities and a model of the sky. */
package org.cornerturn.jobs.calibrate;
