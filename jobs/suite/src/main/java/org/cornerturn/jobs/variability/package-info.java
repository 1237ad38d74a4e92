/** {@code cornerturn variability}: light curves, how they vary, and who should look. */
package org.cornerturn.jobs.variability;
