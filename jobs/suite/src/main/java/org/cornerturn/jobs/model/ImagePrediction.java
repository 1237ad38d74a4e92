package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.imaging.Degridder;
import org.cornerturn.imaging.GridPlan;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.imaging.Precision;
import org.cornerturn.imaging.UvBlock;
import org.cornerturn.imaging.UvwExtent;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.Rephasing;
import org.cornerturn.storage.ObjectStore;

/**
 * Visibilities of a {@link SkyImage} by degridding, as good as {@link #ACCURACY}. Spectra and beams
 * are taken at the first and the last channel and are linear between. For one thread.
 */
final class ImagePrediction {
  /** Root mean square error relative to the visibilities'. */
  static final double ACCURACY = 1e-6;

  private final SkyModel model;
  private final SkyImage image;
  private final double[] frequencyHz;
  private final boolean[] received;
  private final FringeRotator rotator;

  // Pixels with flux: place, and flux at either end of the channels.
  private final int[] places;
  private final double[][] fluxes;

  /**
   * @param folder where the image lies
   */
  ImagePrediction(
      SkyModel model, ObjectStore folder, double[] frequencyHz, List<Polarization> polarizations)
      throws IOException {
    this.model = model;
    this.image = model.image();
    this.frequencyHz = frequencyHz;
    received = new boolean[polarizations.size()];
    for (int p = 0; p < received.length; p++) {
      received[p] = polarizations.get(p).isIntensity();
    }
    rotator = new FringeRotator(frequencyHz, received.length);
    List<int[]> pixels = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    image.read(
        folder,
        (plane, index, flux) -> {
          pixels.add(new int[] {plane, index});
          values.add(flux);
        });
    places = pixels.stream().mapToInt(p -> p[1]).distinct().sorted().toArray();
    double[][] ends = {
      shares(frequencyHz[0]), shares(frequencyHz[frequencyHz.length - 1]),
    };
    fluxes = new double[2][places.length];
    for (int i = 0; i < values.size(); i++) {
      int at = Arrays.binarySearch(places, pixels.get(i)[1]);
      for (int end = 0; end < 2; end++) {
        fluxes[end][at] += ends[end][pixels.get(i)[0]] * values.get(i);
      }
    }
  }

  /** What each plane has of the flux at a frequency: linear between planes. */
  private double[] shares(double hertz) {
    double[] planes = image.frequencyHz();
    double[] shares = new double[planes.length];
    int after = Arrays.binarySearch(planes, hertz);
    after = after < 0 ? -after - 1 : after;
    if (after == 0 || after == planes.length) {
      shares[Math.min(after, planes.length - 1)] = 1;
    } else {
      double share = (hertz - planes[after - 1]) / (planes[after] - planes[after - 1]);
      shares[after - 1] = 1 - share;
      shares[after] = share;
    }
    return shares;
  }

  /** Whether beams make what is seen another with each direction. */
  boolean dependsOnPointing() {
    return model.beam() != Beam.NONE || model.pattern() != null;
  }

  /** Whether nothing of it is seen by antennas that point somewhere. */
  boolean isSilent(IcrsDirection pointing) {
    return Arrays.stream(seen(pointing)).flatMapToDouble(Arrays::stream).allMatch(f -> f == 0);
  }

