/** How fluxes change: metrics of variability, events, transients, and the scale of each epoch. */
package org.cornerturn.variability;
