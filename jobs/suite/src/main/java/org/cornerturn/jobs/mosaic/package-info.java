/** {@code cornerturn mosaic}: images of several pointings put together. */
package org.cornerturn.jobs.mosaic;
