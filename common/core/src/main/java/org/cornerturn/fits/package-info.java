/** Images of the sky as FITS files (FITS 4.0; WCS papers I to III), of any size. */
package org.cornerturn.fits;
