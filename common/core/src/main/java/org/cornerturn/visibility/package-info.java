/** Arithmetic on blocks of visibilities: (time, baseline, frequency, polarization). */
package org.cornerturn.visibility;
