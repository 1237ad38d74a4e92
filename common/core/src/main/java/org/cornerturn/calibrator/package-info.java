/** Sources of known flux and place by which gains are found: lists, merit, transits, fields. */
package org.cornerturn.calibrator;
