package org.cornerturn.jobs.index;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cornerturn.observation.ObservationGroup;

/**
 * What indexing has done.
 *
 * @param files that the arguments name
 * @param added not known before
 * @param changed known in another version, or not readable last time
 * @param unchanged left alone
 * @param vanished known, but not there any more
 * @param refused of all files that the arguments name: those that can't be read, now or before
 * @param failed those that their store did not give
 * @param objects in the files that were read
 * @param requests range requests to the files
 * @param bytesRead bytes of the files that were read
 * @param observations groups that were looked at
 * @param complete how many of these are complete
 * @param duplicates files in these groups for which there are newer ones
 * @param contradictory files in these groups that disagree with the others
 * @param problems the first of the files that are refused, failed or contradictory, with reasons
 * @param groups that were looked at, for whoever goes on with them
 * @param indexed when each file of these groups was first read in its version
 */
public record IndexReport(
    long files,
    long added,
    long changed,
    long unchanged,
    long vanished,
    long refused,
    long failed,
    long objects,
    long requests,
    long bytesRead,
    long observations,
    long complete,
    long duplicates,
    long contradictory,
    double seconds,
    List<Problem> problems,
    @JsonIgnore List<ObservationGroup> groups,
    @JsonIgnore Map<String, Instant> indexed) {

  /** A file and what is wrong with it. */
  public record Problem(String file, String reason) {}
}
