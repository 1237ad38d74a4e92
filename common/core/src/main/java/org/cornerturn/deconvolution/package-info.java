/**
 * CLEAN: what point or extended components, seen with a point spread function, make a dirty image.
 * The minor cycles alone: who calls them predicts the model's visibilities and images what is left.
 * Planes are (y, x) in C order.
 */
package org.cornerturn.deconvolution;
