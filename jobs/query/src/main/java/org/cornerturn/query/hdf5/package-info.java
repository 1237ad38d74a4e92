/** HDF5 files as requests see them: open files, decoded chunks, selections, encodings. */
package org.cornerturn.query.hdf5;
