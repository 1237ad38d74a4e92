package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.crew.Crew;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.Rephasing;

/**
 * The samples of a block, of the cross-correlations, phased to the image's middle.
 *
 * @param uvwMetres (row, 3), rows being integrations and in each its baselines
 * @param frequencyHz of the channels
 * @param re by polarization, (row, channel); null where weights alone were read
 * @param im as many
 * @param weight by polarization, (row, channel), natural; 0 for what is flagged
 */
record Samples(
    double[] uvwMetres, double[] frequencyHz, float[][] re, float[][] im, float[][] weight) {

  /** Numbers of the cross-correlations among a measurement set's baselines. */
  static int[] crosses(Msv4Reader reader) throws IOException {
    List<String> first = reader.antenna1Names();
    List<String> second = reader.antenna2Names();
    int[] all = new int[first.size()];
    int n = 0;
    for (int b = 0; b < all.length; b++) {
      if (!first.get(b).equals(second.get(b))) {
        all[n++] = b;
      }
    }
    return Arrays.copyOf(all, n);
  }

  /**
   * Turns the uvw of an integration to the image's middle.
   *
   * @param shiftMetres for {@link FringeRotator}; null where there is nothing to turn
   */
  static double[] turn(
      IcrsDirection from, IcrsDirection to, double[] uvw, int at, int baselines, double[] shift) {
    if (from.equals(to)) {
      return null;
    }
    Rephasing.between(from, to).apply(uvw, at, baselines, shift);
    return shift;
  }

  /**
   * Reads a block.
   *
   * @param longest baselines that are longer at the set's highest frequency have no coordinates,
   *     wavelengths
   * @param data whether visibilities are read, too
   * @param crew who reads
   */
  static Samples read(
      Msv4Reader reader,
      ImagedSet set,
      Cell.Block block,
      IcrsDirection centre,
      double longest,
      List<Polarization> polarizations,
      boolean data,
      Crew crew)
      throws IOException {
    int[] crosses = crosses(reader);
    double[] hertz =
        Arrays.copyOfRange(
            reader.frequenciesHz(), block.firstChannel(), block.firstChannel() + block.channels());
    int rows = Math.multiplyExact(crosses.length, block.times());
    int samples = Math.multiplyExact(rows, block.channels());
    int images = polarizations.size();
    Samples all =
        new Samples(
            new double[Math.multiplyExact(3, rows)],
            hertz,
            data ? new float[images][samples] : null,
            data ? new float[images][samples] : null,
            new float[images][samples]);
    List<Hands> hands = Hands.of(polarizations, reader.polarizations(), set.name());
    double[] band = reader.frequenciesHz();
    double waves = band[band.length - 1] / FringeRotator.SPEED_OF_LIGHT;
    Slab slab = new Slab(reader, set, block, centre, longest, waves, crosses, hands, all);
    long thick = reader.visibilityMetadata().chunk().dim(0);
    int end = block.firstTime() + block.times();
    int slabs = (int) ((end - 1) / thick - block.firstTime() / thick) + 1;
    crew.each(
        slabs,
        (i, member) -> {
          long chunk = block.firstTime() / thick + i;
          int from = (int) Math.max(block.firstTime(), chunk * thick);
          slab.read(from, (int) Math.min(end, (chunk + 1) * thick) - from);
        });
    return all;
  }

  /** Bytes that the samples of a block take for each of them and polarization. */
  static final int BYTES = 3 * Float.BYTES;

  /** Some whole integrations. */
  private record Slab(
      Msv4Reader reader,
      ImagedSet set,
      Cell.Block block,
      IcrsDirection centre,
      double longest,
      double waves,
      int[] crosses,
      List<Hands> hands,
      Samples all) {

    void read(int first, int times) throws IOException {
      int baselines = (int) reader.shape().dim(1);
      int correlations = (int) reader.shape().dim(3);
      Box box =
          Box.of(
              new long[] {first, 0, block.firstChannel(), 0},
              new long[] {times, baselines, block.channels(), correlations});
      boolean data = all.re != null;
      float[] visibilities = data ? reader.visibilities(box) : null;
      float[] weights = reader.weights(box);
      short[] flags = reader.flagBits(box);
      double[] uvw = reader.uvwMetres(first, times);
      FringeRotator rotator = new FringeRotator(all.frequencyHz, correlations);
      double[] shift = new double[baselines];
      int row = block.channels() * correlations;
      int to = (first - block.firstTime()) * crosses.length;
      for (int t = 0; t < times; t++) {
        boolean turned =
            turn(set.phaseCentre(first + t), centre, uvw, 3 * baselines * t, baselines, shift)
                != null;
        for (int b : crosses) {
          int from = t * baselines + b;
          if (turned && data) {
            rotator.rotate(visibilities, 2 * from * row, shift[b]);
          }
          boolean shown = Math.hypot(uvw[3 * from], uvw[3 * from + 1]) * waves <= longest;
          for (int i = 0; i < 3; i++) {
            all.uvwMetres[3 * to + i] = shown ? uvw[3 * from + i] : Double.NaN;
          }
          for (int p = 0; p < hands.size(); p++) {
            hands
                .get(p)
                .take(
                    visibilities,
                    weights,
                    flags,
                    from * row,
                    correlations,
                    block.channels(),
                    data ? all.re[p] : null,
                    data ? all.im[p] : null,
                    all.weight[p],
                    to * block.channels());
          }
          to++;
        }
      }
    }
  }
}
