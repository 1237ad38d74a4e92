/**
 * Sources in images: background, islands, fits, errors, forced fluxes, association. Arithmetic on
 * arrays.
 */
package org.cornerturn.source;
