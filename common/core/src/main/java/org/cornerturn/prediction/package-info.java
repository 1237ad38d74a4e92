/** Visibilities of a model of the sky, by direct summation. */
package org.cornerturn.prediction;
