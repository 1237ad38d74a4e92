package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import org.cornerturn.jobs.model.ModelChoice;

/**
 * The question that a set of solutions answers.
 *
 * @param product URI of the processing set
 * @param output URI of the solutions
 * @param dataGroup that is solved with; null for the usual one
 * @param chain terms in their order, as they are written
 * @param model of the sky
 * @param minBeam integrations are used in which the model has at least this part of its largest
 *     flux
 * @param refant name of the reference antenna; null for the best
 * @param solver how it is solved
 * @param retry why this is not the first attempt; null where it is
 */
record CalibrateParameters(
    String product,
    String output,
    String dataGroup,
    List<String> chain,
    ModelChoice model,
    double minBeam,
    String refant,
    Solving solver,
    Retry retry) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How gains are solved for.
   *
   * @param robust whether outliers count less
   * @param fullJones whether the last term is of full Jones matrices
   * @param minSnr below which a solution is flagged
   * @param minBaselines that an antenna must have
   * @param minUvWavelengths shorter baselines are left out
   */
  record Solving(
      boolean robust, boolean fullJones, double minSnr, int minBaselines, double minUvWavelengths)
      implements Serializable {}

  /**
   * A second attempt.
   *
   * @param strategy by which the data were flagged for it
   * @param because what the first attempt came to
   */
  record Retry(String strategy, String because) implements Serializable {}

  CalibrateParameters {
    chain = List.copyOf(chain);
  }

  List<Term> terms() {
    return chain.stream().map(Term::parse).toList();
  }

  /** The same of this data group. */
  CalibrateParameters withGroup(String name) {
    return new CalibrateParameters(
        product, output, name, chain, model, minBeam, refant, solver, retry);
  }

  /** The same, asked again. */
  CalibrateParameters again(Retry because) {
    return new CalibrateParameters(
        product, output, dataGroup, chain, model, minBeam, refant, solver, because);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static CalibrateParameters of(ObjectNode json) {
    return JSON.convertValue(json, CalibrateParameters.class);
  }
}
