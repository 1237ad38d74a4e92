/** What can be measured of an image. */
package org.cornerturn.imagequality;
