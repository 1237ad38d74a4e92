/** {@code cornerturn model}: visibilities of a model of the sky. */
package org.cornerturn.jobs.model;
