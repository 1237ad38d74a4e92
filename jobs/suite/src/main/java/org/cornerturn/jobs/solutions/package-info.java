/** Tables of gains, which {@code calibrate} writes and {@code apply} reads. */
package org.cornerturn.jobs.solutions;
