/** {@code cornerturn calibrator}: the registry of calibrators, their merit, their transits. */
package org.cornerturn.jobs.calibrator;
