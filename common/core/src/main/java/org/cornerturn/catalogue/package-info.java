/** Catalogues of the sky: cells that order them, what their rows have in common, regions. */
package org.cornerturn.catalogue;
