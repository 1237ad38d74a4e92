package org.cornerturn.jobs.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.calibration.ClosurePhases;
import org.cornerturn.calibration.NormalSums;
import org.cornerturn.storage.ObjectStore;

/**
 * Closure phases of data over model, before anything is solved for: what the first term's tasks see
 * of them in some of their cells.
 *
 * @param triples how many
 * @param squares sum of the squares of their phases, radians squared
 */
record Closures(long triples, double squares) {
  /** Cells of an interval that are looked at: enough to tell whether the model is right. */
  private static final int CELLS = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  static final Closures NONE = new Closures(0, 0);

  /** Adds those of the sums of an interval. */
  Closures and(NormalSums sums) {
    int step = Math.max(1, sums.cells() / CELLS);
    List<double[]> phases = new ArrayList<>();
    for (int cell = 0; cell < sums.cells(); cell += step) {
      double[] some = any(sums, cell);
      if (some.length > 0) {
        phases.add(some);
      }
    }
    if (phases.isEmpty()) {
      return this;
    }
    long some = phases.stream().mapToLong(p -> p.length / 2).sum();
    double rms = ClosurePhases.rmsRad(phases);
    return and(new Closures(some, some * rms * rms));
  }

  /** Of the first antenna that has any. */
  private static double[] any(NormalSums sums, int cell) {
    double[] some = new double[0];
    for (int apex = 0; apex < sums.baselines().antennas() && some.length == 0; apex++) {
      some = ClosurePhases.of(sums, cell, apex);
    }
    return some;
  }

  private Closures and(Closures other) {
    return new Closures(triples + other.triples, squares + other.squares);
  }

  /** Root mean square, radians; NaN where there are none. */
  double rmsRad() {
    return triples == 0 ? Double.NaN : Math.sqrt(squares / triples);
  }

  private static String key(SolvedSet set, int part) {
    return set.partKey(0, part) + ".closures.json";
  }

  private static String key(SolvedSet set) {
    return SolvedSet.FACTS + "/" + set.measurementSet() + "/closures.json";
  }

  /** Keeps what one task has seen. */
  void put(ObjectStore product, SolvedSet set, int part) throws IOException {
    product.put(key(set, part), JSON.writeValueAsBytes(this));
  }

  /** Puts together what the tasks of the first term have seen. */
  static void gather(ObjectStore product, SolvedSet set, FinishTask task) throws IOException {
    Closures all = NONE;
    for (FinishTask.Part p : task.parts()) {
      all = all.and(read(product, key(set, p.number())));
    }
    product.put(key(set), JSON.writeValueAsBytes(all));
  }

  /** All of a measurement set. */
  static Closures of(ObjectStore product, SolvedSet set) throws IOException {
    return read(product, key(set));
  }

  private static Closures read(ObjectStore product, String key) throws IOException {
    JsonNode n = JSON.readTree(product.get(key));
    return new Closures(n.path("triples").asLong(), n.path("squares").asDouble());
  }
}
