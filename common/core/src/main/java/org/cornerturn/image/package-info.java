/** Pictures from arrays, as bytes: no files, no fonts of the system. */
package org.cornerturn.image;
