/** {@code cornerturn photometry}: fluxes at given places. */
package org.cornerturn.jobs.photometry;
