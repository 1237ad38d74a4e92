/** Which rows of one catalogue are near which of another: search, choice, statistics. */
package org.cornerturn.crossmatch;
