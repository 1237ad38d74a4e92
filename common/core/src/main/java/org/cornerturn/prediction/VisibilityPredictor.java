package org.cornerturn.prediction;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.ChannelPhasors;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.SampledComponent;
import org.cornerturn.sky.SkyComponent;

/**
 * Visibilities of components of the sky as equal antennas receive them, by direct summation: V =
 * sum of S exp(+2 pi i nu/c (u l + v m + w (n - 1))), each component attenuated by the power
 * pattern of the antennas and, where it is extended, by the transform of its shape. Parallel hands
 * and Stokes I have the components' flux (I = (XX + YY) / 2), all else has nothing.
 *
 * <p>The sum is of double precision: phases are good to 1e-9 rad at delays up to 100 microseconds,
 * so a visibility is right to 1e-9 of the sum of the fluxes before it is rounded to the output's
 * floats. Averaging over the width of a channel or an integration is not modelled. Not for use by
 * several threads.
 */
public final class VisibilityPredictor {
  private final List<SkyComponent> components;
  private final SampledComponent[] sampled;
  private final ChannelPhasors phasors;
  private final boolean[] received;
  private final boolean extended;
  private final Beam beam;
  private final double dishDiameterMetres;
  private final BeamImage image;
  private final double[] hertz;
  private final int channels;

  // Of the field that was set: (component, 3) l, m, n - 1, and by component and channel.
  private final double[] cosines;
  private final double[][] amplitude;
  private final boolean[] silent;

  // Of the row in work.
  private final double[] resolved;
  private final double[] re;
  private final double[] im;
  // Of a group of baselines; null on axes that aren't even.
  private final PointSum points;

  /**
   * @param frequencyHz of the channels, in the output's order
   * @param polarizations of the output, in its order
   * @param beam of every antenna
   * @param dishDiameterMetres of every antenna; of no meaning without a beam
   */
  public VisibilityPredictor(
      List<SkyComponent> components,
      double[] frequencyHz,
      List<Polarization> polarizations,
      Beam beam,
      double dishDiameterMetres) {
    this(components, frequencyHz, polarizations, beam, dishDiameterMetres, null);
  }

  /**
   * As above, with a beam that is an image.
   *
   * @param beam by which that of the image is multiplied
   * @param image null for none
   */
  public VisibilityPredictor(
      List<SkyComponent> components,
      double[] frequencyHz,
      List<Polarization> polarizations,
      Beam beam,
      double dishDiameterMetres,
      BeamImage image) {
    if (beam != Beam.NONE && !(dishDiameterMetres > 0)) {
      throw new IllegalArgumentException("a beam of a dish of " + dishDiameterMetres + " m");
    }
    this.components = List.copyOf(components);
    this.beam = beam;
    this.dishDiameterMetres = dishDiameterMetres;
    this.image = image;
    hertz = frequencyHz.clone();
    channels = frequencyHz.length;
    phasors = new ChannelPhasors(frequencyHz);
    sampled =
        components.stream()
            .map(c -> new SampledComponent(c, frequencyHz.clone()))
            .toArray(SampledComponent[]::new);
    extended = Arrays.stream(sampled).anyMatch(SampledComponent::isExtended);
    received = new boolean[polarizations.size()];
    for (int p = 0; p < received.length; p++) {
      received[p] = polarizations.get(p).isIntensity();
    }
    cosines = new double[3 * sampled.length];
    amplitude = new double[sampled.length][channels];
    silent = new boolean[sampled.length];
    Arrays.fill(silent, true);
    resolved = new double[channels];
    re = new double[channels];
    im = new double[channels];
    points = phasors.isEven() ? new PointSum(frequencyHz) : null;
  }

  /**
   * Goes to a field. Before the first, there is nothing in the sky.
   *
   * @param phaseCentre to which the visibilities are phased
   * @param pointing middle of the antennas' beams
   */
  public void field(IcrsDirection phaseCentre, IcrsDirection pointing) {
    for (int s = 0; s < sampled.length; s++) {
      IcrsDirection direction = components.get(s).direction();
      double[] lmn = direction.cosines(phaseCentre);
      double offset = lmn[0] * lmn[0] + lmn[1] * lmn[1];
      cosines[3 * s] = lmn[0];
      cosines[3 * s + 1] = lmn[1];
      // n - 1 without the difference of nearly equal numbers, in the centre's hemisphere.
      cosines[3 * s + 2] = lmn[2] > 0 ? -offset / (1 + lmn[2]) : lmn[2] - 1;
      double[] fromPointing = direction.cosines(pointing);
      sampled[s].amplitudes(
          1,
          beam,
          Math.min(1, Math.hypot(fromPointing[0], fromPointing[1])),
          fromPointing[2] < 0,
          dishDiameterMetres,
          amplitude[s]);
      for (int c = 0; c < channels && image != null; c++) {
        amplitude[s][c] *= image.power(fromPointing, hertz[c]);
      }
      silent[s] = Arrays.stream(amplitude[s]).allMatch(a -> a == 0);
    }
  }

