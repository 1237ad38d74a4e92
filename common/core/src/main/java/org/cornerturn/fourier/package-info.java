/** Discrete Fourier transforms, on one core. */
package org.cornerturn.fourier;
