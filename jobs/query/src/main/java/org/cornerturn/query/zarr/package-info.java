/** Stored objects as they are, with ranges; and what Zarr stores hold. */
package org.cornerturn.query.zarr;
