package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.jobs.calibrate.CalibrateParameters.Solving;
import org.cornerturn.jobs.model.SkyModel;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.TaskStores;

/**
 * What all tasks of a measurement set need to know.
 *
 * @param set URI of the processing set
 * @param measurementSet name of the measurement set
 * @param dataGroup that is solved with
 * @param phaseCentres of all integrations
 * @param used which of them are solved with
 * @param antennas names of the antennas that any baseline has
 * @param model of the sky
 * @param chain the terms
 * @param arrays where each term's gains go
 * @param refant name of the reference antenna; null for the best
 */
record SolvedSet(
    String set,
    String measurementSet,
    String dataGroup,
    List<IcrsDirection> phaseCentres,
    boolean[] used,
    List<String> antennas,
    SkyModel model,
    List<Term> chain,
    List<TermArrays> arrays,
    Solving solving,
    String refant)
    implements Serializable {
  /** Folder of what tasks leave for each other, in the product; removed once it is published. */
  static final String PARTS = "_cornerturn/parts";

  /** Folder of what finishing tasks have found out and publishing tells. */
  static final String FACTS = "_cornerturn/facts";

  SolvedSet {
    phaseCentres = List.copyOf(phaseCentres);
    antennas = List.copyOf(antennas);
    chain = List.copyOf(chain);
    arrays = List.copyOf(arrays);
  }

  Msv4Reader reader(TaskStores stores) throws IOException {
    return ProcessingSet.open(stores.open(set)).measurementSet(measurementSet).group(dataGroup);
  }

  Baselines baselines(Msv4Reader reader) throws IOException {
    return Baselines.of(antennas, reader.antenna1Names(), reader.antenna2Names());
  }

  static List<Polarization> polarizations(Msv4Reader reader) throws IOException {
    return reader.polarizations().stream().map(Polarization::valueOf).toList();
  }

  /** Name of a term in the chain, {@code B_1} say. */
  static String label(Term term, int place) {
    return term.kind() + "_" + place;
  }

  /** Key of what a task leaves for the finishing task of its term. */
  String partKey(int term, int number) {
    return String.format("%s/%s/%d/%06d", PARTS, measurementSet, term, number);
  }
}
