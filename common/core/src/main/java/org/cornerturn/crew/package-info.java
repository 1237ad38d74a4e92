/** The threads that one task may use, where it is told to use more than its own. */
package org.cornerturn.crew;
