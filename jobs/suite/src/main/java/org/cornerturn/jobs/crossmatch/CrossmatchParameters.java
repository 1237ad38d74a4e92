package org.cornerturn.jobs.crossmatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import org.cornerturn.crossmatch.MatchMode;
import org.cornerturn.crossmatch.Matcher;
import org.cornerturn.jobs.catalogue.TableSource;

/**
 * The question that a match answers.
 *
 * @param name by which the tables call it; null for one made of the tables' names
 * @param output URI of a file; null for the table
 * @param radiusArcsec of a pair
 * @param most of {@link MatchMode#K}
 * @param deRuiter of {@link MatchMode#DERUITER}
 * @param keepsLone whether left rows without partner are told
 */
record CrossmatchParameters(
    Input left,
    Input right,
    String name,
    String output,
    MatchMode mode,
    double radiusArcsec,
    int most,
    double deRuiter,
    boolean keepsLone)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A table and what is said of it; null for what its names tell.
   *
   * @param table as it was named
   */
  record Input(
      String table,
      TableSource.Format format,
      String id,
      String ra,
      String dec,
      String raErr,
      String decErr,
      String flux)
      implements Serializable {}

  Matcher matcher() {
    return new Matcher(mode, radiusArcsec / 3600, most, deRuiter, keepsLone);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static CrossmatchParameters of(ObjectNode json) {
    return JSON.convertValue(json, CrossmatchParameters.class);
  }
}
