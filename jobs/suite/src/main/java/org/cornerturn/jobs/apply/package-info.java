/** {@code cornerturn apply}: visibilities calibrated with gains. */
package org.cornerturn.jobs.apply;
