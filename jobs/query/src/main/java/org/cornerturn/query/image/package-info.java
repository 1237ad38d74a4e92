/** Images of the sky: what there are, pictures, cut-outs, animations. */
package org.cornerturn.query.image;
