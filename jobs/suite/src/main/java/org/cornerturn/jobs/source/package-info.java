/** {@code cornerturn find-sources} and {@code associate}: images to detections to sources. */
package org.cornerturn.jobs.source;
