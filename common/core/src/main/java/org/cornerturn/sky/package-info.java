/** What the sky looks like, and where: components of brightness. */
package org.cornerturn.sky;
