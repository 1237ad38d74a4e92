package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.Baselines;
import org.cornerturn.jobs.calibrate.Intervals.Interval;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.SampleReader;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;

/**
 * The integrations of an interval, one after the other, each with its model. Reads whole chunks
 * along time, so that none is decoded twice. For one thread.
 */
final class SolveData {
  private final SolvedSet set;
  private final Msv4Reader reader;
  private final SampleReader samples;
  private final Baselines baselines;
  private final double[] frequencyHz;
  private final int firstChannel;
  private final int polarizations;
  private final VisibilityPredictor predictor;
  // Of a data group that has the model; null where it is predicted here.
  private final SampleReader predicted;
  private final float[] model;
  private final int row;
  private final long thick;
  private final long uvwThick;
  private IcrsDirection at;
  private double[] unixSeconds;

  // Of a chunk of integrations, from one on.
  private double[] uvw = {};
  private long uvwFirst = -1;

  /**
   * Takes an integration. All arrays are (baseline, channel, polarization) from an offset, and used
   * again for the next.
   */
  interface Sink {
    /**
     * @param at place of the integration's first element in data and weights and flags
     * @param model of this integration alone
     */
    void integration(
        int time,
        double unixSeconds,
        float[] visibilities,
        float[] weights,
        short[] flags,
        int at,
        float[] model)
        throws IOException;
  }

  SolveData(SolvedSet set, Msv4Reader reader, int firstChannel, int channels) throws IOException {
    this.set = set;
    this.reader = reader;
    this.samples = new SampleReader(reader);
    this.uvwThick = reader.array(reader.dataGroup().uvw()).metadata().chunk().dim(0);
    this.baselines = set.baselines(reader);
    this.firstChannel = firstChannel;
    this.frequencyHz =
        Arrays.copyOfRange(reader.frequenciesHz(), firstChannel, firstChannel + channels);
    List<Polarization> hands = SolvedSet.polarizations(reader);
    this.polarizations = hands.size();
    this.predictor = set.model().predictor(frequencyHz, hands);
    this.predicted =
        set.model().group() == null ? null : new SampleReader(reader.group(set.model().group()));
    this.row = channels * polarizations;
    this.model = new float[Math.multiplyExact(2 * baselines.count(), row)];
    this.thick = reader.visibilityMetadata().chunk().dim(0);
    this.unixSeconds = reader.unixSeconds();
  }

  Baselines baselines() {
    return baselines;
  }

  double[] frequencyHz() {
    return frequencyHz;
  }

  /** Elements of a baseline in an integration. */
  int row() {
    return row;
  }

  /** Passes every used integration of an interval. */
  void read(Interval interval, Sink sink) throws IOException {
    for (long from = interval.first(); from < interval.end(); ) {
      long to = Math.min(interval.end(), (from / thick + 1) * thick);
      if (anyUsed((int) from, (int) to)) {
        slab((int) from, (int) (to - from), sink);
      }
      from = to;
    }
  }

  private boolean anyUsed(int from, int to) {
    for (int t = from; t < to; t++) {
      if (set.used()[t]) {
        return true;
      }
    }
    return false;
  }

  private void slab(int first, int times, Sink sink) throws IOException {
    Box box =
        Box.of(
            new long[] {first, 0, firstChannel, 0},
            new long[] {times, baselines.count(), frequencyHz.length, polarizations});
    float[] visibilities = samples.visibilities(box);
    float[] weights = samples.weights(box);
    short[] flags = samples.flagBits(box);
    float[] known = predicted == null ? null : predicted.visibilities(box);
    int step = baselines.count() * row;
    for (int t = 0; t < times; t++) {
      if (!set.used()[first + t]) {
        continue;
      }
      readUvw(first + t);
      int uvwAt = 3 * baselines.count() * (int) (first + t - uvwFirst);
      if (known != null) {
        System.arraycopy(known, 2 * t * step, model, 0, model.length);
      } else {
        predict(set.phaseCentres().get(first + t), uvwAt);
      }
      if (set.solving().minUvWavelengths() > 0) {
        leaveOutShort(uvwAt, flags, t * step);
      }
      sink.integration(
          first + t, unixSeconds[first + t], visibilities, weights, flags, t * step, model);
    }
  }

  private void predict(IcrsDirection centre, int uvwAt) {
    if (!centre.equals(at)) {
      predictor.field(centre, centre);
      at = centre;
    }
    predictor.integration(uvw, uvwAt, baselines.count(), model, 0);
  }

  /** Reads the chunk with an integration's u, v and w, unless it is the last one read. */
  private void readUvw(long time) throws IOException {
    long from = time / uvwThick * uvwThick;
    if (from != uvwFirst) {
      uvwFirst = from;
      uvw = reader.uvwMetres(from, Math.min(uvwThick, reader.shape().dim(0) - from));
    }
  }

  private void leaveOutShort(int uvwAt, short[] flags, int at) {
    for (int b = 0; b < baselines.count(); b++) {
      double length = Math.hypot(uvw[uvwAt + 3 * b], uvw[uvwAt + 3 * b + 1]);
      for (int c = 0; c < frequencyHz.length; c++) {
        double wavelengths = length * frequencyHz[c] / FringeRotator.SPEED_OF_LIGHT;
        if (wavelengths < set.solving().minUvWavelengths()) {
          int from = at + b * row + c * polarizations;
          Arrays.fill(flags, from, from + polarizations, (short) FlagBit.GEOMETRY.mask());
        }
      }
    }
  }
}
