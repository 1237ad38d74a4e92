/** Images of several pointings on one grid, and put together. */
package org.cornerturn.mosaic;
