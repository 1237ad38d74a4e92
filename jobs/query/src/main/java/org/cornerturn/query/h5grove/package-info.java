/** The HTTP API of H5Grove 4, as h5web asks for it. */
package org.cornerturn.query.h5grove;
