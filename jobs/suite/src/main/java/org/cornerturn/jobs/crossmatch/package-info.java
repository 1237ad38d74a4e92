/** {@code cornerturn crossmatch}: rows sorted in runs, zones of declination matched apart. */
package org.cornerturn.jobs.crossmatch;
