/** Images of the sky as Zarr groups in XRADIO's schema: written, and read by windows. */
package org.cornerturn.skyimage;
