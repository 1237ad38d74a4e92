/** What radio interferometry speaks of: antennas, polarizations, directions, dates. */
package org.cornerturn.radio;