  /** Flux of a component in this field, attenuated by the beam, Jy. */
  public double apparentFluxJy(int component, int channel) {
    return amplitude[component][channel];
  }

  /** Whether the model has nothing in this field: all its visibilities would be 0. */
  public boolean isSilent() {
    for (boolean s : silent) {
      if (!s) {
        return false;
      }
    }
    return true;
  }

  /**
   * Visibilities of all baselines in one integration.
   *
   * @param uvwMetres (baseline, 3) in the frame of the phase centre, r(antenna 2) - r(antenna 1); a
   *     baseline of NaN gets NaN
   * @param at index of the first baseline's u
   * @param out complex (baseline, channel, polarization), real and imaginary parts in turn, Jy;
   *     overwritten
   * @param outAt index of the first
   */
  public void integration(double[] uvwMetres, int at, int baselines, float[] out, int outAt) {
    int row = 2 * channels * received.length;
    for (int first = 0; first < baselines; first += PointSum.GROUP) {
      int count = Math.min(PointSum.GROUP, baselines - first);
      if (points != null) {
        points.clear();
        for (int s = 0; s < sampled.length; s++) {
          if (!silent[s] && !sampled[s].isExtended()) {
            points.add(uvwMetres, at + 3 * first, count, cosines, 3 * s, amplitude[s]);
          }
        }
      }
      for (int b = 0; b < count; b++) {
        int i = at + 3 * (first + b);
        if (points != null && !extended && isThere(uvwMetres, i)) {
          points.write(b, received, out, outAt + (first + b) * row);
          continue;
        }
        sum(uvwMetres[i], uvwMetres[i + 1], uvwMetres[i + 2], re, im, points != null);
        for (int c = 0; c < channels && points != null; c++) {
          re[c] += points.real(c, b);
          im[c] += points.imaginary(c, b);
        }
        write(out, outAt + (first + b) * row);
      }
    }
  }

  private static boolean isThere(double[] uvw, int i) {
    return !(Double.isNaN(uvw[i]) || Double.isNaN(uvw[i + 1]) || Double.isNaN(uvw[i + 2]));
  }

  /**
   * Stokes I on one baseline in one integration, in double precision.
   *
   * @param real by channel; overwritten
   * @param imaginary by channel; overwritten
   */
  public void sum(double u, double v, double w, double[] real, double[] imaginary) {
    sum(u, v, w, real, imaginary, false);
  }

  private void sum(
      double u, double v, double w, double[] real, double[] imaginary, boolean extendedOnly) {
    boolean missing = Double.isNaN(u) || Double.isNaN(v) || Double.isNaN(w);
    Arrays.fill(real, 0, channels, missing ? Double.NaN : 0);
    Arrays.fill(imaginary, 0, channels, missing ? Double.NaN : 0);
    for (int s = 0; s < sampled.length && !missing; s++) {
      if (silent[s] || extendedOnly && !sampled[s].isExtended()) {
        continue;
      }
      double[] flux = amplitude[s];
      if (sampled[s].isExtended()) {
        sampled[s].resolve(u, v, flux, resolved);
        flux = resolved;
      }
      double path = u * cosines[3 * s] + v * cosines[3 * s + 1] + w * cosines[3 * s + 2];
      phasors.accumulate(path / FringeRotator.SPEED_OF_LIGHT, flux, real, imaginary);
    }
  }

  private void write(float[] out, int at) {
    int i = at;
    for (int c = 0; c < channels; c++) {
      float real = (float) re[c];
      float imaginary = (float) im[c];
      for (boolean r : received) {
        out[i] = r ? real : 0;
        out[i + 1] = r ? imaginary : 0;
        i += 2;
      }
    }
  }
}
