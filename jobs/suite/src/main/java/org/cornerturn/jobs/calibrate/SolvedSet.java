package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.Shape;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.calibration.NormalSums;
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
    implements SharedByTasks {
  /** Folder of what tasks leave for each other, in the product; removed once it is published. */
  static final String PARTS = "_cornerturn/parts";

  /** Folder of what finishing tasks have found out and publishing tells. */
  static final String FACTS = "_cornerturn/facts";

  /** Sums of which delays are fitted at once, bytes. */
  private static final long DELAY_BYTES = 512L << 20;

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

  /**
   * Channels that share a solution of a term; of delays those that are added up beforehand, as few
   * as keep the sums of a band that are fitted at once below {@link #DELAY_BYTES}.
   *
   * @param data shape of the visibilities
   */
  int channelsEach(int term, Shape data) {
    int band = (int) data.dim(2);
    if (chain.get(term).kind() != Term.Kind.K) {
      return chain.get(term).channelsOf(band);
    }
    return delayChannels(
        antennas.size(), (int) data.dim(1), arrays.get(term).receptors().size(), band);
  }

  /** Channels that are added up before delays are fitted; two blocks of them at least. */
  static int delayChannels(int antennas, int baselines, int receptors, int band) {
    long one = NormalSums.bytes(antennas, baselines, receptors);
    long most = Math.max(2, DELAY_BYTES / Math.max(1, one));
    return (int) ((band + most - 1) / most);
  }

  /** Key of what a task leaves for the finishing task of its term. */
  String partKey(int term, int number) {
    return String.format("%s/%s/%d/%06d", PARTS, measurementSet, term, number);
  }
}
