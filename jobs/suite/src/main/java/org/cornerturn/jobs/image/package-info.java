/** {@code cornerturn image}: from visibilities to images of the sky. */
package org.cornerturn.jobs.image;
