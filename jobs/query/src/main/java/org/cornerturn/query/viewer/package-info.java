/** The HTTP API of HDF Viewer: listings, trees, previews, windows and exports of HDF5 files. */
package org.cornerturn.query.viewer;
