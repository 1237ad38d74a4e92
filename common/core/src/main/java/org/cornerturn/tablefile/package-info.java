/** Tables in files: FITS by ranges of rows, VOTable and text by a library. */
package org.cornerturn.tablefile;
