/**
 * Flagging of visibilities: what is missing, what was never meant to be used, and radio
 * interference, by the SumThreshold method (Offringa et al. 2010, MNRAS 405, 155) and the
 * scale-invariant rank operator (Offringa, van de Gronde and Roerdink 2012, A&A 539, A95). Planes
 * are (time, frequency) of one baseline and correlation.
 */
package org.cornerturn.flagging;
