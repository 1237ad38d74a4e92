package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.calibration.Agreement;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.calibration.SolutionCells;
import org.cornerturn.jobs.calibrate.Intervals.Interval;
import org.cornerturn.jobs.solutions.GainChain;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** Does a {@link CheckTask}. The same samples count before and after: those that have gains. */
final class CheckStep {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was measured before and after.
   *
   * @param before as {@link Agreement#toArray}
   * @param after likewise
   */
  record Found(double[] before, double[] after) {}

  private final CheckTask task;
  private final TaskStores stores;
  private final SolvedSet set;
  private final Agreement before;
  private final Agreement after;

  CheckStep(CheckTask task, TaskStores stores) {
    this.task = task;
    this.stores = stores;
    this.set = task.set();
    before = new Agreement(set.antennas().size());
    after = new Agreement(set.antennas().size());
  }

  void run() throws IOException {
    Msv4Reader reader = set.reader(stores);
    SolveData data = new SolveData(set, reader, task.firstChannel(), task.channels());
    GainChain gains = EarlierTerms.of(set, set.chain().size(), data, reader, stores);
    List<Polarization> hands = SolvedSet.polarizations(reader);
    SolutionCells cells = SolutionCells.blocks(hands, task.channels(), task.channels());
    NormalSums raw = new NormalSums(data.baselines(), cells.count());
    NormalSums calibrated = new NormalSums(data.baselines(), cells.count());
    int length = data.baselines().count() * data.row();
    for (int t : task.integrations()) {
      data.read(
          new Interval(t, t + 1, 0, 0),
          (time, seconds, visibilities, weights, flags, at, model) -> {
            float[] v = Arrays.copyOfRange(visibilities, 2 * at, 2 * (at + length));
            float[] w = Arrays.copyOfRange(weights, at, at + length);
            gains.apply(seconds, visibilities, weights, flags, at);
            short[] f = Arrays.copyOfRange(flags, at, at + length);
            raw.clear();
            raw.add(cells, v, w, f, 0, model, 0);
            before.add(raw);
            calibrated.clear();
            calibrated.add(cells, visibilities, weights, flags, at, model, 0);
            after.add(calibrated);
          });
    }
    // Not recorded, as the other facts.
    stores
        .open(stores.product().uri())
        .put(task.id(), JSON.writeValueAsBytes(new Found(before.toArray(), after.toArray())));
  }

  private static String folder(SolvedSet set) {
    return SolvedSet.FACTS + "/" + set.measurementSet() + "/checks";
  }

  /** Key of what a task leaves. */
  static String key(SolvedSet set, int number) {
    return String.format("%s/%06d.json", folder(set), number);
  }

  /** Forgets those of an earlier chain in the same place. */
  static void clear(ObjectStore product, SolvedSet set) throws IOException {
    product.deleteFolder(folder(set));
  }

  /** What the tasks of a measurement set have found, together: before, and after. */
  static Agreement[] of(ObjectStore product, SolvedSet set) throws IOException {
    Agreement[] both = {new Agreement(set.antennas().size()), new Agreement(set.antennas().size())};
    // In one order, whatever the store's: sums are to be the same to the last bit.
    for (String key :
        product.list(folder(set) + "/").stream().map(ObjectStatus::key).sorted().toList()) {
      Found found = JSON.readValue(product.get(key), Found.class);
      both[0].add(Agreement.of(found.before()));
      both[1].add(Agreement.of(found.after()));
    }
    return both;
  }
}
