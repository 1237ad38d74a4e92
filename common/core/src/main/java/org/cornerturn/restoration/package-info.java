/** What makes a science image of a residual and a model: clean beams, smoothing, primary beams. */
package org.cornerturn.restoration;