  /**
   * Predicts some integrations.
   *
   * @param uvw (integration, baseline, 3) metres, in the frames of the phase centres; overwritten
   * @param centres to which the integrations are phased, and where antennas point: one direction
   *     for all of them where it {@linkplain #dependsOnPointing matters}
   * @param out complex (integration, baseline, channel, polarization); overwritten
   */
  void predict(double[] uvw, List<IcrsDirection> centres, float[] out) {
    int baselines = uvw.length / 3 / centres.size();
    double[] shift = new double[uvw.length / 3];
    double[] one = new double[baselines];
    for (int t = 0; t < centres.size(); t++) {
      if (!centres.get(t).equals(image.centre())) {
        Rephasing.between(centres.get(t), image.centre())
            .apply(uvw, 3 * t * baselines, baselines, one);
        System.arraycopy(one, 0, shift, t * baselines, baselines);
      }
    }
    double[][] flux = seen(centres.get(0));
    boolean alike = Arrays.equals(flux[0], flux[1]);
    int channels = frequencyHz.length;
    int samples = uvw.length / 3 * channels;
    double[][] re = new double[alike ? 1 : 2][samples];
    double[][] im = new double[re.length][samples];
    degrid(uvw, flux, re, im);
    int row = 2 * channels * received.length;
    for (int r = 0; r < shift.length; r++) {
      for (int c = 0; c < channels; c++) {
        double share = alike ? 0 : share(c);
        int last = re.length - 1;
        double real = blend(re[0][r * channels + c], re[last][r * channels + c], share);
        double imaginary = blend(im[0][r * channels + c], im[last][r * channels + c], share);
        int to = r * row + 2 * c * received.length;
        for (int p = 0; p < received.length; p++) {
          out[to + 2 * p] = received[p] ? (float) real : 0;
          out[to + 2 * p + 1] = received[p] ? (float) imaginary : 0;
        }
      }
      boolean there = !Double.isNaN(uvw[3 * r] + uvw[3 * r + 1] + uvw[3 * r + 2]);
      if (!there) {
        Arrays.fill(out, r * row, (r + 1) * row, Float.NaN);
      } else if (shift[r] != 0) {
        // Back from the image's middle.
        rotator.rotate(out, r * row, -shift[r]);
      }
    }
  }

  /** How far a channel is from the first to the last. */
  private double share(int channel) {
    double first = frequencyHz[0];
    return (frequencyHz[channel] - first) / (frequencyHz[frequencyHz.length - 1] - first);
  }

  private static double blend(double a, double b, double share) {
    return a + share * (b - a);
  }

  /** Fluxes at either end of the channels as antennas see them that point somewhere. */
  private double[][] seen(IcrsDirection pointing) {
    double[][] seen = {fluxes[0].clone(), fluxes[1].clone()};
    ImageGeometry geometry = image.geometry();
    double[] hertz = {frequencyHz[0], frequencyHz[frequencyHz.length - 1]};
    for (int i = 0; i < places.length && dependsOnPointing(); i++) {
      double l = geometry.l(places[i] % geometry.width());
      double m = geometry.m(places[i] / geometry.width());
      double[] lmn = image.centre().at(l, m).cosines(pointing);
      for (int end = 0; end < 2; end++) {
        seen[end][i] *= model.power(lmn, hertz[end]);
      }
    }
    return seen;
  }

  private void degrid(double[] uvw, double[][] flux, double[][] re, double[][] im) {
    ImageGeometry geometry = image.geometry();
    UvwExtent extent = UvwExtent.of(uvw, frequencyHz[0], frequencyHz[frequencyHz.length - 1]);
    if (extent.isEmpty()) {
      return;
    }
    GridPlan plan;
    try {
      plan = GridPlan.of(geometry, ACCURACY, Precision.DOUBLE, extent, re[0].length);
    } catch (IllegalArgumentException e) {
      throw new UserError(image.uri(), e.getMessage(), "Make the model image of finer pixels", e);
    }
    double[][] pixels = new double[re.length][Math.toIntExact(geometry.pixels())];
    float[][] weight = new float[re.length][re[0].length];
    for (int k = 0; k < pixels.length; k++) {
      for (int i = 0; i < places.length; i++) {
        pixels[k][places[i]] = flux[k][i];
      }
      Arrays.fill(weight[k], 1);
    }
    UvBlock block =
        new UvBlock(uvw, frequencyHz, new float[re.length][], new float[re.length][], weight);
    Degridder.of(plan, pixels).predict(block, re, im);
  }
}
